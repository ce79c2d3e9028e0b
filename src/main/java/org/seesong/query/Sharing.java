package org.seesong.query;

/**
 * How the places of an answer are shared out, see {@link HopMerger}.
 *
 * @param lead first places that go to the songs nearest to what all pictures agree on, 0 to 10,000;
 *     0 is the paper's way, which knows no agreement
 * @param diversity 0 to 1: how much it counts that a song differs from those above it; 0 looks only
 *     at how near a song is, 1 only at how far it is from the songs chosen already
 * @param maxPerArtist songs of one artist, 1 to 10,000, or 0 for any number; songs whose artist is
 *     unknown are not counted
 */
public record Sharing(int lead, double diversity, int maxPerArtist) {
  /** The paper's way: nothing but rounds. */
  public static final Sharing PAPER = new Sharing(0, 0, 0);

  public Sharing {
    check("lead", lead);
    check("maxPerArtist", maxPerArtist);
    if (!(diversity >= 0 && diversity <= 1)) {
      throw new QueryException("diversity must be 0 to 1; got: " + diversity);
    }
  }

  private static void check(String name, int value) {
    if (value < 0 || value > TwoHopOptions.MAX_SONGS) {
      throw new QueryException(
          name + " must be 0 to " + TwoHopOptions.MAX_SONGS + "; got: " + value);
    }
  }

  /**
   * This sharing with another number of first places for the agreement.
   *
   * @param places 0 to 10,000
   * @return changed sharing
   */
  public Sharing withLead(int places) {
    return new Sharing(places, diversity, maxPerArtist);
  }

  /**
   * This sharing with another weight of variety.
   *
   * @param lambda 0 to 1
   * @return changed sharing
   */
  public Sharing withDiversity(double lambda) {
    return new Sharing(lead, lambda, maxPerArtist);
  }

  /**
   * This sharing with another limit for one artist.
   *
   * @param songs 1 to 10,000, or 0 for no limit
   * @return changed sharing
   */
  public Sharing withMaxPerArtist(int songs) {
    return new Sharing(lead, diversity, songs);
  }
}
