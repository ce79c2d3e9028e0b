package org.seesong.index;

import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/** What a vector must be like before Lucene sees it. */
final class VectorChecks {
  private VectorChecks() {}

  /** Returns the dimension that later vectors must have; an earlier one of 0 is none yet. */
  static int check(FloatVector vector, String name, int dimension) {
    if (dimension != 0 && vector.dimension() != dimension) {
      throw new IllegalArgumentException(
          name + " has " + vector.dimension() + " dimensions, but earlier ones have " + dimension);
    }
    if (vector.dimension() > VectorSpace.MAX_DIMENSION) {
      throw new IllegalArgumentException(
          name
              + " must have at most "
              + VectorSpace.MAX_DIMENSION
              + " dimensions; got: "
              + vector.dimension());
    }
    if (vector.norm() > IndexLayout.MAX_NORM) {
      throw new IllegalArgumentException(
          name
              + " must have a length of at most "
              + IndexLayout.MAX_NORM
              + "; got: "
              + vector.norm());
    }
    return vector.dimension();
  }

  /** Like {@link #check}, for a vector that may be absent but not all zeros. */
  static int checkGraphEmbedding(FloatVector vector, String name, int dimension) {
    if (vector.isEmpty()) {
      return dimension;
    }
    if (vector.norm() == 0) {
      throw new IllegalArgumentException(
          "graph embedding of "
              + name
              + " is all zeros; what is not connected needs an empty vector");
    }
    return check(vector, "graph embedding of " + name, dimension);
  }
}
