package org.seesong.embedding;

import java.util.List;

/**
 * How an embedding is learned: the options of one method. {@link ClosedFormOptions#DEFAULT} gives
 * better answers than {@link LineOptions#PAPER}, what the paper's laboratory uses.
 */
public sealed interface EmbeddingOptions permits ClosedFormOptions, LineOptions {
  /** Name of the method, one of {@link #methods()}. */
  String method();

  /** Numbers in a vector, 1 to 4096; the closed form takes more where a graph has more keywords. */
  int dimension();

  /** Start of everything random; 0 where nothing is. */
  long seed();

  /** Workers; 1 gives the same bits every time. */
  int threads();

  /** The same with another {@link #dimension}. */
  EmbeddingOptions withDimension(int value);

  /** The same with another {@link #seed}, where it makes a difference. */
  EmbeddingOptions withSeed(long value);

  /** The same with other {@link #threads}, where they make a difference. */
  EmbeddingOptions withThreads(int value);

  /**
   * All options as one line; equal lines and equal graphs give vectors of one space.
   *
   * @return for example {@code line2 dim=64 samples=32/edge negatives=5 rate=0.05 power=0.75
   *     typed=true weights=1.0 seed=42 threads=1}
   */
  String describe();

  /** Names for {@link #of}. */
  static List<String> methods() {
    return List.of("line2", "line1", "closed-form");
  }

  /**
   * The defaults of a method.
   *
   * @throws IllegalArgumentException if there is no such method; the message lists those there are
   */
  static EmbeddingOptions of(String method) {
    return switch (method) {
      case "line2" -> LineOptions.DEFAULT;
      case "line1" -> LineOptions.DEFAULT.toBuilder().order(1).build();
      case "closed-form" -> ClosedFormOptions.DEFAULT;
      default ->
          throw new IllegalArgumentException(
              "unknown embedding '" + method + "'; there are: " + String.join(", ", methods()));
    };
  }
}
