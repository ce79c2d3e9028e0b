package org.seesong.embedding;

import java.util.SplittableRandom;
import org.seesong.graph.Graph;

/**
 * Draws random walks: an edge in proportion to its weight gives the source and the first vertex,
 * and from each vertex the walk goes on along one of its edges, again in proportion to weight.
 *
 * <p>16 bytes an edge for the tables of all rows. Immutable.
 */
final class WalkSampler {
  private final Graph graph;
  private final EdgeSampler edges;
  private final AliasTable rows;
  private final int steps;

  WalkSampler(Graph graph, double weightExponent, int steps) {
    this.graph = graph;
    this.steps = steps;
    edges = new EdgeSampler(graph, weightExponent);
    int[] offsets = new int[graph.vertices() + 1];
    for (int v = 0; v < offsets.length; v++) {
      offsets[v] = graph.rowStart(v);
    }
    double[] weights = new double[2 * graph.edges()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = StrictMath.pow(graph.weight(i), weightExponent);
    }
    rows = new AliasTable(weights, offsets);
  }

  /** Pairs of a walk's source with each vertex of the walk, walk after walk. */
  PairSampler drawer(SplittableRandom random) {
    return new PairSampler() {
      private long pair;
      private int left;

      @Override
      public long next() {
        if (left == 0) {
          left = steps;
          pair = edges.draw(random);
        } else {
          int at = (int) pair;
          int start = graph.rowStart(at);
          int place = rows.draw(random, start, graph.rowStart(at + 1) - start);
          pair = (pair >>> 32) << 32 | graph.target(start + place);
        }
        left--;
        return pair;
      }
    };
  }
}
