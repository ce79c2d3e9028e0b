package org.seesong.embedding;

import java.util.Locale;

/**
 * Options of the closed form, which draws nothing at random: see {@link Embedding}.
 *
 * @param dimension numbers in a vector, 1 to 4096; more where the graph has more keywords
 * @param weightExponent edges weigh their weight to this power, 0 to 2
 */
public record ClosedFormOptions(int dimension, double weightExponent) implements EmbeddingOptions {
  /** The default of every option. */
  public static final ClosedFormOptions DEFAULT = new ClosedFormOptions(64, 1);

  public ClosedFormOptions {
    OptionRange.check("dimension", dimension, 1, 4096);
    OptionRange.check("weightExponent", weightExponent, 0, 2);
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
    return new ClosedFormOptions(value, weightExponent);
  }

  @Override
  public ClosedFormOptions withSeed(long value) {
    return this;
  }

  @Override
  public ClosedFormOptions withThreads(int value) {
    return this;
  }

  /** The same with another {@link #weightExponent}. */
  public ClosedFormOptions withWeightExponent(double value) {
    return new ClosedFormOptions(dimension, value);
  }

  @Override
  public String describe() {
    return String.format(Locale.ROOT, "closed-form dim=%d weights=%s", dimension, weightExponent);
  }
}
