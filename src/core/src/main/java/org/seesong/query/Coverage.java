package org.seesong.query;

import java.util.List;
import org.apache.lucene.util.VectorUtil;
import org.seesong.index.IndexLayout;
import org.seesong.query.SongSelector.Agreement;
import org.seesong.query.SongSelector.Candidate;
import org.seesong.query.SongSelector.Pick;

/**
 * Gives places to songs that together say what pictures agree on.
 *
 * <p>With u the direction of the agreement and v that of each song of the answer, the next place
 * goes to the song nearest to u + balance * sum(u - v), at the agreement's distance from the
 * origin. Where the first songs are about snow and the pictures show snow and a dog, the next is
 * about the dog. With balance 1 it is kernel herding (Chen, Welling, Smola, Super-samples from
 * kernel herding, UAI 2010); with little it keeps near the agreement, where the surest songs are.
 *
 * <p>Songs that are equally good, most often songs with the same keywords, are put in an order that
 * the seed decides, lest the same ones are given to all. For one thread.
 */
final class Coverage {
  private static final String SONG_PREFIX = IndexLayout.documentId(IndexLayout.SONG, "");

  private final SelectionOptions sharing;
  private final Agreement agreement;
  private final long seed;
  private final double length;
  private final double[] unsaid;
  private int said;

  Coverage(SelectionOptions sharing, Agreement agreement) {
    this.sharing = sharing;
    this.agreement = agreement;
    this.seed = mixed(agreement.nearestPicture().hashCode());
    this.length = length(agreement.place().values());
    this.unsaid = new double[agreement.place().dimension()];
  }

  /** Gives the next place to the best of some songs; false if nothing is agreed or none may. */
  boolean give(AnswerSheet answer, List<Candidate> songs) {
    if (sharing.balance() == 0 || length == 0) {
      return false;
    }
    float[] point = point(answer.picks());
    Candidate best = null;
    double least = Double.POSITIVE_INFINITY;
    for (Candidate song : songs) {
      if (answer.isEligible(song)) {
        double squared = VectorUtil.squareDistance(point, vector(song));
        double cost = answer.marginalCost(song, squared);
        if (best == null || cost < least || (cost == least && isBefore(song, best))) {
          best = song;
          least = cost;
        }
      }
    }
    if (best == null) {
      return false;
    }
    double distance =
        Math.sqrt(
            VectorUtil.squareDistance(agreement.place().values(), best.networkVector().values()));
    answer.add(
        new Pick(
            Pick.CONSENSUS,
            new Candidate(
                best.songId(), distance, best.artist(), best.networkVector(), best.contentKey())));
    return true;
  }

  private float[] point(List<Pick> picks) {
    float[] agreed = agreement.place().values();
    for (; said < picks.size(); said++) {
      float[] song = vector(picks.get(said).song());
      double songLength = length(song);
      for (int i = 0; i < unsaid.length; i++) {
        unsaid[i] += agreed[i] / length - (songLength > 0 ? song[i] / songLength : 0);
      }
    }
    double[] sum = new double[agreed.length];
    double square = 0;
    for (int i = 0; i < sum.length; i++) {
      sum[i] = agreed[i] / length + sharing.balance() * unsaid[i];
      square += sum[i] * sum[i];
    }
    double scale = square > 0 ? length / Math.sqrt(square) : 0;
    float[] point = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      point[i] = (float) (scale * sum[i]);
    }
    return point;
  }

  private float[] vector(Candidate song) {
    float[] values = song.networkVector().values();
    if (values.length != unsaid.length) {
      throw new IllegalArgumentException(
          "balance needs "
              + unsaid.length
              + " numbers of song '"
              + song.songId()
              + "'; got: "
              + values.length);
    }
    return values;
  }

  private boolean isBefore(Candidate one, Candidate other) {
    int order = Long.compare(lot(one), lot(other));
    return order < 0 || (order == 0 && one.songId().compareTo(other.songId()) < 0);
  }

  private long lot(Candidate song) {
    return mixed(seed ^ mixed(documentId(song.songId()).hashCode()));
  }

  /** A collection of songs that has its own key knows songs by their owner's ids. */
  private static String documentId(String songId) {
    return songId.startsWith(SONG_PREFIX) ? songId : SONG_PREFIX + songId;
  }

  /** Spreads a number's bits over all of them, by the finaliser of SplitMix64. */
  private static long mixed(long number) {
    long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  private static double length(float[] vector) {
    double square = 0;
    for (float value : vector) {
      square += (double) value * value;
    }
    return Math.sqrt(square);
  }
}
