package org.seesong.knn;

import java.util.SplittableRandom;
import org.apache.lucene.util.VectorUtil;

/**
 * The directions in which vectors differ most: leading principal components of a sample, by a
 * randomised range finder with power iterations (Halko, Martinsson and Tropp, Finding Structure
 * with Randomness, SIAM Review 2011, algorithm 4.4).
 *
 * <p>For m vectors of d numbers and w components: about 6 m d w multiplications. The same sample
 * gives the same components.
 */
final class PrincipalComponents {
  /** More power iterations change nothing that a search would notice. */
  private static final int ITERATIONS = 2;

  private static final long SEED = 0x5EE50;

  private final float[][] sample;
  private final float[] mean;

  PrincipalComponents(float[][] sample) {
    this.sample = sample;
    double[] sum = new double[sample[0].length];
    for (float[] vector : sample) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += vector[i];
      }
    }
    this.mean = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      mean[i] = (float) (sum[i] / sample.length);
    }
  }

  /**
   * A projection on so many orthonormal directions, in no order; on the axes themselves if there
   * are as many as the vectors have numbers.
   */
  Projection projection(int components) {
    float[][] weights = new float[mean.length][components];
    if (components == mean.length) {
      for (int i = 0; i < components; i++) {
        weights[i][i] = 1;
      }
      return new Projection(mean, weights);
    }
    float[][] directions = directions(components);
    for (int i = 0; i < components; i++) {
      for (int j = 0; j < mean.length; j++) {
        weights[j][i] = directions[i][j];
      }
    }
    return new Projection(mean, weights);
  }

  private float[][] directions(int components) {
    float[][] weights = new float[sample.length][components];
    SplittableRandom random = new SplittableRandom(SEED);
    for (float[] row : weights) {
      for (int i = 0; i < components; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    float[][] directions = combine(weights, components);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      for (int row = 0; row < weights.length; row++) {
        for (int i = 0; i < components; i++) {
          weights[row][i] =
              VectorUtil.dotProduct(sample[row], directions[i])
                  - VectorUtil.dotProduct(mean, directions[i]);
        }
      }
      directions = combine(weights, components);
    }
    return directions;
  }

  /** Weighted sums of the sample's vectors, less their mean; made orthonormal. */
  private float[][] combine(float[][] weights, int components) {
    float[][] sums = new float[components][mean.length];
    for (int i = 0; i < components; i++) {
      float total = 0;
      for (int row = 0; row < weights.length; row++) {
        add(sums[i], sample[row], weights[row][i]);
        total += weights[row][i];
      }
      add(sums[i], mean, -total);
    }
    orthonormalize(sums);
    return sums;
  }

  private static void add(float[] sum, float[] vector, float weight) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * vector[i];
    }
  }

  /**
   * Gram-Schmidt, each row twice, which leaves rows orthogonal to rounding; spent rows become 0.
   */
  private static void orthonormalize(float[][] rows) {
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
