package org.seesong.index;

import java.util.List;
import java.util.SplittableRandom;
import org.apache.lucene.util.VectorUtil;

/**
 * Finds the directions in which vectors differ most: the leading principal components of a sample,
 * by a randomised range finder with power iterations (Halko, Martinsson and Tropp, Finding
 * Structure with Randomness, SIAM Review 2011, algorithm 4.4).
 *
 * <p>For m vectors of d numbers and w directions: about 6 m d w multiplications, 3 billion for
 * 1,024 vectors of 4,096 numbers and 128 directions. The same vectors give the same directions.
 */
final class SketchTraining {
  /** More power iterations than two change nothing that a search would notice. */
  private static final int ITERATIONS = 2;

  private static final long SEED = 0x5EE50;

  private final List<float[]> sample;
  private final float[] mean;

  SketchTraining(List<float[]> sample) {
    this.sample = sample;
    double[] sum = new double[sample.get(0).length];
    for (float[] vector : sample) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += vector[i];
      }
    }
    this.mean = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      mean[i] = (float) (sum[i] / sample.size());
    }
  }

  float[] mean() {
    return mean;
  }

  /**
   * What each number of a vector adds to each of some orthonormal directions, which are in no
   * order; the axes themselves if as many directions are asked for as there are.
   */
  float[][] layer(int width) {
    float[][] layer = new float[mean.length][width];
    if (width == mean.length) {
      for (int i = 0; i < width; i++) {
        layer[i][i] = 1;
      }
      return layer;
    }
    float[][] directions = directions(width);
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < mean.length; j++) {
        layer[j][i] = directions[i][j];
      }
    }
    return layer;
  }

  private float[][] directions(int width) {
    float[][] weights = new float[sample.size()][width];
    SplittableRandom random = new SplittableRandom(SEED);
    for (float[] row : weights) {
      for (int i = 0; i < width; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    float[][] directions = combine(weights, width);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      for (int row = 0; row < weights.length; row++) {
        for (int i = 0; i < width; i++) {
          weights[row][i] =
              VectorUtil.dotProduct(sample.get(row), directions[i])
                  - VectorUtil.dotProduct(mean, directions[i]);
        }
      }
      directions = combine(weights, width);
    }
    return directions;
  }

  /** Sums of the sample's vectors, less their mean, by weights; made orthonormal. */
  private float[][] combine(float[][] weights, int width) {
    float[][] sums = new float[width][mean.length];
    for (int i = 0; i < width; i++) {
      float total = 0;
      for (int row = 0; row < weights.length; row++) {
        add(sums[i], sample.get(row), weights[row][i]);
        total += weights[row][i];
      }
      add(sums[i], mean, -total);
    }
    orthonormalise(sums);
    return sums;
  }

  private static void add(float[] sum, float[] vector, float weight) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * vector[i];
    }
  }

  /** Gram-Schmidt, each row twice, which leaves rows orthogonal to rounding; spent rows are 0. */
  private static void orthonormalise(float[][] rows) {
    for (int i = 0; i < rows.length; i++) {
      double before = norm(rows[i]);
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < i; j++) {
          add(rows[i], rows[j], -VectorUtil.dotProduct(rows[i], rows[j]));
        }
        double left = norm(rows[i]);
        boolean spent = left <= before * 1e-4;
        for (int k = 0; k < rows[i].length; k++) {
          rows[i][k] = spent ? 0 : (float) (rows[i][k] / left);
        }
        before = 1;
        if (spent) {
          break;
        }
      }
    }
  }

  private static double norm(float[] row) {
    double squares = 0;
    for (float value : row) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }
}
