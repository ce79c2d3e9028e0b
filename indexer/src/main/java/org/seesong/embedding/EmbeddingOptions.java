package org.seesong.embedding;

import java.util.Locale;
import java.util.Objects;
import org.seesong.graph.Graph;

/**
 * How an embedding is learned.
 *
 * <p>{@link #DEFAULT} gives better answers than {@link #PAPER}, what the paper's laboratory uses.
 * They differ in the method ({@code closed-form}; {@code line2}) and, where samples are drawn, in
 * negatives (the target's own type; all vertices), learning rate (0.05, and 0.1 for {@code hpe};
 * 0.025) and samples (by the graph's size, ten times as many for {@code hpe}; ten million).
 *
 * @param method name of the method, one of {@link EmbeddingMethod#names()}
 * @param dimension numbers in a vector, 1 to 4096; {@code closed-form} takes more where the graph
 *     has more keywords
 * @param samples pairs drawn in the whole training, or 0 for {@value #SAMPLES_PER_EDGE} an edge
 *     ({@value #WALK_SAMPLES_PER_EDGE} for {@code hpe}) and {@value #LEAST_SAMPLES} at least
 * @param negatives vertices each pair's target is told apart from, 0 to 1000
 * @param learningRate first step size, at most 1, or 0 for {@value #RATE} ({@value #WALK_RATE} for
 *     {@code hpe})
 * @param negativeExponent negatives are drawn in proportion to their degree to this power, 0 to 2
 * @param typedNegatives whether negatives are drawn from the target's own type: songs, keywords or
 *     pictures
 * @param weightExponent edges weigh their weight to this power, 0 to 2; 1 keeps them, 0.75 gives
 *     what the laboratory's tool gives
 * @param walkSteps vertices of a walk that its source is to predict, {@code hpe} only, 1 to 1000
 * @param regularisation how strongly rows are drawn to 0 in each step, {@code hpe} only, 0 to 1
 * @param rows what the rows of songs and pictures are made of, {@code closed-form} only
 * @param shrinkage weight of a song at which its vector has half its full length, {@code
 *     closed-form} only, 0 to 1000000
 * @param cooccurrence share of co-occurrence in the similarity of keywords, {@code closed-form}
 *     only, 0 to 0.99
 * @param concepts share of the graph's concept vectors in the similarity of keywords, {@code
 *     closed-form} only, 0 to 0.99; at most 0.99 together with {@code cooccurrence}, the rest is
 *     identity
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
    RowWeighting rows,
    double shrinkage,
    double cooccurrence,
    double concepts,
    long seed,
    int threads) {
  /** Samples an edge of the graph where {@link #samples} is 0. */
  public static final int SAMPLES_PER_EDGE = 32;

  /**
   * The same for {@code hpe}: 64 walks, each of which tells of an edge once and of what lies beyond
   * it four times.
   */
  public static final int WALK_SAMPLES_PER_EDGE = 320;

  /** First step size where {@link #learningRate} is 0. */
  public static final double RATE = 0.05;

  /** The same for {@code hpe}, whose regularisation works against it. */
  public static final double WALK_RATE = 0.1;

  /** Samples of a small graph where {@link #samples} is 0. */
  public static final int LEAST_SAMPLES = 1_000_000;

  /** The default of every option. */
  public static final EmbeddingOptions DEFAULT =
      new EmbeddingOptions(
          "closed-form",
          64,
          0,
          5,
          0,
          0.75,
          true,
          1,
          5,
          0.01,
          RowWeighting.WEIGHT,
          2,
          0.5,
          0,
          42,
          1);

  /** What the paper's laboratory uses. */
  public static final EmbeddingOptions PAPER =
      DEFAULT.toBuilder()
          .method("line2")
          .samples(10_000_000)
          .typedNegatives(false)
          .learningRate(0.025)
          .build();

  public EmbeddingOptions {
    EmbeddingMethod.byName(Objects.requireNonNull(method, "method"));
    check("dimension", dimension, 1, 4096);
    if (samples < 0) {
      throw new IllegalArgumentException(
          "samples must be at least 1, or 0 to scale with the graph; got: " + samples);
    }
    check("negatives", negatives, 0, 1000);
    check("learningRate", learningRate, 0, 1);
    check("negativeExponent", negativeExponent, 0, 2);
    check("weightExponent", weightExponent, 0, 2);
    check("walkSteps", walkSteps, 1, 1000);
    check("regularisation", regularisation, 0, 1);
    check("shrinkage", shrinkage, 0, 1_000_000);
    Objects.requireNonNull(rows, "rows");
    check("cooccurrence", cooccurrence, 0, 0.99);
    check("concepts", concepts, 0, 0.99);
    check("cooccurrence + concepts", cooccurrence + concepts, 0, 0.99);
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
   * @return for example {@code line dim=64 samples=32/edge negatives=5 rate=0.05 power=0.75
   *     typed=true weights=1.0 seed=42 threads=1}
   */
  public String describe() {
    return EmbeddingMethod.byName(method).describe(this);
  }

  /**
   * Pairs that will be drawn in a training, if the method draws any.
   *
   * @param graph what is trained on
   * @return {@link #samples}, or as many as the graph asks for
   */
  public long samplesFor(Graph graph) {
    return samples > 0
        ? samples
        : Math.max(LEAST_SAMPLES, (long) SgnsMethod.samplesPerEdge(method) * graph.edges());
  }

  /**
   * Options to begin with these.
   *
   * @return a builder of the same options
   */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /**
   * The same options but one.
   *
   * @param value another {@link #method}
   * @return the changed copy
   */
  public EmbeddingOptions withMethod(String value) {
    return toBuilder().method(value).build();
  }

  /**
   * The same options but one.
   *
   * @param value another {@link #dimension}
   * @return the changed copy
   */
  public EmbeddingOptions withDimension(int value) {
    return toBuilder().dimension(value).build();
  }

  /**
   * The same options but one.
   *
   * @param value another {@link #samples}
   * @return the changed copy
   */
  public EmbeddingOptions withSamples(long value) {
    return toBuilder().samples(value).build();
  }

  /**
   * The same options but one.
   *
   * @param value another {@link #negatives}
   * @return the changed copy
   */
  public EmbeddingOptions withNegatives(int value) {
    return toBuilder().negatives(value).build();
  }

  /**
   * The same options but one.
   *
   * @param value another {@link #typedNegatives}
   * @return the changed copy
   */
  public EmbeddingOptions withTypedNegatives(boolean value) {
    return toBuilder().typedNegatives(value).build();
  }

  /**
   * The same options but one.
   *
   * @param value another {@link #evidence}
   * @return the changed copy
   */
  public EmbeddingOptions withShrinkage(double value) {
    return toBuilder().shrinkage(value).build();
  }

  /**
   * The same options but one.
   *
   * @param value another {@link #cooccurrence}
   * @return the changed copy
   */
  public EmbeddingOptions withCooccurrence(double value) {
    return toBuilder().cooccurrence(value).build();
  }

  /**
   * The same options but one.
   *
   * @param value another {@link #seed}
   * @return the changed copy
   */
  public EmbeddingOptions withSeed(long value) {
    return toBuilder().seed(value).build();
  }

  /**
   * The same options but one.
   *
   * @param value another {@link #threads}
   * @return the changed copy
   */
  public EmbeddingOptions withThreads(int value) {
    return toBuilder().threads(value).build();
  }

  /** Collects options; {@link #build} checks them. For one thread. */
  public static final class Builder {
    private String method;
    private int dimension;
    private long samples;
    private int negatives;
    private double learningRate;
    private double negativeExponent;
    private boolean typedNegatives;
    private double weightExponent;
    private int walkSteps;
    private double regularisation;
    private RowWeighting rows;
    private double shrinkage;
    private double cooccurrence;
    private double concepts;
    private long seed;
    private int threads;

    private Builder(EmbeddingOptions options) {
      method = options.method();
      dimension = options.dimension();
      samples = options.samples();
      negatives = options.negatives();
      learningRate = options.learningRate();
      negativeExponent = options.negativeExponent();
      typedNegatives = options.typedNegatives();
      weightExponent = options.weightExponent();
      walkSteps = options.walkSteps();
      regularisation = options.regularisation();
      rows = options.rows();
      shrinkage = options.shrinkage();
      cooccurrence = options.cooccurrence();
      concepts = options.concepts();
      seed = options.seed();
      threads = options.threads();
    }

    /**
     * Name of the method.
     *
     * @param value its name
     * @return this
     */
    public Builder method(String value) {
      method = value;
      return this;
    }

    /**
     * Numbers in a vector.
     *
     * @param value 1 to 4096
     * @return this
     */
    public Builder dimension(int value) {
      dimension = value;
      return this;
    }

    /**
     * Pairs drawn in the whole training.
     *
     * @param value at least 1, or 0 to scale with the graph
     * @return this
     */
    public Builder samples(long value) {
      samples = value;
      return this;
    }

    /**
     * Vertices each pair's target is told apart from.
     *
     * @param value 0 to 1000
     * @return this
     */
    public Builder negatives(int value) {
      negatives = value;
      return this;
    }

    /**
     * First step size.
     *
     * @param value at most 1, or 0 for the method's own
     * @return this
     */
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    /**
     * Negatives are drawn in proportion to their degree to this power.
     *
     * @param value 0 to 2
     * @return this
     */
    public Builder negativeExponent(double value) {
      negativeExponent = value;
      return this;
    }

    /**
     * Whether negatives are drawn from the target's own type.
     *
     * @param value whether they are
     * @return this
     */
    public Builder typedNegatives(boolean value) {
      typedNegatives = value;
      return this;
    }

    /**
     * Edges weigh their weight to this power.
     *
     * @param value 0 to 2
     * @return this
     */
    public Builder weightExponent(double value) {
      weightExponent = value;
      return this;
    }

    /**
     * Vertices of a walk that its source is to predict.
     *
     * @param value 1 to 1000
     * @return this
     */
    public Builder walkSteps(int value) {
      walkSteps = value;
      return this;
    }

    /**
     * How strongly rows are drawn to 0 in each step.
     *
     * @param value 0 to 1
     * @return this
     */
    public Builder regularisation(double value) {
      regularisation = value;
      return this;
    }

    /**
     * What rows are made of.
     *
     * @param value the weighting
     * @return this
     */
    public Builder rows(RowWeighting value) {
      rows = value;
      return this;
    }

    /**
     * Weight of a song at which its vector has half its full length.
     *
     * @param value 0 to 1000000
     * @return this
     */
    public Builder shrinkage(double value) {
      shrinkage = value;
      return this;
    }

    /**
     * Share of co-occurrence in the similarity of keywords.
     *
     * @param value 0 to 0.99
     * @return this
     */
    public Builder cooccurrence(double value) {
      cooccurrence = value;
      return this;
    }

    /**
     * Share of concept vectors in the similarity of keywords.
     *
     * @param value 0 to 0.99
     * @return this
     */
    public Builder concepts(double value) {
      concepts = value;
      return this;
    }

    /**
     * Start of everything random.
     *
     * @param value any number
     * @return this
     */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /**
     * Workers.
     *
     * @param value 1 to 1024
     * @return this
     */
    public Builder threads(int value) {
      threads = value;
      return this;
    }

    /**
     * The options.
     *
     * @return a new value
     * @throws IllegalArgumentException if an option is out of range; the message names it
     */
    public EmbeddingOptions build() {
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
          rows,
          shrinkage,
          cooccurrence,
          concepts,
          seed,
          threads);
    }
  }
}
