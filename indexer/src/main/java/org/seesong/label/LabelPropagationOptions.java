package org.seesong.label;

import java.util.Locale;

/**
 * How labels are propagated to pictures that look alike.
 *
 * @param neighbours nearest labelled pictures that vote, 0 to 1000; 0 leaves every picture its own
 *     labels and nothing else
 * @param ownLabelWeight weight of a picture's own labels where its neighbours are very near, 0 to
 *     1; the rest goes to the votes. Where neighbours are far, own labels weigh more
 * @param classifierWeight weight of {@link RidgeClassifier} against the neighbours' votes, 0 to 1
 */
public record LabelPropagationOptions(
    int neighbours, double ownLabelWeight, double classifierWeight) {
  public static final int DEFAULT_NEIGHBOURS = 15;

  public static final double DEFAULT_OWN_LABEL = 0.15;

  public static final double DEFAULT_CLASSIFIER_WEIGHT = 1;

  /** Chosen by the evaluation in {@code src/docs/evaluation.md}. */
  public static final LabelPropagationOptions DEFAULT =
      new LabelPropagationOptions(DEFAULT_NEIGHBOURS, DEFAULT_OWN_LABEL, DEFAULT_CLASSIFIER_WEIGHT);

  /** No propagation. */
  public static final LabelPropagationOptions LABELS_ONLY = new LabelPropagationOptions(0, 1, 0);

  private static final int MAX_NEIGHBOURS = 1000;

  public LabelPropagationOptions {
    if (neighbours < 0 || neighbours > MAX_NEIGHBOURS) {
      throw new IllegalArgumentException(
          "label neighbours must be 0 to " + MAX_NEIGHBOURS + "; got: " + neighbours);
    }
    if (!(ownLabelWeight >= 0 && ownLabelWeight <= 1)) {
      throw new IllegalArgumentException("own label weight must be 0 to 1; got: " + ownLabelWeight);
    }
    if (!(classifierWeight >= 0 && classifierWeight <= 1)) {
      throw new IllegalArgumentException(
          "classifier weight must be 0 to 1; got: " + classifierWeight);
    }
  }

  /** Whether pictures keep their own labels and get no others. */
  public boolean isLabelsOnly() {
    return neighbours == 0;
  }

  /**
   * The options as text that the index stores, such as {@code neighbours=15 own=0.15
   * classifier=1.0}.
   */
  public String describe() {
    return isLabelsOnly()
        ? "labels only"
        : String.format(
            Locale.ROOT,
            "neighbours=%d own=%s classifier=%s",
            neighbours,
            ownLabelWeight,
            classifierWeight);
  }
}
