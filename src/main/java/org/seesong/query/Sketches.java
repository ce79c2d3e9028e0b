package org.seesong.query;

import java.io.IOException;
import java.util.Optional;
import org.apache.lucene.index.LeafReader;
import org.seesong.index.VectorSketch;

/** What stands for the vectors of segments, where anything does. */
interface Sketches {
  /** An index without sketches, such as one that another program writes. */
  Sketches NONE = (reader, field) -> Optional.empty();

  /** The sketch of a segment's field, if it has one. */
  Optional<VectorSketch> of(LeafReader reader, String field) throws IOException;
}
