package org.seesong.likeness;

import java.io.IOException;
import java.util.Arrays;
import org.seesong.keyword.KeywordRows;

/**
 * Fits a {@link LabelRegression}, which has the formulas, and foretells with it.
 *
 * <p>n labelled pictures cost n d^2 / 2 multiplications for G and again for h, and d^3 / 6 for the
 * root of M; memory is d^2 doubles. All sums are in doubles and in order: the same bits everywhere.
 */
final class LabelFit {
  private static final double LAMBDA = 0.1;

  /** Rows of the matrix that are summed together. */
  private static final int BAND = 16;

  private final KeywordRows own;
  private final PictureVectors vectors;
  private final int[] labelled;
  private final int keywords;
  private final int dimension;
  private final float[] mean;
  private final double[] meanLabel;

  private LabelFit(KeywordRows own, PictureVectors vectors, int[] labelled, int keywords)
      throws IOException {
    this.own = own;
    this.vectors = vectors;
    this.labelled = labelled;
    this.keywords = keywords;
    this.dimension = vectors.dimension();
    this.mean = new float[dimension];
    this.meanLabel = new double[keywords];
    double[] sum = new double[dimension];
    float[] row = new float[dimension];
    int seen = 0;
    for (int picture : labelled) {
      if (vectors.read(picture, row) && Direction.unit(row)) {
        seen++;
        for (int i = 0; i < dimension; i++) {
          sum[i] += row[i];
        }
        addLabels(picture, 1, meanLabel);
      }
    }
    for (int i = 0; i < dimension; i++) {
      mean[i] = (float) (sum[i] / Math.max(1, seen));
    }
    for (int k = 0; k < keywords; k++) {
      meanLabel[k] /= Math.max(1, seen);
    }
  }

  /**
   * What came of it.
   *
   * @param regression what foretells other pictures
   * @param foretold a row of shares for each picture, see {@link LabelRegression#foretell}; those
   *     of labelled pictures as if each had been left out
   */
  record Result(LabelRegression regression, float[][] foretold) {}

  /**
   * Fits.
   *
   * @param labelled pictures with labels
   * @param keywords how many keywords there are
   */
  static Result of(
      KeywordRows own, PictureVectors vectors, int[] labelled, int keywords, int threads)
      throws IOException, InterruptedException {
    return new LabelFit(own, vectors, labelled, keywords).run(threads);
  }

  private Result run(int threads) throws IOException, InterruptedException {
    float[][] rows = new float[labelled.length][];
    for (int i = 0; i < labelled.length; i++) {
      float[] row = new float[dimension];
      rows[i] = centred(labelled[i], row) ? row : null;
    }
    double[][] root = gram(rows, threads);
    LabelRegression regression = new LabelRegression(mean, meanLabel, weights(rows, root));
    float[][] foretold = new float[own.rows()][];
    Bands.each(
        own.rows(),
        threads,
        picture -> {
          float[] row = new float[dimension];
          if (centred(picture, row)) {
            double[] values = regression.values(row);
            if (own.offsets()[picture] < own.offsets()[picture + 1]) {
              leaveOut(picture, row, root, values);
            }
            foretold[picture] = LabelRegression.shares(values);
          } else {
            foretold[picture] = new float[keywords];
          }
        });
    return new Result(regression, foretold);
  }

  private boolean centred(int picture, float[] row) throws IOException {
    return vectors.read(picture, row) && LabelRegression.centre(row, mean);
  }

  /** Labels of a picture at sum 1, times a factor. */
  private void addLabels(int picture, double factor, double[] into) {
    double sum = 0;
    for (int i = own.offsets()[picture]; i < own.offsets()[picture + 1]; i++) {
      sum += own.weights()[i];
    }
    for (int i = own.offsets()[picture]; i < own.offsets()[picture + 1]; i++) {
      into[own.keywords()[i]] += factor * own.weights()[i] / sum;
    }
  }

  /** The lower root of M. */
  private double[][] gram(float[][] rows, int threads) throws IOException, InterruptedException {
    double[][] m = new double[dimension][];
    // Threads share out the matrix' rows, not the pictures, so that every sum has one order. Some
    // rows together stay in the cache while all pictures go by.
    Bands.each(
        (dimension + BAND - 1) / BAND,
        threads,
        band -> {
          int from = band * BAND;
          int to = Math.min(dimension, from + BAND);
          for (int i = from; i < to; i++) {
            m[i] = new double[i + 1];
          }
          for (float[] row : rows) {
            for (int i = from; i < to && row != null; i++) {
              add(row[i], row, m[i]);
            }
          }
        });
    double trace = 0;
    for (int i = 0; i < dimension; i++) {
      trace += m[i][i];
    }
    double ridge = LAMBDA * Math.max(Double.MIN_NORMAL, trace) / dimension;
    for (int i = 0; i < dimension; i++) {
      m[i][i] += ridge;
    }
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = m[i][j];
        for (int k = 0; k < j; k++) {
          sum -= m[i][k] * m[j][k];
        }
        m[i][j] = i == j ? Math.sqrt(Math.max(ridge * 1e-9, sum)) : sum / m[j][j];
      }
    }
    return m;
  }

  private static void add(double factor, float[] row, double[] sums) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += factor * row[j];
    }
  }

  /** M^-1 sum of x (y - m), a row a keyword. */
  private double[][] weights(float[][] rows, double[][] root) {
    double[][] weights = new double[keywords][dimension];
    double[] labels = new double[keywords];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] != null) {
        Arrays.fill(labels, 0);
        addLabels(labelled[i], 1, labels);
        for (int k = 0; k < keywords; k++) {
          double factor = labels[k] - meanLabel[k];
          if (factor != 0) {
            for (int j = 0; j < dimension; j++) {
              weights[k][j] += factor * rows[i][j];
            }
          }
        }
      }
    }
    for (double[] row : weights) {
      forward(root, row);
      backward(root, row);
    }
    return weights;
  }

  private static void forward(double[][] root, double[] row) {
    for (int i = 0; i < row.length; i++) {
      double sum = row[i];
      for (int k = 0; k < i; k++) {
        sum -= root[i][k] * row[k];
      }
      row[i] = sum / root[i][i];
    }
  }

  private static void backward(double[][] root, double[] row) {
    for (int i = row.length - 1; i >= 0; i--) {
      row[i] /= root[i][i];
      for (int k = 0; k < i; k++) {
        row[k] -= root[i][k] * row[i];
      }
    }
  }

  /** What would have been foretold without the picture. */
  private void leaveOut(int picture, float[] row, double[][] root, double[] values) {
    double[] solved = new double[dimension];
    for (int i = 0; i < dimension; i++) {
      solved[i] = row[i];
    }
    forward(root, solved);
    double leverage = 0;
    for (double x : solved) {
      leverage += x * x;
    }
    double rest = Math.max(1e-3, 1 - leverage);
    double[] labels = new double[keywords];
    addLabels(picture, 1, labels);
    for (int k = 0; k < keywords; k++) {
      values[k] = labels[k] - (labels[k] - values[k]) / rest;
    }
  }
}
