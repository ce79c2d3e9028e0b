package org.seesong.index;

import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.tests.codecs.asserting.AssertingCodec;
import org.apache.lucene.tests.index.BaseKnnVectorsFormatTestCase;

/** Lucene's own tests of vectors formats on ours: as we use it, or among Lucene's assertions. */
public class HighDimensionVectorsFormatTest extends BaseKnnVectorsFormatTestCase {
  @Override
  protected Codec getCodec() {
    return random().nextBoolean() ? new CatalogueCodec(HnswOptions.DEFAULT) : asserting();
  }

  private static Codec asserting() {
    HnswOptions.Graph graph = HnswOptions.DEFAULT.visual();
    KnnVectorsFormat format =
        new HighDimensionVectorsFormat(
            new Lucene99HnswVectorsFormat(graph.connections(), graph.candidates()));
    return new AssertingCodec() {
      @Override
      public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
        return format;
      }
    };
  }
}
