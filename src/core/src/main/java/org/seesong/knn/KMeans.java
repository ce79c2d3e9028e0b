package org.seesong.knn;

import org.apache.lucene.util.VectorUtil;

/** Centroids of clusters by Lloyd's algorithm, started at evenly spread points of a sample. */
final class KMeans {
  /** More iterations change nothing that a search would notice. */
  private static final int ITERATIONS = 6;

  private KMeans() {}

  /** The same sample gives the same centroids, {@code float[count][width]}. */
  static float[][] centroids(float[][] sample, int count) {
    float[][] centroids = new float[count][];
    for (int i = 0; i < count; i++) {
      centroids[i] = sample[(int) ((long) i * sample.length / count)].clone();
    }
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      move(centroids, sample);
    }
    return centroids;
  }

  private static void move(float[][] centroids, float[][] sample) {
    float[][] sums = new float[centroids.length][centroids[0].length];
    int[] counts = new int[centroids.length];
    for (float[] point : sample) {
      int nearest = nearest(centroids, point);
      VectorUtil.add(sums[nearest], point);
      counts[nearest]++;
    }
    for (int i = 0; i < centroids.length; i++) {
      if (counts[i] > 0) { // an empty cluster stays where it is
        for (int j = 0; j < sums[i].length; j++) {
          centroids[i][j] = sums[i][j] / counts[i];
        }
      }
    }
  }

  /** Index of the nearest centroid; the first of equally near ones. */
  static int nearest(float[][] centroids, float[] point) {
    int nearest = 0;
    float least = Float.POSITIVE_INFINITY;
    for (int i = 0; i < centroids.length; i++) {
      float squared = VectorUtil.squareDistance(centroids[i], point);
      if (squared < least) {
        least = squared;
        nearest = i;
      }
    }
    return nearest;
  }
}
