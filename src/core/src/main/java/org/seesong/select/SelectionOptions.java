package org.seesong.select;

/**
 * Options of {@link SongSelector}.
 *
 * @param coverage 0 to 1: how strongly later songs cover topics of the centroid that earlier ones
 *     have not covered; 0 lets single pictures take turns, the paper's way
 * @param maxPerArtist songs of one artist, 1 to 10,000, or 0 for any number; songs whose artist is
 *     unknown are not counted
 */
public record SelectionOptions(double coverage, int maxPerArtist) {
  /** Turns of single pictures. */
  public static final SelectionOptions PAPER = new SelectionOptions(0, 0);

  /** What evaluation found best on labelled photographs. */
  public static final SelectionOptions DEFAULT = new SelectionOptions(0.15, 0);

  private static final int MOST_PER_ARTIST = 10_000;

  public SelectionOptions {
    if (!(coverage >= 0 && coverage <= 1)) {
      throw new IllegalArgumentException("coverage must be 0 to 1; got: " + coverage);
    }
    if (maxPerArtist < 0 || maxPerArtist > MOST_PER_ARTIST) {
      throw new IllegalArgumentException(
          "maxPerArtist must be 0 to " + MOST_PER_ARTIST + "; got: " + maxPerArtist);
    }
  }
}
