package org.seesong.app;

import org.seesong.embedding.EmbeddingOptions;
import picocli.CommandLine.Option;

/**
 * The options of an embedding but its name and threads; their defaults are those of {@link
 * EmbeddingOptions#DEFAULT}.
 */
final class EmbeddingSettings {
  private static final EmbeddingOptions DEFAULT = EmbeddingOptions.DEFAULT;

  @Option(
      names = "--dim",
      paramLabel = "N",
      description = {
        "Numbers in a network vector (default: ${DEFAULT-VALUE}); exact takes at least one for"
            + " each keyword."
      })
  int dimension = DEFAULT.dimension();

  @Option(
      names = "--samples",
      paramLabel = "N",
      converter = SampleCount.class,
      description = "Edges drawn in learning (default: 10M).")
  long samples = DEFAULT.samples();

  @Option(
      names = "--negatives",
      paramLabel = "N",
      description = "Vertices an edge's end is told apart from (default: ${DEFAULT-VALUE}).")
  int negatives = DEFAULT.negatives();

  @Option(
      names = "--rate",
      paramLabel = "X",
      description = "First step size, falls linearly (default: ${DEFAULT-VALUE}).")
  double rate = DEFAULT.learningRate();

  @Option(
      names = "--negative-exponent",
      paramLabel = "X",
      description = "Negatives are drawn by degree to this power (default: ${DEFAULT-VALUE}).")
  double negativeExponent = DEFAULT.negativeExponent();

  @Option(
      names = "--typed-negatives",
      description = "Draw negatives among songs for a song, pictures for a picture and so on.")
  boolean typedNegatives = DEFAULT.typedNegatives();

  @Option(
      names = "--weight-exponent",
      paramLabel = "X",
      description = "Edges weigh their weight to this power (default: ${DEFAULT-VALUE}).")
  double weightExponent = DEFAULT.weightExponent();

  @Option(
      names = "--walk-steps",
      paramLabel = "N",
      description = "hpe: vertices of a walk (default: ${DEFAULT-VALUE}).")
  int walkSteps = DEFAULT.walkSteps();

  @Option(
      names = "--regularisation",
      paramLabel = "X",
      description = "hpe: how strongly vectors are drawn to 0 (default: ${DEFAULT-VALUE}).")
  double regularisation = DEFAULT.regularisation();

  @Option(
      names = "--evidence",
      paramLabel = "X",
      description = {
        "exact: weight of a song at which its vector has half its full length"
            + " (default: ${DEFAULT-VALUE})."
      })
  double evidence = DEFAULT.evidence();

  @Option(
      names = "--cooccurrence",
      paramLabel = "X",
      description = {
        "exact: share of co-occurrence in the likeness of keywords (default: ${DEFAULT-VALUE})."
      })
  double cooccurrence = DEFAULT.cooccurrence();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Start of everything random (default: ${DEFAULT-VALUE}).")
  long seed = DEFAULT.seed();

  EmbeddingOptions options(String method, int threads) {
    return DEFAULT
        .withMethod(method)
        .withDimension(dimension)
        .withSamples(samples)
        .withNegatives(negatives)
        .withLearningRate(rate)
        .withNegativeExponent(negativeExponent)
        .withTypedNegatives(typedNegatives)
        .withWeightExponent(weightExponent)
        .withWalkSteps(walkSteps)
        .withRegularisation(regularisation)
        .withEvidence(evidence)
        .withCooccurrence(cooccurrence)
        .withSeed(seed)
        .withThreads(threads);
  }
}
