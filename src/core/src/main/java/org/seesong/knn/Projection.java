package org.seesong.knn;

import org.apache.lucene.util.VectorUtil;

/**
 * An orthonormal projection of vectors, less their mean, on a few directions. Immutable; its arrays
 * are shared and must not be changed.
 */
final class Projection {
  private final float[] mean;
  private final float[][] weights;
  private final float[] offset;

  /**
   * Takes the arrays over.
   *
   * @param mean {@code float[dimension]}
   * @param weights {@code float[dimension][components]}: what each number of a vector adds
   */
  Projection(float[] mean, float[][] weights) {
    this.mean = mean;
    this.weights = weights;
    this.offset = multiply(mean);
  }

  int components() {
    return offset.length;
  }

  int dimension() {
    return mean.length;
  }

  float[] mean() {
    return mean;
  }

  float[][] weights() {
    return weights;
  }

  /** Whether nothing is lost, as there are as many directions as numbers. */
  boolean isLossless() {
    return components() == dimension();
  }

  /** A vector's projection, {@code float[components]}. */
  float[] project(float[] vector) {
    float[] projected = multiply(vector);
    for (int i = 0; i < projected.length; i++) {
      projected[i] -= offset[i];
    }
    return projected;
  }

  /** Length of what the projection leaves out of a vector. */
  float residualNorm(float[] vector, float[] projected) {
    double squares = VectorUtil.squareDistance(vector, mean);
    for (float value : projected) {
      squares -= (double) value * value;
    }
    return (float) Math.sqrt(Math.max(0, squares));
  }

  private float[] multiply(float[] vector) {
    float[] sum = new float[weights[0].length];
    for (int j = 0; j < weights.length; j++) {
      float value = vector[j];
      if (value != 0) { // three of four numbers are 0 behind a ReLU
        float[] row = weights[j];
        for (int i = 0; i < sum.length; i++) {
          sum[i] += value * row[i];
        }
      }
    }
    return sum;
  }
}
