package org.seesong.embedding;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.seesong.graph.Graph;

/**
 * Draws edges in proportion to their weight and negatives in proportion to a power of their degree.
 *
 * <p>Each undirected edge is listed once, from the row of its song or picture. Immutable.
 */
final class EdgeSampler {
  private final int[] things;
  private final int[] keywords;
  private final AliasTable edges;
  private final AliasTable negatives;

  EdgeSampler(Graph graph, double negativeExponent) {
    things = new int[graph.edges()];
    keywords = new int[graph.edges()];
    double[] weights = new double[graph.edges()];
    double[] degrees = new double[graph.vertices()];
    int firstKeyword = graph.songs();
    int firstPicture = graph.songs() + graph.keywords();
    int edge = 0;
    for (int v = 0; v < graph.vertices(); v++) {
      if (!graph.isIsolated(v)) {
        degrees[v] = StrictMath.pow(graph.degree(v), negativeExponent);
      }
      if (v >= firstKeyword && v < firstPicture) {
        continue;
      }
      int end = graph.rowStart(v + 1);
      Arrays.fill(things, edge, edge + end - graph.rowStart(v), v);
      for (int i = graph.rowStart(v); i < end; i++) {
        keywords[edge] = graph.target(i);
        weights[edge++] = graph.weight(i);
      }
    }
    this.edges = new AliasTable(weights);
    this.negatives = new AliasTable(degrees);
  }

  int drawEdge(SplittableRandom random) {
    return edges.draw(random);
  }

  int drawNegative(SplittableRandom random) {
    return negatives.draw(random);
  }

  /** The song or picture of an edge, as a vertex. */
  int thing(int edge) {
    return things[edge];
  }

  /** The keyword of an edge, as a vertex. */
  int keyword(int edge) {
    return keywords[edge];
  }
}
