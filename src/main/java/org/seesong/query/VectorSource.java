package org.seesong.query;

import java.io.IOException;
import java.util.Optional;
import org.apache.lucene.index.LeafReader;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;
import org.seesong.index.VectorSketch;

/**
 * Where vectors are read: a field, the field of ids that break ties, and sketches if there are any.
 *
 * @param field the field of vectors
 * @param idField sorted doc values, one for each document
 * @param sketches what stands for a segment's vectors
 */
record VectorSource(String field, String idField, Sketches sketches) {
  /** Gives a segment's sketch. */
  interface Sketches {
    Optional<VectorSketch> of(LeafReader reader) throws IOException;
  }

  static VectorSource of(CatalogueIndex index, String field) {
    return new VectorSource(field, IndexLayout.ID, reader -> index.sketch(reader, field));
  }

  DocumentIds ids(LeafReader reader) throws IOException {
    return new DocumentIds(reader, idField);
  }
}
