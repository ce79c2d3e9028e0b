package org.seesong.keyword;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which songs' lines were compared with keywords in meaning, and the scale of the comparison; see
 * {@link LineComparison}.
 *
 * @param least by keyword id, the least relevance by the lyrics' features alone of songs whose
 *     lines are compared; empty if none are
 * @param mean of the similarities of the catalogue's compared lines
 * @param deviation their standard deviation, above 0
 */
public record LineSimilarity(List<Double> least, double mean, double deviation) {
  /** No lines are compared. */
  static final LineSimilarity NONE = new LineSimilarity(List.of(), 0, 1);

  /** Songs of each keyword whose lines are compared, those of the highest relevance. */
  static final int CANDIDATES = 200;

  public LineSimilarity {
    least = List.copyOf(least);
    if (!(deviation > 0) || Double.isInfinite(deviation) || !Double.isFinite(mean)) {
      throw new IllegalArgumentException(
          "similarities of mean " + mean + " and deviation " + deviation + " are of no lines");
    }
  }

  /** With fewer keywords, the mean of the others says too little of what is peculiar to one. */
  private static final int MIN_KEYWORDS = 3;

  /** Which songs to compare: for each keyword those of the highest relevance. */
  static List<Double> least(SongCounts counts, int keywords) {
    if (keywords < MIN_KEYWORDS) {
      return List.of();
    }
    double[][] relevance = new double[keywords][];
    int[] sizes = new int[keywords];
    int[] documents = counts.documents(keywords);
    for (int keyword = 0; keyword < keywords; keyword++) {
      relevance[keyword] = new double[documents[keyword]];
    }
    counts.forEachSung(
        (song, entry) -> {
          int keyword = counts.keyword(entry);
          relevance[keyword][sizes[keyword]++] = counts.relevance(song, entry);
        });
    List<Double> least = new ArrayList<>();
    for (int keyword = 0; keyword < keywords; keyword++) {
      double[] sorted = Arrays.copyOf(relevance[keyword], sizes[keyword]);
      Arrays.sort(sorted);
      least.add(sorted.length > CANDIDATES ? sorted[sorted.length - CANDIDATES] : 0.0);
    }
    return least;
  }

  /**
   * The scale of similarities, NaN where none was compared; {@link #NONE} if they do not differ.
   */
  static LineSimilarity fit(List<Double> least, double[] similarities) {
    double[] compared = Arrays.stream(similarities).filter(value -> !Double.isNaN(value)).toArray();
    double mean = 0;
    for (double value : compared) {
      mean += value / compared.length;
    }
    double squares = 0;
    for (double value : compared) {
      squares += (value - mean) * (value - mean) / compared.length;
    }
    return squares > 0 ? new LineSimilarity(least, mean, Math.sqrt(squares)) : NONE;
  }

  /** Which entries are compared. */
  static LineComparison.EntryFilter compared(SongCounts counts, List<Double> least) {
    return (song, entry) ->
        !least.isEmpty() && counts.relevance(song, entry) >= least.get(counts.keyword(entry));
  }

  double standardised(double similarity) {
    return (similarity - mean) / deviation;
  }
}
