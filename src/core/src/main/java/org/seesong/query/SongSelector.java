package org.seesong.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.seesong.vector.FloatVector;

/**
 * The rule by which the pictures of hop one distribute the places of an answer.
 *
 * <p>In each round every picture, the nearest first, brings its nearest song that is not in the
 * answer yet. Rounds go on until the answer has {@code songs} songs or no picture has a song left.
 *
 * <p>With the paper's numbers, 5 pictures and 10 places, two rounds give the 2 nearest songs of
 * each of the 5 nearest pictures. It differs where the paper says nothing: a song that two pictures
 * bring counts once and the second picture brings its next one instead; and where a picture has no
 * songs to bring, further rounds fill its places from the others. So the promised number is reached
 * whenever one picture's list has that many songs.
 *
 * <p>{@link SelectionOptions} goes past the paper. The {@linkplain Centroid consensus} of the
 * pictures brings the first {@code lead} songs. With {@code balance} the next places, up to the
 * {@value #MAX_BALANCED}th, go to those songs of the pictures' lists that make up best for what the
 * answer so far leaves unsaid of the consensus: nearest to u + balance * sum(u - v) for its
 * direction u and those v of the songs above. Then the rounds begin. With {@code diversity} L,
 * whoever's turn it is brings not its nearest song but the one with the least (1 - L) d^2 - L e^2,
 * where d is the song's distance from who brings it and e its distance from the nearest song of the
 * answer. For vectors of length 1 that is maximal marginal relevance over cosines (Carbonell and
 * Goldstein, The use of MMR, SIGIR 1998). {@code maxPerArtist} passes over songs of artists who
 * have their share. Of songs with the same content key only the first is taken.
 *
 * <p>Turns look at the first {@link #depth()} songs of a list; only when nobody has a song left
 * there and places are free they look at twice as many, and so on. So longer lists never change an
 * answer that shorter ones could fill. All lists together have 200,000 songs at most, or {@code
 * songs} each if that is more. Equal distances are put in the order of the songs' ids; balanced
 * places in an order drawn anew for each nearest picture, lest of many songs with the same keywords
 * all queries get the same. The same lists give the same answer wherever they come from. Immutable.
 */
public final class SongSelector {
  /** Songs that an answer with {@code diversity} may have: its cost grows with their square. */
  public static final int MAX_DIVERSE_SONGS = 1000;

  private static final Comparator<Candidate> NEAREST =
      Comparator.comparingDouble(Candidate::distance).thenComparing(Candidate::songId);

  /** Places that are balanced at most: the cost grows with their square. */
  static final int MAX_BALANCED = 100;

  /** Candidates for each place where the nearest alone do not decide. */
  private static final int CHOICE = 4;

  private static final int MIN_CHOICE = 50;

  private final int songs;
  private final SelectionOptions sharing;

  /**
   * A song that a picture may bring.
   *
   * @param songId the song's id
   * @param distance from the picture to the song, not NaN
   * @param artist the song's artist, "" if unknown; needed only for {@code maxPerArtist}
   * @param networkVector where the song is in the network; needed for {@code balance} and {@code
   *     diversity}
   * @param contentKey the same for versions of one song, of which the answer takes the first; 0 if
   *     unknown or all versions are wanted
   */
  public record Candidate(
      String songId, double distance, String artist, FloatVector networkVector, long contentKey) {
    public Candidate {
      Objects.requireNonNull(songId, "songId");
      Objects.requireNonNull(artist, "artist");
      Objects.requireNonNull(networkVector, "networkVector");
      if (Double.isNaN(distance)) {
        throw new IllegalArgumentException("distance of song '" + songId + "' must not be NaN");
      }
    }

    /**
     * A song whose versions are unknown.
     *
     * @param songId the song's id
     * @param distance from the picture to the song, not NaN
     * @param artist the song's artist, "" if unknown
     * @param networkVector where the song is in the network
     */
    public Candidate(String songId, double distance, String artist, FloatVector networkVector) {
      this(songId, distance, artist, networkVector, 0);
    }

    /**
     * A song for rules that look at distances only.
     *
     * @param songId the song's id
     * @param distance from the picture to the song, not NaN
     */
    public Candidate(String songId, double distance) {
      this(songId, distance, "", FloatVector.empty());
    }
  }

  /**
   * A song of the answer.
   *
   * @param picture index of the picture that brought it, 0 for the nearest, or {@link #CONSENSUS}
   * @param song the song
   */
  public record Pick(int picture, Candidate song) {
    /** Stands for a picture where all of them brought the song together. */
    public static final int CONSENSUS = -1;
  }

  /**
   * Songs that may be brought.
   *
   * @param consensus the nearest songs of the consensus; needed only for {@code lead}
   * @param pictures for each picture, nearest first, its nearest songs
   */
  public record Lists(List<Candidate> consensus, List<List<Candidate>> pictures) {
    public Lists {
      consensus = List.copyOf(consensus);
      pictures = List.copyOf(pictures);
    }
  }

  /**
   * What the pictures agree on.
   *
   * @param place its network vector, see {@link Centroid}; empty if there is no agreement, then
   *     nothing is balanced
   * @param nearestPicture the owner's id of the nearest picture, without the kind that document ids
   *     begin with; it decides the order of equally good songs
   */
  public record Agreement(FloatVector place, String nearestPicture) {
    /** Pictures that have nothing in common, or one place alone. */
    public static final Agreement NONE = new Agreement(FloatVector.empty(), "");

    public Agreement {
      Objects.requireNonNull(place, "place");
      Objects.requireNonNull(nearestPicture, "nearestPicture");
    }
  }

  /** Finds songs, wherever they are. */
  public interface Source {
    /**
     * The songs that pictures may bring.
     *
     * @param depth how many songs a list has unless there are fewer
     * @return the nearest songs of each picture and of the consensus
     * @throws IOException if reading fails
     */
    Lists nearest(int depth) throws IOException;
  }

  /**
   * A rule for answers of some size, the paper's way.
   *
   * @param songs songs in an answer, at least 1
   * @throws QueryException if the number is less than 1
   */
  public SongSelector(int songs) {
    this(songs, SelectionOptions.PAPER);
  }

  /**
   * A rule for answers of some size.
   *
   * @param songs songs in an answer, at least 1; with {@code diversity} at most {@value
   *     #MAX_DIVERSE_SONGS}
   * @param sharing how places are shared
   * @throws QueryException if the number is out of range
   */
  public SongSelector(int songs, SelectionOptions sharing) {
    if (songs < 1) {
      throw new QueryException("songs must be at least 1; got: " + songs);
    }
    if (sharing.diversity() > 0 && songs > MAX_DIVERSE_SONGS) {
      throw new QueryException(
          "songs must be at most " + MAX_DIVERSE_SONGS + " with diversity; got: " + songs);
    }
    this.songs = songs;
    this.sharing = sharing;
  }

  /**
   * How many songs a list should have at first. Longer lists are needed only if the answer comes
   * out short.
   *
   * @return {@code songs} the paper's way, which always suffices: fewer can be taken by others;
   *     more where a song that is near may be passed over
   */
  public int depth() {
    if (sharing.diversity() > 0 || sharing.maxPerArtist() > 0) {
      return (int) Math.max(MIN_CHOICE, (long) songs * CHOICE);
    }
    return sharing.balance() > 0 ? Math.max(songs, balancedDepth()) : songs;
  }

  private int balancedDepth() {
    return Math.max(MIN_CHOICE, Math.min(songs, MAX_BALANCED) * CHOICE);
  }

  /**
   * Whether the nearest songs of the consensus are looked at.
   *
   * @return true if there is a lead
   */
  public boolean asksConsensus() {
    return sharing.lead() > 0;
  }

  /**
   * Whether candidates must have vectors.
   *
   * @return true if there is balance or diversity
   */
  public boolean looksAtVectors() {
    return sharing.looksAtVectors();
  }

  /**
   * Shares out the places, asking for deeper lists until the answer is full or there is hardly a
   * song left to ask for.
   *
   * @param agreement what the pictures agree on
   * @param lists how many lists a source gives, of pictures and the consensus; at least 1
   * @param source finds songs
   * @return distinct songs in the order of the answer
   * @throws IOException if the source cannot read
   */
  public List<Pick> answer(Agreement agreement, int lists, Source source) throws IOException {
    int deepest = Math.max(songs, TwoHopOptions.MAX_LISTED / lists);
    int depth = Math.min(depth(), deepest);
    while (true) {
      Lists nearest = source.nearest(depth);
      List<Pick> picks = merge(agreement, nearest.consensus(), nearest.pictures());
      // A list shorter than asked for has all songs there are, as all the others then have.
      int listed = nearest.pictures().get(0).size();
      if (picks.size() == songs || listed < depth || depth >= deepest) {
        return picks;
      }
      depth = (int) Math.min(deepest, depth * 4L);
    }
  }

  /**
   * Shares out the places among pictures alone, whatever the lead and the balance.
   *
   * @param pictures for each picture, nearest first, the songs it may bring, in any order
   * @return distinct songs in the order of the answer
   */
  public List<Pick> merge(List<List<Candidate>> pictures) {
    return merge(Agreement.NONE, List.of(), pictures);
  }

  /**
   * Shares out the places.
   *
   * @param agreement what the pictures agree on
   * @param consensus the songs that the consensus may bring, in any order
   * @param pictures for each picture, nearest first, the songs it may bring, in any order
   * @return distinct songs in the order of the answer
   * @throws IllegalArgumentException if there is {@code balance} or {@code diversity} but songs
   *     have no vectors, or of several dimensions
   */
  public List<Pick> merge(
      Agreement agreement, List<Candidate> consensus, List<List<Candidate>> pictures) {
    List<Candidate> first = sorted(consensus);
    List<List<Candidate>> lists = pictures.stream().map(SongSelector::sorted).toList();
    int longest = Math.max(first.size(), lists.stream().mapToInt(List::size).max().orElse(0));
    AnswerSheet answer = new AnswerSheet(songs, sharing);
    Coverage balance = new Coverage(sharing, agreement);
    List<Candidate> choice = sharing.balance() > 0 ? choice(lists) : List.of();
    for (long depth = depth(); ; depth *= 2) {
      int end = (int) Math.min(depth, longest);
      lead(answer, first, end);
      while (answer.size() < MAX_BALANCED && !answer.isFull() && balance.give(answer, choice)) {
        // Each turn takes one place.
      }
      rounds(answer, lists, end);
      if (answer.isFull() || depth >= longest) {
        return answer.picks();
      }
    }
  }

  private static List<Candidate> sorted(List<Candidate> candidates) {
    List<Candidate> sorted = new ArrayList<>(candidates);
    sorted.sort(NEAREST);
    return sorted;
  }

  /** The songs among which balanced places choose, each once. */
  private List<Candidate> choice(List<List<Candidate>> lists) {
    Map<String, Candidate> choice = new LinkedHashMap<>();
    for (List<Candidate> list : lists) {
      for (Candidate song : list.subList(0, Math.min(balancedDepth(), list.size()))) {
        choice.putIfAbsent(song.songId(), song);
      }
    }
    return List.copyOf(choice.values());
  }

  private void lead(AnswerSheet answer, List<Candidate> first, int depth) {
    while (answer.size() < sharing.lead() && answer.take(Pick.CONSENSUS, first, depth)) {
      // Each turn of the consensus takes one of the first places.
    }
  }

  private static void rounds(AnswerSheet answer, List<List<Candidate>> lists, int depth) {
    boolean some;
    do {
      some = false;
      for (int picture = 0; picture < lists.size(); picture++) {
        some |= answer.take(picture, lists.get(picture), depth);
      }
    } while (some);
  }
}
