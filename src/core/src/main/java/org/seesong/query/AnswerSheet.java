package org.seesong.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.util.VectorUtil;
import org.seesong.query.SongSelector.Candidate;
import org.seesong.query.SongSelector.Pick;

/** An answer while its places are given away. For one thread. */
final class AnswerSheet {
  private final int places;
  private final SelectionOptions sharing;
  private final List<Pick> picks = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();
  private final Set<Long> contentKeys = new HashSet<>();
  private final Map<String, Integer> byArtist = new HashMap<>();
  private final Map<String, Closest> closest = new HashMap<>();

  /** Where the next look into a list begins: all before it are taken or passed over for good. */
  private final Map<Integer, Integer> starts = new HashMap<>();

  /** The squared distance from a song to the nearest of the first picks. */
  private static final class Closest {
    private int seen;
    private float squared = Float.POSITIVE_INFINITY;
  }

  AnswerSheet(int places, SelectionOptions sharing) {
    this.places = places;
    this.sharing = sharing;
  }

  int size() {
    return picks.size();
  }

  boolean isFull() {
    return picks.size() >= places;
  }

  List<Pick> picks() {
    return List.copyOf(picks);
  }

  /** Gives the next place to the best song among the first of a list; false if there is none. */
  boolean take(int picture, List<Candidate> sorted, int depth) {
    if (isFull()) {
      return false;
    }
    Optional<Candidate> best = best(picture, sorted, Math.min(depth, sorted.size()));
    best.ifPresent(song -> add(new Pick(picture, song)));
    return best.isPresent();
  }

  private Optional<Candidate> best(int picture, List<Candidate> sorted, int end) {
    int start = starts.getOrDefault(picture, 0);
    while (start < end && !isEligible(sorted.get(start))) {
      start++;
    }
    starts.put(picture, start);
    if (start == end) {
      return Optional.empty();
    }
    Candidate best = sorted.get(start);
    if (sharing.diversity() > 0 && !picks.isEmpty()) {
      double least = marginalCost(best, best.distance() * best.distance());
      for (Candidate song : sorted.subList(start + 1, end)) {
        if (isEligible(song)) {
          double cost = marginalCost(song, song.distance() * song.distance());
          if (cost < least) {
            least = cost;
            best = song;
          }
        }
      }
    }
    return Optional.of(best);
  }

  boolean isEligible(Candidate song) {
    return !taken.contains(song.songId())
        && !(song.contentKey() != 0 && contentKeys.contains(song.contentKey()))
        && (sharing.maxPerArtist() == 0
            || byArtist.getOrDefault(song.artist(), 0) < sharing.maxPerArtist());
  }

  /** How far the song is from what is asked for, less how far from what is there already. */
  double marginalCost(Candidate song, double squared) {
    if (sharing.diversity() == 0 || picks.isEmpty()) {
      return squared;
    }
    if (song.networkVector().isEmpty()) {
      throw new IllegalArgumentException(
          "diversity needs the network vector of song '" + song.songId() + "'");
    }
    Closest near = closest.computeIfAbsent(song.songId(), id -> new Closest());
    for (; near.seen < picks.size(); near.seen++) {
      float[] other = picks.get(near.seen).song().networkVector().values();
      near.squared =
          Math.min(near.squared, VectorUtil.squareDistance(other, song.networkVector().values()));
    }
    double lambda = sharing.diversity();
    return (1 - lambda) * squared - lambda * near.squared;
  }

  void add(Pick pick) {
    picks.add(pick);
    taken.add(pick.song().songId());
    contentKeys.add(pick.song().contentKey());
    if (!pick.song().artist().isEmpty()) {
      byArtist.merge(pick.song().artist(), 1, Integer::sum);
    }
  }
}
