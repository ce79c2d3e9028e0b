package org.seesong.query;

/**
 * How the places of an answer are distributed, see {@link SongSelector}.
 *
 * @param lead first places that go to the songs nearest to what all pictures agree on, 0 to 10,000;
 *     0 is the paper's way, which knows no agreement
 * @param balance 0 to 1: how much the places after those make up for what the answer so far leaves
 *     unsaid of the agreement; 0 is the paper's way, turns of single pictures
 * @param diversity 0 to 1: how much it counts that a song differs from those above it; 0 looks only
 *     at how near a song is, 1 only at how far it is from the songs chosen already
 * @param maxPerArtist songs of one artist, 1 to 10,000, or 0 for any number; songs whose artist is
 *     unknown are not counted
 * @param allVersions whether songs with the same lyrics, such as a live and an album version, each
 *     take a place; false gives them one together. Of indexes that do not know which songs those
 *     are, built by an earlier version, all songs count as different
 */
public record SelectionOptions(
    int lead, double balance, double diversity, int maxPerArtist, boolean allVersions) {
  /** The paper's way: nothing but rounds. */
  public static final SelectionOptions PAPER = new SelectionOptions(0, 0, 0, 0);

  /** What evaluation found best on photographs with labels: all places balanced. */
  public static final SelectionOptions DEFAULT = PAPER.withBalance(0.15);

  public SelectionOptions {
    check("lead", lead);
    check("maxPerArtist", maxPerArtist);
    check("balance", balance);
    check("diversity", diversity);
  }

  /**
   * A sharing that gives versions of a song one place.
   *
   * @param lead first places that go to the songs nearest to what all pictures agree on
   * @param balance 0 to 1: how much places make up for what the answer leaves unsaid
   * @param diversity 0 to 1: how much it counts that a song differs from those above it
   * @param maxPerArtist songs of one artist, or 0 for any number
   */
  public SelectionOptions(int lead, double balance, double diversity, int maxPerArtist) {
    this(lead, balance, diversity, maxPerArtist, false);
  }

  private static void check(String name, int value) {
    if (value < 0 || value > TwoHopOptions.MAX_SONGS) {
      throw new QueryException(
          name + " must be 0 to " + TwoHopOptions.MAX_SONGS + "; got: " + value);
    }
  }

  private static void check(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new QueryException(name + " must be 0 to 1; got: " + value);
    }
  }

  /** Whether vectors of songs are looked at. */
  boolean looksAtVectors() {
    return balance > 0 || diversity > 0;
  }

  /**
   * This sharing with another number of first places for the agreement.
   *
   * @param places 0 to 10,000
   * @return changed sharing
   */
  public SelectionOptions withLead(int places) {
    return new SelectionOptions(places, balance, diversity, maxPerArtist, allVersions);
  }

  /**
   * This sharing with another weight of what is left unsaid.
   *
   * @param weight 0 to 1
   * @return changed sharing
   */
  public SelectionOptions withBalance(double weight) {
    return new SelectionOptions(lead, weight, diversity, maxPerArtist, allVersions);
  }

  /**
   * This sharing with another weight of variety.
   *
   * @param lambda 0 to 1
   * @return changed sharing
   */
  public SelectionOptions withDiversity(double lambda) {
    return new SelectionOptions(lead, balance, lambda, maxPerArtist, allVersions);
  }

  /**
   * This sharing with another limit for one artist.
   *
   * @param songs 1 to 10,000, or 0 for no limit
   * @return changed sharing
   */
  public SelectionOptions withMaxPerArtist(int songs) {
    return new SelectionOptions(lead, balance, diversity, songs, allVersions);
  }

  /**
   * This sharing with every version of a song taking a place, or one for all of them.
   *
   * @param all true for a place each
   * @return changed sharing
   */
  public SelectionOptions withAllVersions(boolean all) {
    return new SelectionOptions(lead, balance, diversity, maxPerArtist, all);
  }
}
