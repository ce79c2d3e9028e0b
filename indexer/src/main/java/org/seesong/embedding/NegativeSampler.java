package org.seesong.embedding;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.seesong.graph.Graph;

/**
 * Draws negative vertices in proportion to a power of their weighted degree: from all vertices, or
 * from those of the target's own type.
 *
 * <p>Drawn from all vertices, negatives of a keyword are mostly songs, which says little; drawn
 * from its type, they are other keywords. Vertices without edges are never drawn. Immutable.
 */
final class NegativeSampler {
  private final boolean typed;
  private final int firstKeyword;
  private final int firstPicture;
  private final int vertices;
  private final AliasTable table;

  NegativeSampler(Graph graph, double exponent, double weightExponent, boolean typed) {
    this.typed = typed;
    firstKeyword = graph.songs();
    firstPicture = graph.songs() + graph.keywords();
    vertices = graph.vertices();
    double[] weights = new double[vertices];
    for (int v = 0; v < vertices; v++) {
      if (!graph.isIsolated(v)) {
        weights[v] = StrictMath.pow(degree(graph, v, weightExponent), exponent);
      }
    }
    if (typed) {
      // A type without edges is never asked for, but a table of zeros cannot be built.
      if (graph.rowStart(firstKeyword) == 0) {
        Arrays.fill(weights, 0, firstKeyword, 1);
      }
      if (graph.rowStart(firstPicture) == graph.rowStart(vertices)) {
        Arrays.fill(weights, firstPicture, vertices, 1);
      }
    }
    table =
        typed
            ? new AliasTable(weights, new int[] {0, firstKeyword, firstPicture, vertices})
            : new AliasTable(weights);
  }

  private static double degree(Graph graph, int vertex, double weightExponent) {
    double sum = 0;
    for (int i = graph.rowStart(vertex); i < graph.rowStart(vertex + 1); i++) {
      sum += StrictMath.pow(graph.weight(i), weightExponent);
    }
    return sum;
  }

  int draw(SplittableRandom random, int target) {
    if (!typed) {
      return table.draw(random);
    }
    if (target < firstKeyword) {
      return table.draw(random, 0, firstKeyword);
    }
    if (target < firstPicture) {
      return firstKeyword + table.draw(random, firstKeyword, firstPicture - firstKeyword);
    }
    return firstPicture + table.draw(random, firstPicture, vertices - firstPicture);
  }
}
