package org.seesong.keyword;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which songs were compared with keywords in meaning, and the scales of the comparison; see {@link
 * MeaningComparison}.
 *
 * @param least by keyword id, the least relevance by the lyrics' features alone of songs that are
 *     compared; empty if none are
 * @param lines of the similarities of lines with the keyword
 * @param beginnings of the similarities of how songs begin
 */
public record MeaningScale(List<Double> least, Scale lines, Scale beginnings) {
  /**
   * The scale of some similarities.
   *
   * @param mean their mean
   * @param deviation their standard deviation, above 0
   */
  public record Scale(double mean, double deviation) {
    public Scale {
      if (!(deviation > 0) || Double.isInfinite(deviation) || !Double.isFinite(mean)) {
        throw new IllegalArgumentException(
            "similarities of mean " + mean + " and deviation " + deviation + " are of no lyrics");
      }
    }

    /** Of values that are not NaN; of deviation 1 if they do not differ. */
    static Scale of(double[] values) {
      double[] some = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
      double mean = 0;
      for (double value : some) {
        mean += value / some.length;
      }
      double squares = 0;
      for (double value : some) {
        squares += (value - mean) * (value - mean) / some.length;
      }
      return new Scale(mean, squares > 0 ? Math.sqrt(squares) : 1);
    }

    double standardised(double similarity) {
      return (similarity - mean) / deviation;
    }
  }

  /** Nothing is compared. */
  static final MeaningScale NONE = new MeaningScale(List.of(), new Scale(0, 1), new Scale(0, 1));

  /** Songs of each keyword that are compared, those of the highest relevance. */
  static final int CANDIDATES = 200;

  public MeaningScale {
    least = List.copyOf(least);
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

  /** Which entries are compared. */
  static MeaningComparison.EntryFilter compared(SongCounts counts, List<Double> least) {
    return (song, entry) ->
        !least.isEmpty() && counts.relevance(song, entry) >= least.get(counts.keyword(entry));
  }
}
