package org.seesong.embedding;

import java.util.Locale;
import java.util.Objects;

/**
 * Options of the closed form, which draws nothing at random: see {@link Embedding}.
 *
 * @param dimension numbers in a vector, 1 to 4096; more where the graph has more keywords
 * @param rows what the rows of songs and pictures are made of
 * @param weightExponent edges weigh their weight to this power, 0 to 2
 * @param cooccurrence share of co-occurrence in the similarity of keywords, 0 to 0.99
 * @param concepts share of the graph's concept vectors in the similarity of keywords, 0 to 0.99; at
 *     most 0.99 together with {@code cooccurrence}, the rest is identity
 */
public record ClosedFormOptions(
    int dimension, RowWeighting rows, double weightExponent, double cooccurrence, double concepts)
    implements EmbeddingOptions {
  /** The default of every option. */
  public static final ClosedFormOptions DEFAULT =
      new ClosedFormOptions(64, RowWeighting.WEIGHT, 1, 0, 0);

  public ClosedFormOptions {
    OptionRange.check("dimension", dimension, 1, 4096);
    Objects.requireNonNull(rows, "rows");
    OptionRange.check("weightExponent", weightExponent, 0, 2);
    OptionRange.check("cooccurrence", cooccurrence, 0, 0.99);
    OptionRange.check("concepts", concepts, 0, 0.99);
    OptionRange.check("cooccurrence + concepts", cooccurrence + concepts, 0, 0.99);
  }

  @Override
  public String method() {
    return "closed-form";
  }

  @Override
  public long seed() {
    return 0;
  }

  @Override
  public int threads() {
    return 1;
  }

  @Override
  public ClosedFormOptions withDimension(int value) {
    return new ClosedFormOptions(value, rows, weightExponent, cooccurrence, concepts);
  }

  @Override
  public ClosedFormOptions withSeed(long value) {
    return this;
  }

  @Override
  public ClosedFormOptions withThreads(int value) {
    return this;
  }

  /** The same with other {@link #rows}. */
  public ClosedFormOptions withRows(RowWeighting value) {
    return new ClosedFormOptions(dimension, value, weightExponent, cooccurrence, concepts);
  }

  /** The same with another {@link #weightExponent}. */
  public ClosedFormOptions withWeightExponent(double value) {
    return new ClosedFormOptions(dimension, rows, value, cooccurrence, concepts);
  }

  /** The same with other shares in the similarity of keywords. */
  public ClosedFormOptions withSimilarity(double ofCooccurrence, double ofConcepts) {
    return new ClosedFormOptions(dimension, rows, weightExponent, ofCooccurrence, ofConcepts);
  }

  @Override
  public String describe() {
    return String.format(
        Locale.ROOT,
        "closed-form dim=%d rows=%s weights=%s cooccurrence=%s concepts=%s",
        dimension,
        rows,
        weightExponent,
        cooccurrence,
        concepts);
  }
}
