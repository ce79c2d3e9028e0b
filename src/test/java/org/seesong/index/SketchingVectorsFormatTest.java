package org.seesong.index;

import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.tests.codecs.asserting.AssertingCodec;
import org.apache.lucene.tests.index.BaseKnnVectorsFormatTestCase;

/**
 * Lucene's own tests of vectors formats on ours: as we use it, or among Lucene's assertions with
 * sketches of vectors as short and as few as these tests have.
 */
public class SketchingVectorsFormatTest extends BaseKnnVectorsFormatTestCase {
  @Override
  protected Codec getCodec() {
    return random().nextBoolean() ? new CatalogueCodec(HnswOptions.DEFAULT) : asserting();
  }

  private static Codec asserting() {
    KnnVectorsFormat format =
        new SketchingVectorsFormat(
            HnswOptions.DEFAULT.visual(), new HnswOptions.Sketch(2, 3, 2, 100));
    return new AssertingCodec() {
      @Override
      public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
        return format;
      }
    };
  }
}
