package org.seesong.select;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.seesong.vector.FloatVector;

/**
 * Selects the songs of an answer from each picture's list of nearest songs.
 *
 * <p>With {@link SelectionOptions#coverage} above 0, the first {@value #MAX_COVERED} songs come
 * from all lists by greedy coverage of the pictures' {@link Centroid}. The other songs come in
 * rounds: every picture, the nearest first, gives its nearest song that is not selected yet. With
 * the paper's numbers, 5 pictures and 10 songs, two rounds give the 2 nearest songs of each of the
 * 5 nearest pictures. Where the paper says nothing, a song of two pictures counts once and the
 * second picture gives its next one, and further rounds make up for pictures without songs.
 *
 * <p>Rounds look at the first {@link #depth()} songs of a list; only when no list has a song left
 * there do they look at twice as many, and so on. So longer lists never change an answer that
 * shorter ones could fill. Equal distances are ordered by song id. The same lists give the same
 * answer wherever they come from. Immutable.
 */
public final class SongSelector {
  /**
   * Most songs that all lists together have, at about 150 bytes each; {@code songs} a list if that
   * is more.
   */
  public static final int MAX_LISTED = 200_000;

  /** Most songs selected by coverage, whose cost grows with their square. */
  static final int MAX_COVERED = 100;

  /** Candidates for each song where the nearest alone do not decide. */
  private static final int CHOICE = 4;

  private static final int MIN_CHOICE = 50;

  private static final Comparator<Candidate> NEAREST =
      Comparator.comparingDouble(Candidate::distance).thenComparing(Candidate::songId);

  private final int songs;
  private final SelectionOptions options;
  private final Predicate<Candidate> deserving;

  /**
   * A song of a picture's list.
   *
   * @param songId the song's id
   * @param distance from the picture to the song, not NaN
   * @param artist the song's artist, "" if unknown; read only for {@code maxPerArtist}
   * @param embedding the song's graph embedding; read only for {@code coverage}
   * @param contentKey the same for versions of one song, of which the first is selected; 0 if
   *     unknown
   */
  public record Candidate(
      String songId, double distance, String artist, FloatVector embedding, long contentKey) {
    public Candidate {
      Objects.requireNonNull(songId, "songId");
      Objects.requireNonNull(artist, "artist");
      Objects.requireNonNull(embedding, "embedding");
      if (Double.isNaN(distance)) {
        throw new IllegalArgumentException("distance of song '" + songId + "' must not be NaN");
      }
    }

    /** The same song at another distance. */
    Candidate at(double other) {
      return new Candidate(songId, other, artist, embedding, contentKey);
    }
  }

  /**
   * A song of the answer.
   *
   * @param picture number of the picture that gave it, 0 for the nearest, or {@link #CENTROID}
   * @param song the song, with its distance from that picture or the centroid
   */
  public record Pick(int picture, Candidate song) {
    /** Stands for a picture where coverage of the centroid selected the song. */
    public static final int CENTROID = -1;

    /** Whether coverage of the centroid selected the song. */
    public boolean isFromCentroid() {
      return picture == CENTROID;
    }
  }

  /** Finds the nearest songs of pictures, wherever they are. */
  @FunctionalInterface
  public interface Source {
    /**
     * The nearest songs of each picture.
     *
     * @param depth songs in each list unless there are fewer
     * @return a list for each picture, the nearest picture first
     */
    List<List<Candidate>> nearest(int depth) throws IOException;
  }

  /**
   * A rule for answers of some size.
   *
   * @param songs songs in an answer, at least 1
   * @param options how songs are selected
   */
  public SongSelector(int songs, SelectionOptions options) {
    this(songs, options, song -> true);
  }

  /**
   * A rule for answers of which only some songs deserve a place.
   *
   * @param deserving tested once for each song whose turn it is, so that it may read a document;
   *     once a song fails, lists are not made longer to fill the answer
   */
  public SongSelector(int songs, SelectionOptions options, Predicate<Candidate> deserving) {
    if (songs < 1) {
      throw new IllegalArgumentException("songs must be at least 1; got: " + songs);
    }
    this.songs = songs;
    this.options = options;
    this.deserving = deserving;
  }

  /** Songs that a list should have at first; enough unless many of them are passed over. */
  int depth() {
    if (options.maxPerArtist() > 0) {
      return (int) Math.max(MIN_CHOICE, (long) songs * CHOICE);
    }
    return options.coverage() > 0 ? Math.max(songs, coverageDepth()) : songs;
  }

  private int coverageDepth() {
    return Math.max(MIN_CHOICE, Math.min(songs, MAX_COVERED) * CHOICE);
  }

  /**
   * Selects songs, asking for longer lists until the answer is full, lists cannot grow or a song
   * does not deserve its place.
   *
   * @param pictures how many lists the source gives, at least 1
   * @return distinct songs in the order of the answer
   * @throws IOException if the source cannot read
   */
  public List<Pick> select(Centroid centroid, int pictures, Source source) throws IOException {
    int deepest = Math.max(songs, MAX_LISTED / pictures);
    int depth = Math.min(depth(), deepest);
    while (true) {
      List<List<Candidate>> lists = source.nearest(depth);
      Selection selection = selection(centroid, lists);
      // A list shorter than asked for has all songs there are, as all the others then have.
      if (selection.isFull()
          || selection.rejectedSome()
          || lists.get(0).size() < depth
          || depth >= deepest) {
        return List.copyOf(selection.picks());
      }
      depth = (int) Math.min(deepest, depth * 4L);
    }
  }

  /**
   * Selects songs from lists.
   *
   * @param centroid of the pictures; {@link Centroid#NONE} to do without coverage
   * @param lists for each picture, nearest first, its songs in any order
   * @return distinct songs in the order of the answer
   * @throws IllegalArgumentException if coverage lacks embeddings of the centroid's dimension
   */
  public List<Pick> select(Centroid centroid, List<List<Candidate>> lists) {
    return List.copyOf(selection(centroid, lists).picks());
  }

  private Selection selection(Centroid centroid, List<List<Candidate>> lists) {
    List<List<Candidate>> sorted =
        lists.stream().map(list -> list.stream().sorted(NEAREST).toList()).toList();
    int longest = sorted.stream().mapToInt(List::size).max().orElse(0);
    Selection selection = new Selection(songs, options.maxPerArtist(), deserving);
    cover(centroid, sorted, selection);
    int[] next = new int[sorted.size()];
    for (long depth = depth(); ; depth *= 2) {
      takeTurns(sorted, (int) Math.min(depth, longest), next, selection);
      if (selection.isFull() || depth >= longest) {
        return selection;
      }
    }
  }

  private void cover(Centroid centroid, List<List<Candidate>> lists, Selection selection) {
    if (options.coverage() == 0) {
      return;
    }
    Map<String, Candidate> candidates = new LinkedHashMap<>();
    for (List<Candidate> list : lists) {
      for (Candidate song : list.subList(0, Math.min(coverageDepth(), list.size()))) {
        candidates.putIfAbsent(song.songId(), song);
      }
    }
    GreedyCoverage coverage =
        new GreedyCoverage(options, centroid, new ArrayList<>(candidates.values()));
    boolean some = true;
    while (some && selection.picks().size() < Math.min(songs, MAX_COVERED)) {
      var pick = coverage.next(selection);
      pick.ifPresent(selection::add);
      some = pick.isPresent();
    }
  }

  /**
   * Every picture in turn gives its next song.
   *
   * @param next where each list goes on: all songs before are selected or passed over for good
   */
  private static void takeTurns(
      List<List<Candidate>> lists, int depth, int[] next, Selection selection) {
    boolean some;
    do {
      some = false;
      for (int picture = 0; picture < next.length && !selection.isFull(); picture++) {
        List<Candidate> list = lists.get(picture);
        int end = Math.min(depth, list.size());
        while (next[picture] < end && !takes(selection, list.get(next[picture]))) {
          next[picture]++;
        }
        if (next[picture] < end) {
          selection.add(new Pick(picture, list.get(next[picture])));
          some = true;
        }
      }
    } while (some);
  }

  private static boolean takes(Selection selection, Candidate song) {
    return selection.isEligible(song) && selection.deserves(song);
  }
}
