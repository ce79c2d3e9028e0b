package org.seesong.query;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.seesong.knn.KnnSearcher;
import org.seesong.select.SelectionOptions;
import org.seesong.select.SongSelector;

/**
 * Options of a two-hop search: result sizes, filters, song selection and search mode. Made by
 * {@link #builder}.
 *
 * @param pictures pictures that hop one finds, 1 to 1,000
 * @param songs songs in the answer, 1 to 10,000; times the pictures at most 200,000
 * @param filters what songs must be like, at most 100; all of them hold
 * @param pictureFilters what pictures must be like, at most 100; all of them hold
 * @param boosts keywords that songs should have more or less of, at most 100, each once
 * @param excludedSongs ids of songs that must not be in the answer, at most 10,000; nor may their
 *     versions. Ids that the index does not have are no error: a caller may exclude a song that is
 *     gone
 * @param selection which songs of the pictures' lists fill the answer
 * @param versions whether {@link SongHit#versions} is read; takes a pass over all songs' keys
 * @param mode how neighbours are found
 * @param candidates neighbours that an approximate search compares in full, 1 to 10,000; more is
 *     slower and misses less
 * @param fill whether songs of little {@link org.seesong.select.Confidence} have places, too; false
 *     leaves those places empty
 */
public record TwoHopOptions(
    int pictures,
    int songs,
    List<SongFilter> filters,
    List<PictureFilter> pictureFilters,
    List<KeywordBoost> boosts,
    Set<String> excludedSongs,
    SelectionOptions selection,
    boolean versions,
    SearchMode mode,
    int candidates,
    boolean fill) {
  /** Most songs that an answer may have. */
  public static final int MAX_SONGS = 10_000;

  /** The paper's 5 pictures with 2 songs each: 10 songs. */
  public static final TwoHopOptions PAPER =
      new TwoHopOptions(
          5,
          10,
          List.of(),
          List.of(),
          List.of(),
          Set.of(),
          SelectionOptions.PAPER,
          false,
          SearchMode.AUTO,
          150,
          true);

  /** What evaluation found best: 10 songs that cover the centroid of the 10 nearest pictures. */
  public static final TwoHopOptions DEFAULT =
      PAPER.toBuilder().pictures(10).selection(SelectionOptions.DEFAULT).fill(false).build();

  private static final int MAX_FILTERS = 100;
  private static final int MAX_BOOSTS = 100;
  private static final int MAX_EXCLUDED = 10_000;

  public TwoHopOptions {
    check("pictures", pictures, 1000);
    check("songs", songs, MAX_SONGS);
    check("candidates", candidates, 10_000);
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(selection, "selection");
    filters = List.copyOf(filters);
    pictureFilters = List.copyOf(pictureFilters);
    boosts = List.copyOf(boosts);
    excludedSongs = Collections.unmodifiableSortedSet(new TreeSet<>(excludedSongs));
    checkSize("excludedSongs", excludedSongs.size(), MAX_EXCLUDED, " ids");
    checkSize("filters", filters.size(), MAX_FILTERS, "");
    checkSize("pictureFilters", pictureFilters.size(), MAX_FILTERS, "");
    checkSize("boosts", boosts.size(), MAX_BOOSTS, "");
    Set<String> boosted = new HashSet<>();
    for (KeywordBoost boost : boosts) {
      if (!boosted.add(boost.keyword())) {
        throw new QueryException(
            "keyword '" + boost.keyword() + "' is boosted twice; give it one weight");
      }
    }
    long listed = (long) pictures * songs;
    if (listed > SongSelector.MAX_LISTED) {
      throw new QueryException(
          "pictures times songs must be at most "
              + SongSelector.MAX_LISTED
              + "; got: "
              + listed
              + " ("
              + pictures
              + " pictures, "
              + songs
              + " songs)");
    }
  }

  private static void checkSize(String name, int size, int max, String unit) {
    if (size > max) {
      throw new QueryException(name + " must be at most " + max + unit + "; got: " + size);
    }
  }

  private static void check(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new QueryException(name + " must be 1 to " + max + "; got: " + value);
    }
  }

  /** A builder that starts at {@link #DEFAULT}. */
  public static Builder builder() {
    return DEFAULT.toBuilder();
  }

  /** A builder that starts at these options. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /**
   * Candidates to ask {@link KnnSearcher} for.
   *
   * @param numbers what comparing all would cost: vectors times dimension times targets
   */
  public int candidatesFor(long numbers) {
    boolean exact =
        mode == SearchMode.EXACT
            || (mode == SearchMode.AUTO && numbers <= TwoHopSearcher.EXACT_FLOATS);
    return exact ? KnnSearcher.ALL : candidates;
  }

  /** Sets options one by one; {@link #build} checks them. For one thread. */
  public static final class Builder {
    private int pictures;
    private int songs;

    /** Null where {@link #songs} counts. */
    private Integer songsPerPicture;

    private List<SongFilter> filters;
    private List<PictureFilter> pictureFilters;
    private List<KeywordBoost> boosts;
    private Set<String> excludedSongs;
    private double coverage;
    private double variety;
    private int maxPerArtist;
    private boolean versions;
    private SearchMode mode;
    private int candidates;
    private boolean fill;

    private Builder(TwoHopOptions options) {
      pictures = options.pictures;
      songs = options.songs;
      filters = options.filters;
      pictureFilters = options.pictureFilters;
      boosts = options.boosts;
      excludedSongs = options.excludedSongs;
      selection(options.selection);
      versions = options.versions;
      mode = options.mode;
      candidates = options.candidates;
      fill = options.fill;
    }

    /** Pictures that hop one finds, 1 to 1,000. */
    public Builder pictures(int number) {
      pictures = number;
      return this;
    }

    /** Songs in the answer, 1 to 10,000. */
    public Builder songs(int number) {
      songs = number;
      songsPerPicture = null;
      return this;
    }

    /** Songs in the answer as a multiple of the pictures; the product is 1 to 10,000. */
    public Builder songsPerPicture(int number) {
      songsPerPicture = number;
      return this;
    }

    /** Filters of songs, which replace earlier ones. */
    public Builder filters(List<SongFilter> all) {
      filters = all;
      return this;
    }

    /** Filters of songs as {@link SongFilter#parse} reads them, which replace earlier ones. */
    public Builder filters(String... all) {
      return filters(List.of(all).stream().map(SongFilter::parse).toList());
    }

    /** Filters of pictures, which replace earlier ones. */
    public Builder pictureFilters(List<PictureFilter> all) {
      pictureFilters = all;
      return this;
    }

    /** Filters of pictures as {@link PictureFilter#parse} reads them. */
    public Builder pictureFilters(String... all) {
      return pictureFilters(List.of(all).stream().map(PictureFilter::parse).toList());
    }

    /** Keywords that songs should have more or less of, which replace earlier ones. */
    public Builder boosts(List<KeywordBoost> all) {
      boosts = all;
      return this;
    }

    /** Boosts as {@link KeywordBoost#parse} reads them, which replace earlier ones. */
    public Builder boosts(String... all) {
      return boosts(List.of(all).stream().map(KeywordBoost::parse).toList());
    }

    /** Ids of songs to leave out, which replace earlier ones. */
    public Builder excludedSongs(Set<String> songIds) {
      excludedSongs = songIds;
      return this;
    }

    /** All options of song selection at once. */
    public Builder selection(SelectionOptions options) {
      coverage = options.coverage();
      variety = options.variety();
      maxPerArtist = options.maxPerArtist();
      return this;
    }

    /** See {@link SelectionOptions#coverage}. */
    public Builder coverage(double weight) {
      coverage = weight;
      return this;
    }

    /** See {@link SelectionOptions#variety}. */
    public Builder variety(double share) {
      variety = share;
      return this;
    }

    /** See {@link SelectionOptions#maxPerArtist}. */
    public Builder maxPerArtist(int number) {
      maxPerArtist = number;
      return this;
    }

    /** Whether songs of the answer name their versions. */
    public Builder versions(boolean named) {
      versions = named;
      return this;
    }

    /** How neighbours are found. */
    public Builder mode(SearchMode other) {
      mode = other;
      return this;
    }

    /** Neighbours that an approximate search compares in full, 1 to 10,000. */
    public Builder candidates(int number) {
      candidates = number;
      return this;
    }

    /** Whether songs of little confidence have places, too. */
    public Builder fill(boolean all) {
      fill = all;
      return this;
    }

    /**
     * The options.
     *
     * @throws QueryException if a number is out of range; says which
     */
    public TwoHopOptions build() {
      if (songsPerPicture != null) {
        check("pictures", pictures, 1000);
        check("songsPerPicture", songsPerPicture, MAX_SONGS / pictures);
      }
      SelectionOptions selection;
      try {
        selection = new SelectionOptions(coverage, variety, maxPerArtist);
      } catch (IllegalArgumentException e) {
        throw new QueryException(e.getMessage());
      }
      return new TwoHopOptions(
          pictures,
          songsPerPicture == null ? songs : pictures * songsPerPicture,
          filters,
          pictureFilters,
          boosts,
          excludedSongs,
          selection,
          versions,
          mode,
          candidates,
          fill);
    }
  }
}
