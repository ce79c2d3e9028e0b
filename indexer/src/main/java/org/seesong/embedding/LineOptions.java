package org.seesong.embedding;

import java.util.Locale;
import org.seesong.graph.Graph;

/**
 * Options of LINE, which samples edges and steps down a gradient: see {@link Embedding}.
 *
 * @param order 2 for second-order proximity, the paper's; 1 for first order, where a vertex' vector
 *     is its context too
 * @param dimension numbers in a vector, 1 to 4096
 * @param samples edges drawn in the whole training, or 0 for {@value #SAMPLES_PER_EDGE} an edge and
 *     {@value #LEAST_SAMPLES} at least
 * @param negatives negative vertices of each sample, 0 to 1000
 * @param learningRate first step size, above 0, at most 1; falls linearly
 * @param negativeExponent negatives are drawn in proportion to their degree to this power, 0 to 2
 * @param typedNegatives whether negatives are drawn from the target's own type: songs, keywords or
 *     pictures
 * @param weightExponent edges weigh their weight to this power, 0 to 2
 * @param seed start of everything random
 * @param threads workers; one gives the same bits every time, more give equal quality, 1 to 1024
 */
public record LineOptions(
    int order,
    int dimension,
    long samples,
    int negatives,
    double learningRate,
    double negativeExponent,
    boolean typedNegatives,
    double weightExponent,
    long seed,
    int threads)
    implements EmbeddingOptions {
  /** Samples an edge of the graph where {@link #samples} is 0. */
  public static final int SAMPLES_PER_EDGE = 32;

  /** Samples of a small graph where {@link #samples} is 0. */
  public static final int LEAST_SAMPLES = 1_000_000;

  /** The default of every option. */
  public static final LineOptions DEFAULT =
      new LineOptions(2, 64, 0, 5, 0.05, 0.75, true, 1, 42, 1);

  /** What the paper's laboratory uses. */
  public static final LineOptions PAPER =
      DEFAULT.toBuilder().samples(10_000_000).typedNegatives(false).learningRate(0.025).build();

  public LineOptions {
    OptionRange.check("order", order, 1, 2);
    OptionRange.check("dimension", dimension, 1, 4096);
    if (samples < 0) {
      throw new IllegalArgumentException(
          "samples must be at least 1, or 0 to scale with the graph; got: " + samples);
    }
    OptionRange.check("negatives", negatives, 0, 1000);
    if (!(learningRate > 0 && learningRate <= 1)) {
      throw new IllegalArgumentException(
          "learningRate must be above 0 and at most 1; got: " + learningRate);
    }
    OptionRange.check("negativeExponent", negativeExponent, 0, 2);
    OptionRange.check("weightExponent", weightExponent, 0, 2);
    OptionRange.check("threads", threads, 1, 1024);
  }

  @Override
  public String method() {
    return "line" + order;
  }

  /** Samples that a training on this graph draws. */
  public long samplesFor(Graph graph) {
    return samples > 0 ? samples : Math.max(LEAST_SAMPLES, (long) SAMPLES_PER_EDGE * graph.edges());
  }

  @Override
  public LineOptions withDimension(int value) {
    return toBuilder().dimension(value).build();
  }

  @Override
  public LineOptions withSeed(long value) {
    return toBuilder().seed(value).build();
  }

  @Override
  public LineOptions withThreads(int value) {
    return toBuilder().threads(value).build();
  }

  /** The same with another number of {@link #samples}. */
  public LineOptions withSamples(long value) {
    return toBuilder().samples(value).build();
  }

  @Override
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%s dim=%d samples=%s negatives=%d rate=%s power=%s typed=%s weights=%s seed=%d threads=%d",
        method(),
        dimension,
        samples > 0 ? samples : SAMPLES_PER_EDGE + "/edge",
        negatives,
        learningRate,
        negativeExponent,
        typedNegatives,
        weightExponent,
        seed,
        threads);
  }

  /** A builder that begins with these options. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Collects options, named as the record's components; {@link #build} checks them. */
  public static final class Builder {
    private int order;
    private int dimension;
    private long samples;
    private int negatives;
    private double learningRate;
    private double negativeExponent;
    private boolean typedNegatives;
    private double weightExponent;
    private long seed;
    private int threads;

    private Builder(LineOptions options) {
      order = options.order();
      dimension = options.dimension();
      samples = options.samples();
      negatives = options.negatives();
      learningRate = options.learningRate();
      negativeExponent = options.negativeExponent();
      typedNegatives = options.typedNegatives();
      weightExponent = options.weightExponent();
      seed = options.seed();
      threads = options.threads();
    }

    /** Sets {@link LineOptions#order}. */
    public Builder order(int value) {
      order = value;
      return this;
    }

    /** Sets {@link LineOptions#dimension}. */
    public Builder dimension(int value) {
      dimension = value;
      return this;
    }

    /** Sets {@link LineOptions#samples}. */
    public Builder samples(long value) {
      samples = value;
      return this;
    }

    /** Sets {@link LineOptions#negatives}. */
    public Builder negatives(int value) {
      negatives = value;
      return this;
    }

    /** Sets {@link LineOptions#learningRate}. */
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    /** Sets {@link LineOptions#negativeExponent}. */
    public Builder negativeExponent(double value) {
      negativeExponent = value;
      return this;
    }

    /** Sets {@link LineOptions#typedNegatives}. */
    public Builder typedNegatives(boolean value) {
      typedNegatives = value;
      return this;
    }

    /** Sets {@link LineOptions#weightExponent}. */
    public Builder weightExponent(double value) {
      weightExponent = value;
      return this;
    }

    /** Sets {@link LineOptions#seed}. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** Sets {@link LineOptions#threads}. */
    public Builder threads(int value) {
      threads = value;
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if an option is out of range; the message names it
     */
    public LineOptions build() {
      return new LineOptions(
          order,
          dimension,
          samples,
          negatives,
          learningRate,
          negativeExponent,
          typedNegatives,
          weightExponent,
          seed,
          threads);
    }
  }
}
