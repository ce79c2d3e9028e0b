package org.seesong.index;

import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;

/**
 * Lucene's default codec under its own name, except that vectors may be long and that visual and
 * network vectors get graphs of their own parameters. Only for writing: reading needs plain Lucene.
 */
final class CatalogueCodec extends FilterCodec {
  private final KnnVectorsFormat vectors;

  CatalogueCodec(HnswOptions options) {
    super(Codec.getDefault().getName(), Codec.getDefault());
    KnnVectorsFormat visual = format(options.visual());
    KnnVectorsFormat network = format(options.network());
    vectors =
        new PerFieldKnnVectorsFormat() {
          @Override
          public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
            return field.equals(IndexLayout.PICTURE_VECTOR) ? visual : network;
          }
        };
  }

  private static KnnVectorsFormat format(HnswOptions.Graph graph) {
    return new HighDimensionVectorsFormat(
        new Lucene99HnswVectorsFormat(graph.connections(), graph.candidates()));
  }

  @Override
  public KnnVectorsFormat knnVectorsFormat() {
    return vectors;
  }
}
