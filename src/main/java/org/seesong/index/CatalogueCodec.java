package org.seesong.index;

import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;

/**
 * Lucene's default codec under its own name, except that vectors may be long and that visual and
 * network vectors get graphs of their own parameters. Only for writing: reading needs plain Lucene.
 */
final class CatalogueCodec extends FilterCodec {
  private final KnnVectorsFormat vectors;

  CatalogueCodec(HnswOptions options) {
    super(Codec.getDefault().getName(), Codec.getDefault());
    KnnVectorsFormat visual = new SketchingVectorsFormat(options.visual(), options.sketch());
    KnnVectorsFormat network = new SketchingVectorsFormat(options.network(), options.sketch());
    vectors =
        new PerFieldKnnVectorsFormat() {
          @Override
          public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
            return field.equals(IndexLayout.PICTURE_VECTOR) ? visual : network;
          }
        };
  }

  @Override
  public KnnVectorsFormat knnVectorsFormat() {
    return vectors;
  }
}
