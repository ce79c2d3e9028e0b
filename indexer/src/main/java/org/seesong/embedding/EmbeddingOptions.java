package org.seesong.embedding;

import java.util.Locale;

/**
 * How an embedding is learned.
 *
 * <p>The defaults are those of the paper's laboratory where it names them: 64 dimensions, 5
 * negatives, a learning rate of 0.025 that falls linearly, negatives drawn by degree to the power
 * of 0.75.
 *
 * @param dimension numbers in a vector, 1 to 4096
 * @param samples edges drawn in the whole training, at least 1
 * @param negatives vertices each edge's target is told apart from, 0 to 1000
 * @param learningRate first step size, above 0 and at most 1
 * @param negativeExponent negatives are drawn in proportion to their degree to this power, 0 to 2
 * @param seed start of everything random
 * @param threads workers; one gives the same bits every time, more give equal quality, 1 to 1024
 */
public record EmbeddingOptions(
    int dimension,
    long samples,
    int negatives,
    double learningRate,
    double negativeExponent,
    long seed,
    int threads) {
  /** The default of every option. */
  public static final EmbeddingOptions DEFAULT =
      new EmbeddingOptions(64, 10_000_000, 5, 0.025, 0.75, 42, 1);

  public EmbeddingOptions {
    check("dimension", dimension, 1, 4096);
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be at least 1; got: " + samples);
    }
    check("negatives", negatives, 0, 1000);
    check("learningRate", learningRate, Double.MIN_VALUE, 1);
    check("negativeExponent", negativeExponent, 0, 2);
    check("threads", threads, 1, 1024);
  }

  private static void check(String name, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s must be from %s to %s; got: %s",
              name,
              shortest(min),
              shortest(max),
              shortest(value)));
    }
  }

  private static String shortest(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /**
   * The options as one line that tells trainings with other results apart; equal lines and equal
   * graphs give vectors of one space.
   *
   * @return for example {@code line dim=64 samples=10000000 negatives=5 rate=0.025 power=0.75
   *     seed=42 threads=1}
   */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "line dim=%d samples=%d negatives=%d rate=%s power=%s seed=%d threads=%d",
        dimension,
        samples,
        negatives,
        learningRate,
        negativeExponent,
        seed,
        threads);
  }

  /**
   * The same options with another dimension.
   *
   * @param value numbers in a vector
   * @return the changed copy
   */
  public EmbeddingOptions withDimension(int value) {
    return new EmbeddingOptions(
        value, samples, negatives, learningRate, negativeExponent, seed, threads);
  }

  /**
   * The same options with another number of samples.
   *
   * @param value edges drawn
   * @return the changed copy
   */
  public EmbeddingOptions withSamples(long value) {
    return new EmbeddingOptions(
        dimension, value, negatives, learningRate, negativeExponent, seed, threads);
  }

  /**
   * The same options with another seed.
   *
   * @param value start of everything random
   * @return the changed copy
   */
  public EmbeddingOptions withSeed(long value) {
    return new EmbeddingOptions(
        dimension, samples, negatives, learningRate, negativeExponent, value, threads);
  }

  /**
   * The same options with another number of threads.
   *
   * @param value workers
   * @return the changed copy
   */
  public EmbeddingOptions withThreads(int value) {
    return new EmbeddingOptions(
        dimension, samples, negatives, learningRate, negativeExponent, seed, value);
  }
}
