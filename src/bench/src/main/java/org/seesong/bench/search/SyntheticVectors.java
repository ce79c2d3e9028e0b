package org.seesong.bench.search;

import java.util.SplittableRandom;

/**
 * Vectors to measure with, by the million and the same for the same seed.
 *
 * <p>Visual ones are like those of a network's layer after ReLU: clustered, never negative, three
 * quarters zeros, and of far fewer degrees of freedom than numbers. A point is drawn around the
 * centre of one of the clusters in a space of {@value #FREEDOM} dimensions; a fixed random layer of
 * weights with a negative bias takes it to the full dimension; noise of its own is added to each
 * number, and what is below zero is cut off.
 *
 * <p>Network ones are like those of the graph embedding: of length 1, in tight clusters, one for
 * each mix of keywords.
 */
final class SyntheticVectors {
  /** Degrees of freedom of image embeddings. */
  private static final int FREEDOM = 64;

  /** Puts three quarters of the numbers below zero. */
  private static final double BIAS = -0.8;

  /** What a number has of its own, beside what the degrees of freedom give it. */
  private static final double OWN_NOISE = 0.3;

  /** How far points are from their centre, where centres are 1 from the origin. */
  private static final double SPREAD = 0.6;

  private final float[][] centres;
  private final float[][] layer;
  private final SplittableRandom random;

  /** Of the newest vector. */
  private int cluster;

  private SyntheticVectors(int clusters, int freedom, int dimension, SplittableRandom random) {
    this.random = random;
    this.centres = gaussian(clusters, freedom, 1);
    this.layer = gaussian(dimension, freedom, 1 / Math.sqrt(freedom * (1 + SPREAD * SPREAD)));
  }

  private SyntheticVectors(SyntheticVectors like, SplittableRandom random) {
    this.random = random;
    this.centres = like.centres;
    this.layer = like.layer;
  }

  private float[][] gaussian(int rows, int columns, double deviation) {
    float[][] matrix = new float[rows][columns];
    for (float[] row : matrix) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) (random.nextGaussian() * deviation);
      }
    }
    return matrix;
  }

  /** Like image embeddings. */
  static SyntheticVectors visual(int clusters, int dimension, long seed) {
    return new SyntheticVectors(clusters, FREEDOM, dimension, new SplittableRandom(seed));
  }

  /** Others like the image embeddings of a seed, and none of them. */
  static SyntheticVectors queries(int clusters, int dimension, long seed) {
    return new SyntheticVectors(visual(clusters, dimension, seed), new SplittableRandom(~seed));
  }

  /** Like graph embeddings. */
  static SyntheticVectors network(int clusters, int dimension, long seed) {
    return new SyntheticVectors(clusters, dimension, 0, new SplittableRandom(seed));
  }

  float[] next() {
    return next(random.nextInt(centres.length));
  }

  /** The cluster of the vector given last. */
  int cluster() {
    return cluster;
  }

  /** A vector of one cluster. */
  float[] next(int ofCluster) {
    this.cluster = ofCluster;
    float[] point = centres[ofCluster].clone();
    boolean unit = layer.length == 0;
    for (int i = 0; i < point.length; i++) {
      point[i] += (float) (random.nextGaussian() * (unit ? 0.5 : SPREAD));
    }
    return unit ? unit(point) : activations(point);
  }

  private float[] activations(float[] point) {
    float[] vector = new float[layer.length];
    for (int i = 0; i < vector.length; i++) {
      double sum = BIAS + random.nextGaussian() * OWN_NOISE;
      float[] weights = layer[i];
      for (int j = 0; j < point.length; j++) {
        sum += weights[j] * point[j];
      }
      vector[i] = (float) Math.max(0, sum);
    }
    return vector;
  }

  private static float[] unit(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    float length = (float) Math.sqrt(squares);
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= length;
    }
    return vector;
  }
}
