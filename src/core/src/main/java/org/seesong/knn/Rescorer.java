package org.seesong.knn;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.VectorUtil;

/**
 * Compares candidates by their full vectors where they may still be among the nearest, and learns
 * from those it reads how far estimates are off. For one thread.
 */
final class Rescorer {
  /** Standard deviations of the estimates' errors that a candidate is given. */
  private static final double DEVIATIONS = 3;

  /** Full vectors that are read before errors of estimates are judged by. */
  private static final int MIN_OBSERVED = 16;

  private final QuantizedQuery query;
  private final LuceneVectors vectors;
  private final float[] target;
  private final KnnCollector collector;
  private int observed;
  private double sum;
  private double sumOfSquares;

  Rescorer(QuantizedQuery query, LuceneVectors vectors, float[] target, KnnCollector collector) {
    this.query = query;
    this.vectors = vectors;
    this.target = target;
    this.collector = collector;
  }

  /** The largest squared distance that is still competitive, rounded up. */
  double maxSquaredDistance() {
    if (collector instanceof NeighbourCollector neighbours) {
      return neighbours.maxSquaredDistance();
    }
    float least = collector.minCompetitiveSimilarity();
    return least <= 0 ? Double.POSITIVE_INFINITY : (1 / (double) least - 1) * (1 + 1e-6) + 1e-7;
  }

  /** Compares a candidate if it may be competitive. */
  void offer(int position) throws IOException {
    double most = maxSquaredDistance();
    if (query.lowerBound(position) > most || isHopeless(position, most)) {
      return;
    }
    float squared = compare(position);
    double maxError = query.maxEstimateError(position);
    if (maxError > 0) {
      double cosine = (query.estimate(position) - squared) / maxError;
      observed++;
      sum += cosine;
      sumOfSquares += cosine * cosine;
    }
  }

  /** By the errors of the estimates so far: the cosines between what projections leave out. */
  private boolean isHopeless(int position, double most) {
    if (observed < MIN_OBSERVED) {
      return false;
    }
    double mean = sum / observed;
    double deviation = Math.sqrt(Math.max(0, sumOfSquares / observed - mean * mean));
    double cosine = mean + DEVIATIONS * deviation;
    return query.estimate(position) - query.maxEstimateError(position) * cosine > most;
  }

  /** Compares a candidate; returns its squared distance. */
  float compare(int position) throws IOException {
    int row = query.ordinal(position);
    float squared = VectorUtil.squareDistance(target, vectors.vector(row));
    if (collector instanceof NeighbourCollector neighbours) {
      neighbours.offer(vectors.document(row), squared);
    } else {
      collector.collect(vectors.document(row), 1 / (1 + squared));
    }
    return squared;
  }

  /** Compares every accepted vector that bounds do not rule out and that was not offered before. */
  QuantizedQuery.Visitor remaining(Bits accepted, int[] offered) {
    int[] before = offered.clone();
    Arrays.sort(before);
    return new QuantizedQuery.Visitor() {
      private double most = Rescorer.this.maxSquaredDistance();

      @Override
      public void visit(int position) throws IOException {
        if ((accepted == null || accepted.get(query.ordinal(position)))
            && Arrays.binarySearch(before, position) < 0) {
          compare(position);
          most = Rescorer.this.maxSquaredDistance();
        }
      }

      @Override
      public double maxSquaredDistance() {
        return most;
      }
    };
  }
}
