package org.seesong.app;

import java.util.function.Consumer;
import org.seesong.embedding.ClosedFormOptions;
import org.seesong.embedding.EmbeddingOptions;
import org.seesong.embedding.LineOptions;
import picocli.CommandLine.Option;

/**
 * The options of an embedding but its name and threads. What is not given is that of the preset,
 * which is {@link ClosedFormOptions#DEFAULT} if it is not given either.
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
        "Dimension of the graph embedding (default: 64); closed-form takes at least one for"
            + " each keyword."
      })
  Integer dimension;

  @Option(
      names = "--samples",
      paramLabel = "N",
      converter = SampleCount.class,
      description = {
        "line2, line1: edges sampled in training (default: 32 for each edge, at least 1M; paper:"
            + " 10M)."
      })
  Long samples;

  @Option(
      names = "--negatives",
      paramLabel = "N",
      description = "line2, line1: negative vertices of each sample, 0 to 1000 (default: 5).")
  Integer negatives;

  @Option(
      names = "--rate",
      paramLabel = "X",
      description = "line2, line1: first step size, falls linearly (default: 0.05; paper: 0.025).")
  Double learningRate;

  @Option(
      names = "--negative-exponent",
      paramLabel = "X",
      description = "line2, line1: negatives are drawn by degree to this power (default: 0.75).")
  Double negativeExponent;

  @Option(
      names = "--typed-negatives",
      negatable = true,
      description = {
        "line2, line1: draw negatives among songs for a song, pictures for a picture and so on"
            + " (default: yes; paper: no)."
      })
  Boolean typedNegatives;

  @Option(
      names = "--weight-exponent",
      paramLabel = "X",
      description = "Edges weigh their weight to this power (default: 1).")
  Double weightExponent;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Start of everything random (default: 42).")
  Long seed;

  /** Nothing given. */
  public EmbeddingSettings() {}

  /** The seed that is given, else the default one. */
  long seed() {
    return seed != null ? seed : LineOptions.DEFAULT.seed();
  }

  /**
   * The options.
   *
   * @param method name of the method, or null for the preset's
   * @param threads threads that learn
   * @return the options; settings of other methods are passed over
   */
  public EmbeddingOptions options(String method, int threads) {
    return options(preset == null ? BEST : preset, method, threads);
  }

  /** The options from another preset than the one that is given. */
  EmbeddingOptions options(String from, String method, int threads) {
    EmbeddingOptions preset = preset(from);
    EmbeddingOptions begin =
        method == null || method.equals(preset.method()) ? preset : EmbeddingOptions.of(method);
    EmbeddingOptions sized = dimension == null ? begin : begin.withDimension(dimension);
    if (sized instanceof ClosedFormOptions closed) {
      return weightExponent == null ? closed : closed.withWeightExponent(weightExponent);
    }
    LineOptions line = (LineOptions) sized;
    return line(from.equals(PAPER) ? paper(line) : line).withThreads(threads);
  }

  /** First order the paper's way. */
  private static LineOptions paper(LineOptions line) {
    return LineOptions.PAPER.toBuilder().order(line.order()).dimension(line.dimension()).build();
  }

  private LineOptions line(LineOptions line) {
    LineOptions.Builder builder = line.toBuilder();
    set(samples, builder::samples);
    set(negatives, builder::negatives);
    set(learningRate, builder::learningRate);
    set(negativeExponent, builder::negativeExponent);
    set(typedNegatives, builder::typedNegatives);
    set(weightExponent, builder::weightExponent);
    set(seed, builder::seed);
    return builder.build();
  }

  private static <T> void set(T given, Consumer<T> option) {
    if (given != null) {
      option.accept(given);
    }
  }

  private static EmbeddingOptions preset(String name) {
    return switch (name) {
      case BEST -> ClosedFormOptions.DEFAULT;
      case PAPER -> LineOptions.PAPER;
      default ->
          throw new IllegalArgumentException(
              "unknown preset '" + name + "'; there are: best, paper");
    };
  }
}
