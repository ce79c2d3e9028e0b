package org.seesong.knn;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The vectors of a segment that is being written; can be read any number of times. */
@FunctionalInterface
interface VectorSource {
  /** Begins to read, in the order of ordinals. */
  Cursor open() throws IOException;

  /** Steps through vectors; those stepped over cost nothing. */
  interface Cursor {
    /** Steps to the next vector. */
    boolean next() throws IOException;

    /**
     * The vector stepped to.
     *
     * @return its numbers, in an array that may be used again after the next step
     */
    float[] vector() throws IOException;
  }

  /** What to do with a vector. */
  @FunctionalInterface
  interface Action {
    void accept(float[] vector) throws IOException;
  }

  /** Counts by stepping through. */
  default int count() throws IOException {
    int count = 0;
    for (Cursor each = open(); each.next(); ) {
      count++;
    }
    return count;
  }

  /** Visits {@code wanted} vectors of {@code size}, evenly spread. */
  default void forSome(int size, int wanted, Action action) throws IOException {
    int row = 0;
    int taken = 0;
    for (Cursor each = open(); taken < wanted && each.next(); row++) {
      if ((long) row * wanted / size == taken) {
        action.accept(each.vector());
        taken++;
      }
    }
  }

  /** Copies of {@code wanted} vectors of {@code size}, evenly spread. */
  default float[][] sample(int size, int wanted) throws IOException {
    List<float[]> sample = new ArrayList<>(wanted);
    forSome(size, wanted, vector -> sample.add(vector.clone()));
    return sample.toArray(new float[0][]);
  }
}
