package org.seesong.select;

/**
 * Options of {@link SongSelector}.
 *
 * @param coverage 0 to 1: how strongly later songs cover topics of the centroid that earlier ones
 *     have not covered; 0 lets single pictures take turns, the paper's way
 * @param variety 0 to 1: how far songs that fit nearly as well as the best take turns from query to
 *     query, as a share of the distance between the best and the {@value GreedyCoverage#RANGE}th,
 *     or one half as good; 0 gives the best songs always. Counts with coverage above 0. The same
 *     query gets the same songs
 * @param maxPerArtist songs of one artist, 1 to 10,000, or 0 for any number; songs whose artist is
 *     unknown are not counted
 */
public record SelectionOptions(double coverage, double variety, int maxPerArtist) {
  /** Turns of single pictures. */
  public static final SelectionOptions PAPER = new SelectionOptions(0, 0, 0);

  /** What evaluation found best on labelled photographs. */
  public static final SelectionOptions DEFAULT = new SelectionOptions(0.15, 1, 0);

  private static final int MOST_PER_ARTIST = 10_000;

  public SelectionOptions {
    checkShare("coverage", coverage);
    checkShare("variety", variety);
    if (maxPerArtist < 0 || maxPerArtist > MOST_PER_ARTIST) {
      throw new IllegalArgumentException(
          "maxPerArtist must be 0 to " + MOST_PER_ARTIST + "; got: " + maxPerArtist);
    }
  }

  private static void checkShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(name + " must be 0 to 1; got: " + share);
    }
  }
}
