package org.seesong.label;

/**
 * For each asking picture the labelled pictures nearest to it, nearest first.
 *
 * @param asked numbers a picture may have in its row
 * @param pictures labelled pictures by their numbers, {@code asked} for each; -1 where there are
 *     fewer
 * @param squares squared distances between directions beside them, 0 to 4
 */
public record Neighbours(int asked, int[] pictures, double[] squares) {
  public Neighbours {
    if (pictures.length != squares.length || (asked > 0 && pictures.length % asked != 0)) {
      throw new IllegalArgumentException(
          pictures.length + " neighbours and " + squares.length + " distances, " + asked + " each");
    }
  }

  /** How many a picture has. */
  int count(int picture) {
    int count = 0;
    while (count < asked && pictures[picture * asked + count] >= 0) {
      count++;
    }
    return count;
  }

  int neighbour(int picture, int rank) {
    return pictures[picture * asked + rank];
  }

  double square(int picture, int rank) {
    return squares[picture * asked + rank];
  }
}
