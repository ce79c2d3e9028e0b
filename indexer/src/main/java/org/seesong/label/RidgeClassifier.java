package org.seesong.label;

/**
 * Predicts the keywords of pictures from their image embeddings by ridge regression, and those of
 * labelled pictures as if each had been left out.
 *
 * <p>With x the direction of a picture's vector less the mean over labelled pictures, y its labels
 * brought to sum 1 and m their mean, d dimensions:
 *
 * <pre>
 * G = sum of x x^T                       over labelled pictures
 * M = G + lambda trace(G) / d I          lambda = 0.1
 * f(x) = m + x M^-1 sum of x (y - m)
 * h(x) = x M^-1 x^T
 * labelled    y - (y - f(x)) / (1 - h(x))      the value without the picture in the sums
 * </pre>
 *
 * <p>The last line (leave-one-out by PRESS) is exact for the mean vector, the mean label and the
 * ridge of all labelled pictures; in those three the picture itself keeps its part.
 *
 * <p>Values below 0 count as 0 and the rest is brought to sum 1.
 *
 * <p>Immutable; 8 bytes * keywords * dimensions.
 */
public final class RidgeClassifier {
  /** Beyond this the matrix takes more than half a gigabyte. */
  static final int MAX_DIMENSION = 8192;

  private static final RidgeClassifier NONE =
      new RidgeClassifier(new float[0], new double[0], new double[0][]);

  private final float[] mean;
  private final double[] meanLabel;

  /** M^-1 sum of x (y - m), a row a keyword. */
  private final double[][] weights;

  RidgeClassifier(float[] mean, double[] meanLabel, double[][] weights) {
    this.mean = mean;
    this.meanLabel = meanLabel;
    this.weights = weights;
  }

  /** Predicts nothing. */
  public static RidgeClassifier none() {
    return NONE;
  }

  /** Number of keywords; 0 if it predicts nothing. */
  public int keywords() {
    return weights.length;
  }

  /** Dimension of the image embeddings; 0 if it predicts nothing. */
  public int dimension() {
    return mean.length;
  }

  /**
   * Predicts the keywords of a picture that was not among the labelled ones.
   *
   * @param row the picture's vector; used as scratch space
   * @return a share for each keyword, adding up to 1, or all 0 where the vector has no direction
   */
  float[] predict(float[] row) {
    return centre(row, mean) ? shares(values(row)) : new float[keywords()];
  }

  /** Brings a vector to its direction less the mean; false if it has none. */
  static boolean centre(float[] row, float[] mean) {
    if (!Direction.unit(row)) {
      return false;
    }
    for (int i = 0; i < mean.length; i++) {
      row[i] -= mean[i];
    }
    return true;
  }

  /** f of a centred row. */
  double[] values(float[] row) {
    double[] values = meanLabel.clone();
    for (int k = 0; k < values.length; k++) {
      for (int j = 0; j < mean.length; j++) {
        values[k] += weights[k][j] * row[j];
      }
    }
    return values;
  }

  static float[] shares(double[] values) {
    float[] shares = new float[values.length];
    double sum = 0;
    for (double value : values) {
      sum += Math.max(0, value);
    }
    for (int k = 0; k < shares.length && sum > 0; k++) {
      shares[k] = (float) (Math.max(0, values[k]) / sum);
    }
    return shares;
  }

  float[] mean() {
    return mean;
  }

  double[] meanLabel() {
    return meanLabel;
  }

  double[][] weights() {
    return weights;
  }
}
