package org.seesong.label;

import java.util.Locale;

/**
 * How much pictures lend each other their keywords.
 *
 * @param neighbours labelled pictures that are asked for theirs, at most 1,000; 0 leaves every
 *     picture its own labels and nothing else
 * @param ownLabelWeight the part that a labelled picture's own labels keep among neighbours that
 *     are as near as can be, 0 to 1; where neighbours are far they keep more
 * @param regression part of the votes that {@link RidgeClassifier} has, 0 to 1; the rest is the
 *     neighbours'
 */
public record LabelPropagationOptions(int neighbours, double ownLabelWeight, double regression) {
  /** Neighbours asked unless told otherwise; 0 would make labels alone the default. */
  public static final int DEFAULT_NEIGHBOURS = 15;

  /** What own labels keep unless told otherwise. */
  public static final double DEFAULT_OWN_LABEL = 0.15;

  /** What the regression has unless told otherwise. */
  public static final double DEFAULT_REGRESSION = 1;

  /**
   * What a build does unless told otherwise: 15 neighbours, own label .15, all votes predicted.
   * Chosen on 7,628 labelled photographs with MobileNet vectors, a fifth of them as queries;
   * src/docs/evaluation.md has the figures.
   */
  public static final LabelPropagationOptions DEFAULT =
      new LabelPropagationOptions(DEFAULT_NEIGHBOURS, DEFAULT_OWN_LABEL, DEFAULT_REGRESSION);

  /** Labels alone. */
  public static final LabelPropagationOptions HARD = new LabelPropagationOptions(0, 1, 0);

  private static final int MAX_NEIGHBOURS = 1000;

  public LabelPropagationOptions {
    if (neighbours < 0 || neighbours > MAX_NEIGHBOURS) {
      throw new IllegalArgumentException(
          "soft neighbours must be 0 to " + MAX_NEIGHBOURS + "; got: " + neighbours);
    }
    if (!(ownLabelWeight >= 0 && ownLabelWeight <= 1)) {
      throw new IllegalArgumentException("own label must be 0 to 1; got: " + ownLabelWeight);
    }
    if (!(regression >= 0 && regression <= 1)) {
      throw new IllegalArgumentException("regression must be 0 to 1; got: " + regression);
    }
  }

  /**
   * Whether pictures keep to their own labels.
   *
   * @return true if no neighbour is asked
   */
  public boolean isHard() {
    return neighbours == 0;
  }

  /**
   * The options as text for an index to keep.
   *
   * @return such as {@code neighbours=15 own=0.15 regression=1.0}, or {@code labels only}
   */
  public String describe() {
    return isHard()
        ? "labels only"
        : String.format(
            Locale.ROOT,
            "neighbours=%d own=%s regression=%s",
            neighbours,
            ownLabelWeight,
            regression);
  }
}
