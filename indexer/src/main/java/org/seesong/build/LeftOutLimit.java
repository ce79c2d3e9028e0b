package org.seesong.build;

/**
 * How much of what it is given a build or an addition may leave out before it stops, with the index
 * as it was.
 *
 * <p>Songs and pictures are looked at apart: a thousand songs do not make up for a picture folder
 * that is not mounted. A build also stops if the index that is there has more than twice the songs
 * or the pictures that the new one would have, and at least {@value #FEWEST_LOST} more.
 *
 * @param share largest share of the rows of songs, and of pictures, that may be left out, 0 to 1
 * @param fewest fewer rows than this never stop it, whatever their share
 * @param forced whether nothing stops it
 */
public record LeftOutLimit(double share, int fewest, boolean forced) {
  /** Songs or pictures that an index may lose to a smaller catalogue in any case. */
  static final int FEWEST_LOST = 10;

  /** A tenth of the rows, and at least ten of them: in a catalogue of five, one row may be bad. */
  public static final LeftOutLimit DEFAULT = new LeftOutLimit(0.1, 10, false);

  /** Nothing stops a build. */
  public static final LeftOutLimit NONE = new LeftOutLimit(1, 1, true);

  public LeftOutLimit {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be from 0 to 1; got: " + share);
    }
    if (fewest < 1) {
      throw new IllegalArgumentException("fewest must be at least 1; got: " + fewest);
    }
  }

  /**
   * A share that holds for catalogues of any size.
   *
   * @param share largest share of rows that may be left out, 0 to 1
   */
  public static LeftOutLimit of(double share) {
    return new LeftOutLimit(share, 1, false);
  }

  boolean isExceeded(long leftOut, long rows) {
    return !forced && leftOut >= fewest && leftOut > share * rows;
  }

  boolean isLoss(long before, long after) {
    return !forced && before - after >= FEWEST_LOST && after < before / 2.0;
  }
}
