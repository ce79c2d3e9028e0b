package org.seesong.select;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.seesong.select.SongSelector.Candidate;
import org.seesong.select.SongSelector.Pick;

/**
 * Greedy coverage of a centroid, as kernel herding does it (Chen, Welling, Smola, Super-samples
 * from kernel herding, UAI 2010).
 *
 * <p>With u the direction of the centroid and v that of each song selected so far, the next song is
 * the one nearest to u + coverage * sum(u - v), at the centroid's distance from the origin. Where
 * the first songs are about snow and the pictures show snow and a dog, the next is about the dog.
 *
 * <p>Songs that are nearly as good take turns: to the squared distance of each song is added
 * variety * r * h, r being how much farther from the centroid the {@value #RANGE}th nearest song is
 * than the nearest (less where few are near), and h a hash of the song in 0 to 1 that the nearest
 * picture seeds. So other queries get other songs, as by a sample without replacement (Efraimidis
 * and Spirakis, 2006), and the same query the same ones. Equal sums are ordered by the hash. For
 * one thread.
 */
final class GreedyCoverage {
  /** A collection with keys of its own knows a song by its owner's id, which then hashes alike. */
  private static final String SONG_PREFIX = "song:";

  /** Songs of one topic among which variety lets turns be taken. */
  static final int RANGE = 40;

  private static final double HASH_SCALE = 0x1p-53;

  private final double coverage;
  private final Centroid centroid;
  private final List<Candidate> candidates;
  private final long seed;

  /** What a hash of 1 adds to a squared distance. */
  private final double noise;

  private final double length;

  /** The sum of u - v. */
  private final double[] uncovered;

  private int covered;

  GreedyCoverage(SelectionOptions options, Centroid centroid, List<Candidate> candidates) {
    this.coverage = options.coverage();
    this.centroid = centroid;
    this.candidates = candidates;
    this.seed = mixed(centroid.nearestPicture().hashCode());
    this.length = centroid.vector().norm();
    this.uncovered = new double[centroid.vector().dimension()];
    this.noise = length == 0 || options.variety() == 0 ? 0 : options.variety() * range();
  }

  /**
   * How much farther the last song that may take turns is than the nearest: at most what separates
   * the nearest from a song of half its inner product with the centroid, so that where few songs
   * are near, others stay behind them.
   */
  private double range() {
    float[] values = centroid.vector().values();
    double[] squares = new double[candidates.size()];
    int nearest = 0;
    for (int i = 0; i < squares.length; i++) {
      squares[i] = checked(candidates.get(i)).embedding().squaredDistance(values);
      nearest = squares[i] < squares[nearest] ? i : nearest;
    }
    if (squares.length == 0) {
      return 0;
    }
    double least = squares[nearest];
    double norm = candidates.get(nearest).embedding().norm();
    double product = (length * length + norm * norm - least) / 2;
    Arrays.sort(squares);
    double range = squares[Math.min(RANGE, squares.length) - 1] - least;
    return Math.max(0, Math.min(range, product));
  }

  /**
   * The best candidate that deserves the next place; nothing if there is none or the centroid has
   * no direction.
   */
  Optional<Pick> next(Selection selection) {
    if (coverage == 0 || length == 0) {
      return Optional.empty();
    }
    double[] costs = costs(target(selection.picks()), selection);
    int best = least(costs);
    while (best >= 0 && !selection.deserves(candidates.get(best))) {
      costs[best] = Double.POSITIVE_INFINITY;
      best = least(costs);
    }
    if (best < 0) {
      return Optional.empty();
    }
    Candidate song = candidates.get(best);
    double distance = Math.sqrt(song.embedding().squaredDistance(centroid.vector().values()));
    return Optional.of(new Pick(Pick.CENTROID, song.at(distance)));
  }

  /** Of each candidate, infinite where it is not eligible. */
  private double[] costs(float[] target, Selection selection) {
    double[] costs = new double[candidates.size()];
    for (int i = 0; i < costs.length; i++) {
      Candidate song = candidates.get(i);
      costs[i] =
          selection.isEligible(song)
              ? checked(song).embedding().squaredDistance(target)
                  + (noise == 0 ? 0 : noise * (hash(song) >>> 11) * HASH_SCALE)
              : Double.POSITIVE_INFINITY;
    }
    return costs;
  }

  /** The candidate of the least finite cost, -1 if there is none. */
  private int least(double[] costs) {
    int best = -1;
    for (int i = 0; i < costs.length; i++) {
      if (costs[i] < Double.POSITIVE_INFINITY
          && (best < 0
              || costs[i] < costs[best]
              || (costs[i] == costs[best] && isBefore(candidates.get(i), candidates.get(best))))) {
        best = i;
      }
    }
    return best;
  }

  private float[] target(List<Pick> picks) {
    float[] mean = centroid.vector().values();
    for (; covered < picks.size(); covered++) {
      Candidate song = checked(picks.get(covered).song());
      float[] values = song.embedding().values();
      double songLength = song.embedding().norm();
      for (int i = 0; i < uncovered.length; i++) {
        uncovered[i] += mean[i] / length - (songLength > 0 ? values[i] / songLength : 0);
      }
    }
    double[] sum = new double[mean.length];
    double square = 0;
    for (int i = 0; i < sum.length; i++) {
      sum[i] = mean[i] / length + coverage * uncovered[i];
      square += sum[i] * sum[i];
    }
    double scale = square > 0 ? length / Math.sqrt(square) : 0;
    float[] target = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      target[i] = (float) (scale * sum[i]);
    }
    return target;
  }

  private Candidate checked(Candidate song) {
    if (song.embedding().dimension() != uncovered.length) {
      throw new IllegalArgumentException(
          "coverage needs "
              + uncovered.length
              + " numbers of song '"
              + song.songId()
              + "'; got: "
              + song.embedding().dimension());
    }
    return song;
  }

  private boolean isBefore(Candidate one, Candidate other) {
    int order = Long.compare(hash(one), hash(other));
    return order < 0 || (order == 0 && one.songId().compareTo(other.songId()) < 0);
  }

  private long hash(Candidate song) {
    String id = song.songId().startsWith(SONG_PREFIX) ? song.songId() : SONG_PREFIX + song.songId();
    return mixed(seed ^ mixed(id.hashCode()));
  }

  /** The finaliser of SplitMix64. */
  private static long mixed(long number) {
    long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
