package org.seesong.query;

import java.util.List;
import java.util.Objects;

/**
 * How many of what a two-hop search gives, and how it looks for them.
 *
 * @param pictures pictures that hop one finds, 1 to 1,000
 * @param songs songs in the answer, 1 to 10,000, shared out by {@link HopMerger}
 * @param filters what songs must be like; all of them hold
 * @param mode how neighbours are found
 * @param candidates neighbours that an approximate search looks at before it keeps the nearest, 1
 *     to 10,000; more is slower and misses less
 */
public record TwoHopOptions(
    int pictures, int songs, List<SongFilter> filters, SearchMode mode, int candidates) {
  /** The paper's 5 pictures with 2 songs each: 10 songs. */
  public static final TwoHopOptions DEFAULT =
      new TwoHopOptions(5, 10, List.of(), SearchMode.AUTO, 100);

  public TwoHopOptions {
    check("pictures", pictures, 1000);
    check("songs", songs, 10_000);
    check("candidates", candidates, 10_000);
    Objects.requireNonNull(mode, "mode");
    filters = List.copyOf(filters);
  }

  private static void check(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new QueryException(name + " must be 1 to " + max + "; got: " + value);
    }
  }

  /**
   * These options with another number of pictures.
   *
   * @param number 1 to 1,000
   * @return changed options
   */
  public TwoHopOptions withPictures(int number) {
    return new TwoHopOptions(number, songs, filters, mode, candidates);
  }

  /**
   * These options with as many songs in the answer as all pictures bring.
   *
   * @param number songs of each picture; times the pictures 1 to 10,000
   * @return changed options
   */
  public TwoHopOptions withSongsPerPicture(int number) {
    check("songsPerPicture", number, 10_000 / pictures);
    return withSongs(pictures * number);
  }

  /**
   * These options with another number of songs in the answer.
   *
   * @param number 1 to 10,000
   * @return changed options
   */
  public TwoHopOptions withSongs(int number) {
    return new TwoHopOptions(pictures, number, filters, mode, candidates);
  }

  /**
   * These options with other filters.
   *
   * @param all the filters, which replace earlier ones
   * @return changed options
   */
  public TwoHopOptions withFilters(List<SongFilter> all) {
    return new TwoHopOptions(pictures, songs, all, mode, candidates);
  }

  /**
   * These options with another way to find neighbours.
   *
   * @param other the mode
   * @return changed options
   */
  public TwoHopOptions withMode(SearchMode other) {
    return new TwoHopOptions(pictures, songs, filters, other, candidates);
  }

  /**
   * These options with another number of candidates.
   *
   * @param number 1 to 10,000
   * @return changed options
   */
  public TwoHopOptions withCandidates(int number) {
    return new TwoHopOptions(pictures, songs, filters, mode, number);
  }
}
