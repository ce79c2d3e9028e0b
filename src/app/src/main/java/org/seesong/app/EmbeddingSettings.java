package org.seesong.app;

import org.seesong.embedding.EmbeddingOptions;
import org.seesong.embedding.RowWeighting;
import picocli.CommandLine.Option;

/**
 * The options of an embedding but its name and threads. What is not given is that of the preset,
 * which is {@link EmbeddingOptions#DEFAULT} if it is not given either.
 */
public final class EmbeddingSettings {
  static final String BEST = "best";
  static final String PAPER = "paper";

  @Option(
      names = "--embedding-preset",
      paramLabel = "NAME",
      description = {
        "best or paper: where the options below begin. paper is what the paper's laboratory uses:"
            + " line2, and the settings named below (default: best)."
      })
  String preset;

  @Option(
      names = "--dim",
      paramLabel = "N",
      description = {
        "Numbers in a graph embedding (default: 64); closed-form takes at least one for"
            + " each keyword."
      })
  Integer dimension;

  @Option(
      names = "--samples",
      paramLabel = "N",
      converter = SampleCount.class,
      description = {
        "Edges drawn in learning (default: 32 for each edge, hpe 320, at least 1M; paper: 10M)."
      })
  Long samples;

  @Option(
      names = "--negatives",
      paramLabel = "N",
      description = "Vertices an edge's end is told apart from (default: 5).")
  Integer negatives;

  @Option(
      names = "--rate",
      paramLabel = "X",
      description = "First step size, falls linearly (default: 0.05, hpe 0.1; paper: 0.025).")
  Double learningRate;

  @Option(
      names = "--negative-exponent",
      paramLabel = "X",
      description = "Negatives are drawn by degree to this power (default: 0.75).")
  Double negativeExponent;

  @Option(
      names = "--typed-negatives",
      negatable = true,
      description = {
        "Draw negatives among songs for a song, pictures for a picture and so on"
            + " (default: yes; paper: no)."
      })
  Boolean typedNegatives;

  @Option(
      names = "--weight-exponent",
      paramLabel = "X",
      description = "Edges weigh their weight to this power (default: 1).")
  Double weightExponent;

  @Option(
      names = "--walk-steps",
      paramLabel = "N",
      description = "hpe: vertices of a walk (default: 5).")
  Integer walkSteps;

  @Option(
      names = "--regularisation",
      paramLabel = "X",
      description = "hpe: how strongly vectors are drawn to 0 (default: 0.01).")
  Double regularisation;

  @Option(
      names = "--rows",
      paramLabel = "NAME",
      description = "closed-form: what rows are made of, weight or ppmi (default: weight).")
  String rows;

  @Option(
      names = "--shrinkage",
      paramLabel = "X",
      description = {
        "closed-form: weight of a song at which its vector has half its full length"
            + " (default: 2)."
      })
  Double shrinkage;

  @Option(
      names = "--cooccurrence",
      paramLabel = "X",
      description = {
        "closed-form: share of co-occurrence in the similarity of keywords (default:" + " 0.5)."
      })
  Double cooccurrence;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Start of everything random (default: 42).")
  Long seed;

  /** Nothing given. */
  public EmbeddingSettings() {}

  /**
   * Whether the number of samples is given.
   *
   * @return false for the method's own number
   */
  public boolean hasSamples() {
    return samples != null;
  }

  /** The seed that is given, else the default one. */
  long seed() {
    return seed != null ? seed : EmbeddingOptions.DEFAULT.seed();
  }

  /**
   * The options.
   *
   * @param method name of the method, or null for the preset's
   * @param threads threads that learn
   * @return the options
   */
  public EmbeddingOptions options(String method, int threads) {
    return options(preset == null ? BEST : preset, method, threads);
  }

  /** The options from another preset than the one that is given. */
  EmbeddingOptions options(String from, String method, int threads) {
    EmbeddingOptions.Builder builder = preset(from).toBuilder().threads(threads);
    if (method != null) {
      builder.method(method);
    }
    if (dimension != null) {
      builder.dimension(dimension);
    }
    if (samples != null) {
      builder.samples(samples);
    }
    if (negatives != null) {
      builder.negatives(negatives);
    }
    if (learningRate != null) {
      builder.learningRate(learningRate);
    }
    if (negativeExponent != null) {
      builder.negativeExponent(negativeExponent);
    }
    if (typedNegatives != null) {
      builder.typedNegatives(typedNegatives);
    }
    if (weightExponent != null) {
      builder.weightExponent(weightExponent);
    }
    if (walkSteps != null) {
      builder.walkSteps(walkSteps);
    }
    if (regularisation != null) {
      builder.regularisation(regularisation);
    }
    if (rows != null) {
      builder.rows(RowWeighting.byName(rows));
    }
    if (shrinkage != null) {
      builder.shrinkage(shrinkage);
    }
    if (cooccurrence != null) {
      builder.cooccurrence(cooccurrence);
    }
    if (seed != null) {
      builder.seed(seed);
    }
    return builder.build();
  }

  private static EmbeddingOptions preset(String name) {
    return switch (name) {
      case BEST -> EmbeddingOptions.DEFAULT;
      case PAPER -> EmbeddingOptions.PAPER;
      default ->
          throw new IllegalArgumentException(
              "unknown preset '" + name + "'; there are: best, paper");
    };
  }
}
