package org.seesong.query;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;

/**
 * The rule by which the pictures of hop one share out the places of an answer.
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
 * <p>A picture's list need not be longer than {@code songs}: fewer than that can be taken by
 * others. Equal distances are put in the order of the songs' ids, so the same lists give the same
 * answer wherever they come from. Immutable.
 */
public final class HopMerger {
  private static final Comparator<Candidate> NEAREST =
      Comparator.comparingDouble(Candidate::distance).thenComparing(Candidate::songId);

  private final int songs;

  /**
   * A song that a picture may bring.
   *
   * @param songId the song's id
   * @param distance from the picture to the song, not NaN
   */
  public record Candidate(String songId, double distance) {
    public Candidate {
      Objects.requireNonNull(songId, "songId");
      if (Double.isNaN(distance)) {
        throw new IllegalArgumentException("distance of song '" + songId + "' must not be NaN");
      }
    }
  }

  /**
   * A song of the answer.
   *
   * @param picture index of the picture that brought it, 0 for the nearest
   * @param song the song
   */
  public record Pick(int picture, Candidate song) {}

  /**
   * A rule for answers of some size.
   *
   * @param songs songs in an answer, at least 1
   * @throws QueryException if the number is less than 1
   */
  public HopMerger(int songs) {
    if (songs < 1) {
      throw new QueryException("songs must be at least 1; got: " + songs);
    }
    this.songs = songs;
  }

  /**
   * Shares out the places.
   *
   * @param pictures for each picture, nearest first, the songs it may bring, in any order
   * @return distinct songs in the order of the answer
   */
  public List<Pick> merge(List<List<Candidate>> pictures) {
    List<Queue<Candidate>> left = new ArrayList<>(pictures.size());
    for (List<Candidate> candidates : pictures) {
      List<Candidate> sorted = new ArrayList<>(candidates);
      sorted.sort(NEAREST);
      left.add(new ArrayDeque<>(sorted));
    }
    List<Pick> answer = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    int before;
    do {
      before = answer.size();
      for (int picture = 0; picture < left.size(); picture++) {
        takeTurn(picture, left.get(picture), answer, taken);
      }
    } while (answer.size() > before);
    return List.copyOf(answer);
  }

  private void takeTurn(
      int picture, Queue<Candidate> candidates, List<Pick> answer, Set<String> taken) {
    while (answer.size() < songs && !candidates.isEmpty()) {
      Candidate next = candidates.remove();
      if (taken.add(next.songId())) {
        answer.add(new Pick(picture, next));
        return;
      }
    }
  }
}
