package org.seesong.embedding;

import java.util.SplittableRandom;
import org.seesong.graph.Graph;

/**
 * Draws edges in proportion to a power of their weight.
 *
 * <p>Each undirected edge is listed once, from the row of its song or picture, with both ends in
 * one long: a draw costs two cache misses. Immutable.
 */
final class EdgeSampler {
  /** The song or picture in the upper half, the keyword in the lower. */
  private final long[] ends;

  private final AliasTable edges;

  EdgeSampler(Graph graph, double weightExponent) {
    ends = new long[graph.edges()];
    double[] weights = new double[graph.edges()];
    int firstKeyword = graph.songs();
    int firstPicture = graph.songs() + graph.keywords();
    int edge = 0;
    for (int v = 0; v < graph.vertices(); v++) {
      if (v >= firstKeyword && v < firstPicture) {
        continue;
      }
      for (int i = graph.rowStart(v); i < graph.rowStart(v + 1); i++) {
        weights[edge] = StrictMath.pow(graph.weight(i), weightExponent);
        ends[edge++] = (long) v << 32 | graph.target(i);
      }
    }
    edges = new AliasTable(weights);
  }

  /** An edge in a direction given by a coin: the source in the upper half, the target below. */
  long draw(SplittableRandom random) {
    long pair = ends[edges.draw(random)];
    return random.nextBoolean() ? pair : Long.rotateLeft(pair, 32);
  }
}
