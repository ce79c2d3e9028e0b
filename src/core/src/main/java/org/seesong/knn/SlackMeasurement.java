package org.seesong.knn;

import java.util.Arrays;

/**
 * Chooses the slack of a segment: the largest factor on lower bounds of clusters with which, of the
 * 10 nearest vectors of some queries, few are pruned. Where vectors have few dimensions, bounds are
 * tight and a large factor loses neighbours; where they have many, bounds are loose and a factor of
 * 3 loses hardly any.
 *
 * <p>Queries are vectors of the segment. Costs {@value #QUERIES} passes over the codes.
 */
final class SlackMeasurement {
  private static final int QUERIES = 64;
  private static final int NEAREST = 10;

  /** Share of the nearest that may be pruned. */
  private static final double MAX_LOST = .005;

  /** Clusters are never pruned more eagerly than this: queries from outside lie farther away. */
  private static final double MAX_SLACK = 3;

  private SlackMeasurement() {}

  /**
   * Measures.
   *
   * @param vectors with any slack
   * @param sample projections of vectors of the segment
   */
  static float of(QuantizedVectors vectors, float[][] sample) {
    int candidates =
        Math.min(
            vectors.summary().vectors(),
            IvfVectorsReader.candidates(
                NEAREST, IvfVectorsReader.DEFAULT_CANDIDATES, vectors.projection().isLossless()));
    double least = vectors.leastResidual();
    int queries = Math.min(QUERIES, sample.length);
    double[] largestSlacks = new double[queries * NEAREST];
    int count = 0;
    for (int query = 0; query < queries; query++) {
      float[] projected = sample[(int) ((long) query * sample.length / queries)];
      double[] bounds =
          QuantizedQuery.ofProjected(vectors, projected).unprunedBounds(NEAREST + 1, candidates);
      double reach = Math.sqrt(Math.max(0, bounds[0] - least * least));
      for (int i = 2; i < bounds.length; i++) { // the first is the query itself
        largestSlacks[count++] = bounds[i] > 0 ? reach / bounds[i] : Double.POSITIVE_INFINITY;
      }
    }
    if (count == 0) {
      return 1;
    }
    Arrays.sort(largestSlacks, 0, count);
    return (float) Math.max(1, Math.min(MAX_SLACK, largestSlacks[(int) (count * MAX_LOST)]));
  }
}
