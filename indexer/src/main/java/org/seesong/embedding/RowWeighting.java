package org.seesong.embedding;

import java.util.Locale;

/** What the rows of songs and pictures are made of in the closed form. */
public enum RowWeighting {
  /** The edges' weights, to a power: TF-IDF where the graph has TF-IDF weights. */
  WEIGHT,

  /**
   * Positive pointwise mutual information of vertex and keyword, max(0, log(w_vk W / (w_v w_k))),
   * with w_v and w_k the sums of the vertex' and the keyword's weights and W the sum of all; the
   * row is then brought to the length of the row of weights, the weight of the vertex. It is what
   * negative sampling factorises, but for a shift: Levy, Goldberg, "Neural Word Embedding as
   * Implicit Matrix Factorization", NIPS 2014.
   */
  PPMI;

  /**
   * Finds a weighting.
   *
   * @param name {@code weight} or {@code ppmi}
   * @throws IllegalArgumentException if there is none of that name
   */
  public static RowWeighting byName(String name) {
    return switch (name) {
      case "weight" -> WEIGHT;
      case "ppmi" -> PPMI;
      default ->
          throw new IllegalArgumentException(
              "unknown rows '" + name + "'; there are: weight, ppmi");
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
