package org.seesong.knn;

import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.tests.codecs.asserting.AssertingCodec;
import org.apache.lucene.tests.index.BaseKnnVectorsFormatTestCase;

/**
 * Lucene's own tests of vectors formats on ours, among Lucene's assertions: as it is, or with
 * clusters of segments as small as these tests have.
 */
public class IvfVectorsFormatTest extends BaseKnnVectorsFormatTestCase {
  @Override
  protected Codec getCodec() {
    return codec(
        random().nextBoolean()
            ? new IvfVectorsFormat()
            : new IvfVectorsFormat(3, new QuantizerOptions(8, 2, 20)));
  }

  static Codec codec(KnnVectorsFormat format) {
    return new AssertingCodec() {
      @Override
      public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
        return format;
      }
    };
  }
}
