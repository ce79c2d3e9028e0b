package org.seesong.knn;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.VectorUtil;

/**
 * A query beside the quantised vectors of a segment: estimates and bounds of distances, and the two
 * ways to visit clusters. For one thread.
 *
 * <p>A vector v is projected on p(v), and r(v) is the length of what is left out. The estimate of
 * |q - v|^2 is |c(q) - c(v)|^2 + r(q)^2 + r(v)^2 with what the codes c stand for, as if leftovers
 * were orthogonal. The lower bound is max(0, |c(q) - c(v)| - e)^2 + (r(q) - r(v))^2, where e is the
 * largest error of codes and of rounding. Codes hold what vectors of the index need; where a query
 * lies beyond that, as it does in the component by which songs differ in length, distances are
 * corrected for what its code lacks.
 */
final class QuantizedQuery {
  /** Far above the rounding of sums of 4,096 floats, relative to the sum of squares. */
  private static final double ROUNDING = 1e-5;

  /** Clusters in a row that bring nothing, after which an approximate search ends. */
  private static final int IDLE_CLUSTERS = 48;

  private final QuantizedVectors vectors;
  private final int[] starts;
  private final int[] ordinals;
  private final float[] residualNorms;
  private final byte[][] codes;
  private final Bits outliers;
  private final double step;
  private final float[] projected;
  private final byte[] code;

  /** Components of the query that lie beyond what a code can hold, and how far, in steps. */
  private final int[] beyond;

  private final float[] excess;
  private final float residualNorm;
  private final double codeError;
  private final double squaredRounding;

  QuantizedQuery(QuantizedVectors vectors, float[] query) {
    this(vectors, vectors.projection().project(query), query, VectorUtil.dotProduct(query, query));
  }

  private QuantizedQuery(
      QuantizedVectors vectors, float[] projected, float[] query, double squaredNorm) {
    this.vectors = vectors;
    this.starts = vectors.rows().starts();
    this.ordinals = vectors.rows().ordinals();
    this.residualNorms = vectors.rows().residualNorms();
    this.codes = vectors.rows().codes();
    this.outliers = vectors.outliers();
    this.step = vectors.quantizer().step();
    this.projected = projected;
    this.residualNorm = vectors.projection().residualNorm(query, projected);
    this.code = vectors.quantizer().quantize(projected);
    this.beyond =
        IntStream.range(0, code.length).filter(i -> steps(i) > ScalarQuantizer.LARGEST).toArray();
    this.excess = new float[beyond.length];
    float[] held = projected.clone();
    for (int i = 0; i < beyond.length; i++) {
      int component = beyond[i];
      excess[i] = (float) (projected[component] / step - code[component]);
      held[component] = (float) (step * code[component]);
    }
    float[] mean = vectors.projection().mean();
    double largest = vectors.largestResidual();
    double size =
        largest * largest
            + projected.length * Math.pow(ScalarQuantizer.LARGEST * step, 2)
            + squaredNorm
            + VectorUtil.dotProduct(mean, mean);
    this.squaredRounding = ROUNDING * size;
    this.codeError =
        vectors.quantizer().error(held, code)
            + vectors.summary().maxError()
            + ROUNDING * Math.sqrt(size);
  }

  /** Counts comparisons and tells whether to stop. */
  interface Budget {
    /** After so many vectors of a cluster were compared. */
    boolean isSpent(int compared);
  }

  /** Receives positions, and says which squared distance still matters. */
  interface Visitor {
    void visit(int position) throws IOException;

    double maxSquaredDistance();
  }

  /** How many vectors there are. */
  int size() {
    return ordinals.length;
  }

  int ordinal(int position) {
    return ordinals[position];
  }

  private double steps(int component) {
    return Math.abs(projected[component] / step);
  }

  /** In squared steps. */
  private float squaredCodeDistance(int position) {
    byte[] other = codes[position];
    float sum = ScalarQuantizer.squaredDistance(code, other);
    for (int i = 0; i < excess.length; i++) {
      sum += excess[i] * (2 * (code[beyond[i]] - other[beyond[i]]) + excess[i]);
    }
    return Math.max(0, sum);
  }

  double estimate(int position) {
    double left = residualNorms[position];
    return step * step * squaredCodeDistance(position)
        + left * left
        + (double) residualNorm * residualNorm;
  }

  double lowerBound(int position) {
    double code = Math.max(0, step * Math.sqrt(squaredCodeDistance(position)) - codeError);
    double other = residualNorms[position];
    double left =
        Math.max(0, Math.abs(residualNorm - other) - rounding(residualNorm) - rounding(other));
    return code * code + left * left;
  }

  /** How far the estimate may be from the squared distance, but for errors of codes. */
  double maxEstimateError(int position) {
    return 2.0 * residualNorm * residualNorms[position];
  }

  private double rounding(double length) {
    return squaredRounding / Math.max(length, Math.sqrt(squaredRounding));
  }

  /**
   * Positions of accepted vectors that codes cannot hold: neither estimates nor bounds are true of
   * them, so that they are compared in any case.
   */
  int[] outliers(Bits accepted) {
    return vectors
        .outlierPositions()
        .filter(position -> accepted == null || accepted.get(ordinals[position]))
        .toArray();
  }

  /**
   * Positions with the least estimates, least first, without {@link #outliers}.
   *
   * @param accepted ordinals that count; null for all
   * @param selective whether few are accepted: they are then asked for before estimates, not after
   */
  int[] nearest(int count, Bits accepted, boolean selective, Budget budget) {
    Clusters clusters = new Clusters();
    Candidates candidates = new Candidates(count);
    double slack = vectors.summary().slack();
    double least = vectors.leastResidual();
    int idle = 0;
    for (int i = 0; i < clusters.order.length && idle < IDLE_CLUSTERS; i++) {
      int cluster = (int) clusters.order[i];
      double away = slack * clusters.lowerBound(cluster);
      float worst = candidates.worst();
      if (away * away + least * least > step * step * worst) {
        continue;
      }
      int compared =
          selective
              ? addAccepted(cluster, accepted, candidates)
              : addCompetitive(cluster, accepted, candidates);
      idle = candidates.isFull() && candidates.worst() == worst ? idle + 1 : 0;
      if (budget.isSpent(compared)) {
        break;
      }
    }
    return candidates.positions();
  }

  private int addCompetitive(int cluster, Bits accepted, Candidates candidates) {
    float perStep = (float) (1 / (step * step));
    float worst = candidates.worst();
    int end = starts[cluster + 1];
    int added = 0;
    for (int i = starts[cluster]; i < end; i++) {
      float estimate = squaredCodeDistance(i) + residualNorms[i] * residualNorms[i] * perStep;
      if (estimate < worst && (accepted == null || accepted.get(ordinals[i])) && !outliers.get(i)) {
        candidates.add(estimate, i);
        worst = candidates.worst();
        added++;
      }
    }
    return added;
  }

  private int addAccepted(int cluster, Bits accepted, Candidates candidates) {
    float perStep = (float) (1 / (step * step));
    int end = starts[cluster + 1];
    int compared = 0;
    for (int i = starts[cluster]; i < end; i++) {
      if (accepted.get(ordinals[i])) {
        compared++;
        float estimate = squaredCodeDistance(i) + residualNorms[i] * residualNorms[i] * perStep;
        if (estimate < candidates.worst() && !outliers.get(i)) {
          candidates.add(estimate, i);
        }
      }
    }
    return compared;
  }

  /** Visits every position but {@link #outliers} that may be as near as the visitor still asks. */
  void within(Visitor visitor, Budget budget) throws IOException {
    Clusters clusters = new Clusters();
    for (long each : clusters.order) {
      int cluster = (int) each;
      double away = Math.max(0, clusters.lowerBound(cluster) - codeError);
      if (away * away > visitor.maxSquaredDistance()) {
        continue;
      }
      for (int i = starts[cluster]; i < starts[cluster + 1]; i++) {
        if (lowerBound(i) <= visitor.maxSquaredDistance() && !outliers.get(i)) {
          visitor.visit(i);
        }
      }
      if (budget.isSpent(0)) {
        return;
      }
    }
  }

  /** The clusters by the distance of their centroids. */
  private final class Clusters {
    private final float[] squared;
    private final long[] order;

    Clusters() {
      float[][] centroids = vectors.centroids();
      squared = new float[centroids.length];
      order = new long[centroids.length];
      for (int cluster = 0; cluster < order.length; cluster++) {
        squared[cluster] = VectorUtil.squareDistance(projected, centroids[cluster]);
        order[cluster] = Candidates.key(squared[cluster], cluster);
      }
      Arrays.sort(order);
    }

    /** Distance to the plane halfway between the nearest centroid and a cluster's. */
    double lowerBound(int cluster) {
      int home = (int) order[0];
      float[][] centroids = vectors.centroids();
      double between =
          2 * Math.sqrt(VectorUtil.squareDistance(centroids[home], centroids[cluster]));
      return between == 0 ? 0 : (squared[cluster] - squared[home]) / between;
    }
  }

  /**
   * Squared distance that the last of {@code candidates} would have by estimate without pruning,
   * and lower bounds of the clusters that hold the {@code k} nearest by estimate: what {@link
   * SlackMeasurement} needs. The query's own residual is left out, as in {@link #nearest}.
   */
  double[] unprunedBounds(int k, int candidates) {
    Clusters clusters = new Clusters();
    Candidates all = new Candidates(candidates);
    for (long each : clusters.order) {
      addCompetitive((int) each, null, all);
    }
    int[] positions = all.positions();
    double[] bounds = new double[1 + Math.min(k, positions.length)];
    bounds[0] = step * step * all.worst();
    for (int i = 1; i < bounds.length; i++) {
      bounds[i] = clusters.lowerBound(clusterOf(positions[i - 1]));
    }
    return bounds;
  }

  private int clusterOf(int position) {
    int found = Arrays.binarySearch(starts, position);
    int cluster = found >= 0 ? found : -found - 2;
    while (starts[cluster + 1] == position) { // empty clusters begin where the next one does
      cluster++;
    }
    return cluster;
  }

  /** For {@link SlackMeasurement}: a query that is projected already and leaves nothing out. */
  static QuantizedQuery ofProjected(QuantizedVectors vectors, float[] projected) {
    return new QuantizedQuery(vectors, projected, restore(vectors, projected), 0);
  }

  private static float[] restore(QuantizedVectors vectors, float[] projected) {
    float[][] weights = vectors.projection().weights();
    float[] restored = vectors.projection().mean().clone();
    for (int i = 0; i < restored.length; i++) {
      restored[i] += VectorUtil.dotProduct(weights[i], projected);
    }
    return restored;
  }
}
