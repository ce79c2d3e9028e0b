package org.seesong.app;

import java.util.SplittableRandom;

/**
 * Vectors like those of a network's layer after ReLU: clustered, never negative, about half zeros.
 * The same seed gives the same vectors.
 *
 * <p>Each cluster has a centre drawn from a normal distribution; a vector is the centre of a
 * cluster plus noise of the same size, cut off at zero. So neighbours exist, but none is close.
 */
final class SyntheticVectors {
  private final float[][] centres;
  private final SplittableRandom random;
  private final boolean unit;

  private SyntheticVectors(int clusters, int dimension, boolean unit, long seed) {
    this.random = new SplittableRandom(seed);
    this.unit = unit;
    this.centres = new float[clusters][dimension];
    for (float[] centre : centres) {
      for (int i = 0; i < dimension; i++) {
        centre[i] = (float) random.nextGaussian();
      }
    }
  }

  /** Like visual vectors. */
  static SyntheticVectors visual(int clusters, int dimension, long seed) {
    return new SyntheticVectors(clusters, dimension, false, seed);
  }

  /** Like network vectors: of length 1, and not cut off. */
  static SyntheticVectors network(int clusters, int dimension, long seed) {
    return new SyntheticVectors(clusters, dimension, true, seed);
  }

  float[] next() {
    float[] centre = centres[random.nextInt(centres.length)];
    float[] vector = new float[centre.length];
    double squares = 0;
    for (int i = 0; i < vector.length; i++) {
      double value = centre[i] + random.nextGaussian() * (unit ? 0.5 : 1);
      vector[i] = (float) (unit ? value : Math.max(0, value));
      squares += (double) vector[i] * vector[i];
    }
    if (unit) {
      float length = (float) Math.sqrt(squares);
      for (int i = 0; i < vector.length; i++) {
        vector[i] /= length;
      }
    }
    return vector;
  }
}
