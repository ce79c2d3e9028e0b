package org.seesong.embedding;

import java.util.Locale;
import java.util.Objects;

/**
 * How an embedding is learned.
 *
 * <p>The defaults are those of the paper's laboratory where it names them: 64 dimensions, 5
 * negatives, a learning rate of 0.025 that falls linearly, negatives drawn by degree to the power
 * of 0.75, walks of 5 steps with a regularisation of 0.01.
 *
 * @param method name of the method, one of {@link EmbeddingMethod#names()}
 * @param dimension numbers in a vector, 1 to 4096; {@code exact} takes more where the graph has
 *     more keywords
 * @param samples pairs drawn in the whole training, at least 1
 * @param negatives vertices each pair's target is told apart from, 0 to 1000
 * @param learningRate first step size, above 0 and at most 1
 * @param negativeExponent negatives are drawn in proportion to their degree to this power, 0 to 2
 * @param typedNegatives whether negatives are drawn from the target's own type: songs, keywords or
 *     pictures
 * @param weightExponent edges weigh their weight to this power, 0 to 2; 1 keeps them, 0.75 gives
 *     what the laboratory's tool gives
 * @param walkSteps vertices of a walk that its source is to foretell, {@code hpe} only, 1 to 1000
 * @param regularisation how strongly rows are drawn to 0 in each step, {@code hpe} only, 0 to 1
 * @param evidence weight of a song at which its vector has half its full length, {@code exact}
 *     only, 0 to 1000000
 * @param cooccurrence share of co-occurrence in the likeness of keywords, {@code exact} only, 0 to
 *     0.99; the rest is identity
 * @param seed start of everything random
 * @param threads workers; one gives the same bits every time, more give equal quality, 1 to 1024
 */
public record EmbeddingOptions(
    String method,
    int dimension,
    long samples,
    int negatives,
    double learningRate,
    double negativeExponent,
    boolean typedNegatives,
    double weightExponent,
    int walkSteps,
    double regularisation,
    double evidence,
    double cooccurrence,
    long seed,
    int threads) {
  /** The default of every option. */
  public static final EmbeddingOptions DEFAULT =
      new EmbeddingOptions(
          "line", 64, 10_000_000, 5, 0.025, 0.75, false, 1, 5, 0.01, 2, 0.5, 42, 1);

  public EmbeddingOptions {
    EmbeddingMethod.byName(Objects.requireNonNull(method, "method"));
    check("dimension", dimension, 1, 4096);
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be at least 1; got: " + samples);
    }
    check("negatives", negatives, 0, 1000);
    check("learningRate", learningRate, Double.MIN_VALUE, 1);
    check("negativeExponent", negativeExponent, 0, 2);
    check("weightExponent", weightExponent, 0, 2);
    check("walkSteps", walkSteps, 1, 1000);
    check("regularisation", regularisation, 0, 1);
    check("evidence", evidence, 0, 1_000_000);
    check("cooccurrence", cooccurrence, 0, 0.99);
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
   * The options that make a difference to the method, as one line; equal lines and equal graphs
   * give vectors of one space.
   *
   * @return for example {@code line dim=64 samples=10000000 negatives=5 rate=0.025 power=0.75
   *     typed=false weights=1.0 seed=42 threads=1}
   */
  public String describe() {
    return EmbeddingMethod.byName(method).describe(this);
  }

  /**
   * The same options with another method.
   *
   * @param value its name
   * @return the changed copy
   */
  public EmbeddingOptions withMethod(String value) {
    return new EmbeddingOptions(
        value,
        dimension,
        samples,
        negatives,
        learningRate,
        negativeExponent,
        typedNegatives,
        weightExponent,
        walkSteps,
        regularisation,
        evidence,
        cooccurrence,
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
        method,
        value,
        samples,
        negatives,
        learningRate,
        negativeExponent,
        typedNegatives,
        weightExponent,
        walkSteps,
        regularisation,
        evidence,
        cooccurrence,
        seed,
        threads);
  }

  /**
   * The same options with another number of samples.
   *
   * @param value pairs drawn
   * @return the changed copy
   */
  public EmbeddingOptions withSamples(long value) {
    return new EmbeddingOptions(
        method,
        dimension,
        value,
        negatives,
        learningRate,
        negativeExponent,
        typedNegatives,
        weightExponent,
        walkSteps,
        regularisation,
        evidence,
        cooccurrence,
        seed,
        threads);
  }

  /**
   * The same options with another number of negatives.
   *
   * @param value vertices for each pair
   * @return the changed copy
   */
  public EmbeddingOptions withNegatives(int value) {
    return new EmbeddingOptions(
        method,
        dimension,
        samples,
        value,
        learningRate,
        negativeExponent,
        typedNegatives,
        weightExponent,
        walkSteps,
        regularisation,
        evidence,
        cooccurrence,
        seed,
        threads);
  }

  /**
   * The same options with another first step size.
   *
   * @param value first step size
   * @return the changed copy
   */
  public EmbeddingOptions withLearningRate(double value) {
    return new EmbeddingOptions(
        method,
        dimension,
        samples,
        negatives,
        value,
        negativeExponent,
        typedNegatives,
        weightExponent,
        walkSteps,
        regularisation,
        evidence,
        cooccurrence,
        seed,
        threads);
  }

  /**
   * The same options with negatives drawn by another power.
   *
   * @param value the power
   * @return the changed copy
   */
  public EmbeddingOptions withNegativeExponent(double value) {
    return new EmbeddingOptions(
        method,
        dimension,
        samples,
        negatives,
        learningRate,
        value,
        typedNegatives,
        weightExponent,
        walkSteps,
        regularisation,
        evidence,
        cooccurrence,
        seed,
        threads);
  }

  /**
   * The same options with negatives drawn from the target's type or from all.
   *
   * @param value whether from the target's type
   * @return the changed copy
   */
  public EmbeddingOptions withTypedNegatives(boolean value) {
    return new EmbeddingOptions(
        method,
        dimension,
        samples,
        negatives,
        learningRate,
        negativeExponent,
        value,
        weightExponent,
        walkSteps,
        regularisation,
        evidence,
        cooccurrence,
        seed,
        threads);
  }

  /**
   * The same options with weights taken to another power.
   *
   * @param value the power
   * @return the changed copy
   */
  public EmbeddingOptions withWeightExponent(double value) {
    return new EmbeddingOptions(
        method,
        dimension,
        samples,
        negatives,
        learningRate,
        negativeExponent,
        typedNegatives,
        value,
        walkSteps,
        regularisation,
        evidence,
        cooccurrence,
        seed,
        threads);
  }

  /**
   * The same options with walks of another length.
   *
   * @param value steps of a walk
   * @return the changed copy
   */
  public EmbeddingOptions withWalkSteps(int value) {
    return new EmbeddingOptions(
        method,
        dimension,
        samples,
        negatives,
        learningRate,
        negativeExponent,
        typedNegatives,
        weightExponent,
        value,
        regularisation,
        evidence,
        cooccurrence,
        seed,
        threads);
  }

  /**
   * The same options with another regularisation.
   *
   * @param value how strongly rows are drawn to 0
   * @return the changed copy
   */
  public EmbeddingOptions withRegularisation(double value) {
    return new EmbeddingOptions(
        method,
        dimension,
        samples,
        negatives,
        learningRate,
        negativeExponent,
        typedNegatives,
        weightExponent,
        walkSteps,
        value,
        evidence,
        cooccurrence,
        seed,
        threads);
  }

  /**
   * The same options with another weight of half length.
   *
   * @param value a weight
   * @return the changed copy
   */
  public EmbeddingOptions withEvidence(double value) {
    return new EmbeddingOptions(
        method,
        dimension,
        samples,
        negatives,
        learningRate,
        negativeExponent,
        typedNegatives,
        weightExponent,
        walkSteps,
        regularisation,
        value,
        cooccurrence,
        seed,
        threads);
  }

  /**
   * The same options with another share of co-occurrence.
   *
   * @param value the share
   * @return the changed copy
   */
  public EmbeddingOptions withCooccurrence(double value) {
    return new EmbeddingOptions(
        method,
        dimension,
        samples,
        negatives,
        learningRate,
        negativeExponent,
        typedNegatives,
        weightExponent,
        walkSteps,
        regularisation,
        evidence,
        value,
        seed,
        threads);
  }

  /**
   * The same options with another seed.
   *
   * @param value start of everything random
   * @return the changed copy
   */
  public EmbeddingOptions withSeed(long value) {
    return new EmbeddingOptions(
        method,
        dimension,
        samples,
        negatives,
        learningRate,
        negativeExponent,
        typedNegatives,
        weightExponent,
        walkSteps,
        regularisation,
        evidence,
        cooccurrence,
        value,
        threads);
  }

  /**
   * The same options with another number of threads.
   *
   * @param value workers
   * @return the changed copy
   */
  public EmbeddingOptions withThreads(int value) {
    return new EmbeddingOptions(
        method,
        dimension,
        samples,
        negatives,
        learningRate,
        negativeExponent,
        typedNegatives,
        weightExponent,
        walkSteps,
        regularisation,
        evidence,
        cooccurrence,
        seed,
        value);
  }
}
