package org.seesong.query;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.seesong.knn.NearestVectors;

/**
 * How many of what a two-hop search gives, from what, and how it looks for them.
 *
 * @param pictures pictures that hop one finds, 1 to 1,000
 * @param songs songs in the answer, 1 to 10,000, chosen by {@link SongSelector}; times the pictures
 *     at most 200,000, with diversity or a limit for artists at most 20,000
 * @param filters what songs must be like, at most 100; all of them hold
 * @param pictureFilters what pictures must be like, at most 100; all of them hold
 * @param excludedSongs ids of songs that must not be in the answer, at most 10,000; nor may their
 *     versions unless {@link SelectionOptions#allVersions}. Ids that the index does not have are no
 *     error, for whoever heard a song may ask after it is gone
 * @param sharing how the places of the answer are distributed
 * @param mode how neighbours are found
 * @param candidates neighbours that an approximate search looks at before it keeps the nearest, 1
 *     to 10,000; more is slower and misses less
 */
public record TwoHopOptions(
    int pictures,
    int songs,
    List<SongFilter> filters,
    List<PictureFilter> pictureFilters,
    Set<String> excludedSongs,
    SelectionOptions sharing,
    SearchMode mode,
    int candidates) {
  /** Most songs that an answer may have. */
  public static final int MAX_SONGS = 10_000;

  /** The paper's 5 pictures with 2 songs each: 10 songs. */
  public static final TwoHopOptions PAPER =
      new TwoHopOptions(
          5, 10, List.of(), List.of(), Set.of(), SelectionOptions.PAPER, SearchMode.AUTO, 150);

  /**
   * What evaluation found best: 10 songs that together say what the 10 nearest pictures agree on.
   */
  public static final TwoHopOptions DEFAULT =
      PAPER.withPictures(10).withSharing(SelectionOptions.DEFAULT);

  /**
   * Most songs that the pictures' lists may have together, so that they stay within memory: about
   * 150 bytes each, 30 MB.
   */
  static final int MAX_LISTED = 200_000;

  /** The same where a list needs several songs for each one that it brings. */
  public static final int MAX_CHOICE = 20_000;

  private static final int MAX_FILTERS = 100;

  private static final int MAX_EXCLUDED = 10_000;

  public TwoHopOptions {
    check("pictures", pictures, 1000);
    check("songs", songs, MAX_SONGS);
    check("candidates", candidates, 10_000);
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(sharing, "sharing");
    filters = List.copyOf(filters);
    pictureFilters = List.copyOf(pictureFilters);
    excludedSongs = Collections.unmodifiableSortedSet(new TreeSet<>(excludedSongs));
    if (excludedSongs.size() > MAX_EXCLUDED) {
      throw new QueryException(
          "excludedSongs must be at most " + MAX_EXCLUDED + " ids; got: " + excludedSongs.size());
    }
    check("filters", filters);
    check("pictureFilters", pictureFilters);
    boolean choosy = sharing.diversity() > 0 || sharing.maxPerArtist() > 0;
    int most = choosy ? MAX_CHOICE : MAX_LISTED;
    long listed = (long) pictures * songs;
    if (listed > most) {
      throw new QueryException(
          (choosy ? "with diversity or maxPerArtist, " : "")
              + "pictures times songs must be at most "
              + most
              + "; got: "
              + listed
              + " ("
              + pictures
              + " pictures, "
              + songs
              + " songs)");
    }
  }

  private static void check(String name, List<?> filters) {
    if (filters.size() > MAX_FILTERS) {
      throw new QueryException(
          name + " must be at most " + MAX_FILTERS + "; got: " + filters.size());
    }
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
    return new TwoHopOptions(
        number, songs, filters, pictureFilters, excludedSongs, sharing, mode, candidates);
  }

  /**
   * These options with as many songs in the answer as all pictures bring.
   *
   * @param number songs of each picture; times the pictures 1 to 10,000
   * @return changed options
   */
  public TwoHopOptions withSongsPerPicture(int number) {
    check("songsPerPicture", number, MAX_SONGS / pictures);
    return withSongs(pictures * number);
  }

  /**
   * These options with another number of songs in the answer.
   *
   * @param number 1 to 10,000
   * @return changed options
   */
  public TwoHopOptions withSongs(int number) {
    return new TwoHopOptions(
        pictures, number, filters, pictureFilters, excludedSongs, sharing, mode, candidates);
  }

  /**
   * These options with other filters of songs.
   *
   * @param all the filters, which replace earlier ones
   * @return changed options
   */
  public TwoHopOptions withFilters(List<SongFilter> all) {
    return new TwoHopOptions(
        pictures, songs, all, pictureFilters, excludedSongs, sharing, mode, candidates);
  }

  /**
   * These options with other filters of pictures.
   *
   * @param all the filters, which replace earlier ones
   * @return changed options
   */
  public TwoHopOptions withPictureFilters(List<PictureFilter> all) {
    return new TwoHopOptions(
        pictures, songs, filters, all, excludedSongs, sharing, mode, candidates);
  }

  /**
   * These options with other songs left out.
   *
   * @param songIds ids of songs, which replace earlier ones
   * @return changed options
   */
  public TwoHopOptions withExcludedSongs(Set<String> songIds) {
    return new TwoHopOptions(
        pictures, songs, filters, pictureFilters, songIds, sharing, mode, candidates);
  }

  /**
   * These options with another way to distribute the places.
   *
   * @param other how places are shared
   * @return changed options
   */
  public TwoHopOptions withSharing(SelectionOptions other) {
    return new TwoHopOptions(
        pictures, songs, filters, pictureFilters, excludedSongs, other, mode, candidates);
  }

  /**
   * These options with another way to find neighbours.
   *
   * @param other the mode
   * @return changed options
   */
  public TwoHopOptions withMode(SearchMode other) {
    return new TwoHopOptions(
        pictures, songs, filters, pictureFilters, excludedSongs, sharing, other, candidates);
  }

  /**
   * These options with another number of candidates.
   *
   * @param number 1 to 10,000
   * @return changed options
   */
  public TwoHopOptions withCandidates(int number) {
    return new TwoHopOptions(
        pictures, songs, filters, pictureFilters, excludedSongs, sharing, mode, number);
  }

  /**
   * Candidates to ask {@link org.seesong.knn.NearestVectors} for.
   *
   * @param numbers what comparing all would cost: vectors times dimension times targets
   * @return candidates, all for an exact search
   */
  public int candidatesFor(long numbers) {
    boolean exact =
        mode == SearchMode.EXACT
            || (mode == SearchMode.AUTO && numbers <= TwoHopSearcher.EXACT_FLOATS);
    return exact ? NearestVectors.ALL : candidates;
  }
}
