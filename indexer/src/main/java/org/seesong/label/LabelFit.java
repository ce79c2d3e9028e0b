package org.seesong.label;

import java.io.IOException;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import org.seesong.io.OrderedWork;
import org.seesong.keyword.KeywordRows;

/**
 * Fits a {@link RidgeClassifier}, which has the formulas, and predicts with it.
 *
 * <p>n labelled pictures cost n d^2 / 2 multiplications for G and again for h, and d^3 / 6 for the
 * root of M. Their vectors are read twice, for the mean and for the sums, and never held together:
 * memory is d^2 / 2 + keywords * d doubles and a tile of {@link #TILE_FLOATS}. All sums are in
 * doubles and each in the order of the pictures: the same bits everywhere.
 */
final class LabelFit {
  /** Floats of the labelled pictures that are in memory together: 16 MB. */
  private static final int TILE_FLOATS = 1 << 22;

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

  /** The upper root of M, once it is fitted: row i begins at the diagonal. */
  private double[][] root = {};

  private RidgeClassifier classifier = RidgeClassifier.none();

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
   * Fits.
   *
   * @param progress called with how many labelled pictures have been summed, now and then
   */
  static LabelFit of(
      KeywordRows own,
      PictureVectors vectors,
      int[] labelled,
      int keywords,
      int threads,
      LongConsumer progress)
      throws IOException, InterruptedException {
    return of(own, vectors, labelled, keywords, threads, progress, TILE_FLOATS);
  }

  /** With tiles of another size, for tests. */
  static LabelFit of(
      KeywordRows own,
      PictureVectors vectors,
      int[] labelled,
      int keywords,
      int threads,
      LongConsumer progress,
      int tileFloats)
      throws IOException, InterruptedException {
    LabelFit fit = new LabelFit(own, vectors, labelled, keywords);
    fit.run(threads, progress, tileFloats);
    return fit;
  }

  /** What predicts other pictures. */
  RidgeClassifier classifier() {
    return classifier;
  }

  /**
   * Predicts a picture, one with labels as if it had been left out. Safe for any number of threads.
   */
  float[] predict(int picture) throws IOException {
    float[] row = new float[dimension];
    if (!centred(picture, row)) {
      return new float[keywords];
    }
    double[] values = classifier.values(row);
    if (own.offsets()[picture] < own.offsets()[picture + 1]) {
      leaveOut(picture, row, values);
    }
    return RidgeClassifier.shares(values);
  }

  private void run(int threads, LongConsumer progress, int tileFloats)
      throws IOException, InterruptedException {
    double[][] m = new double[dimension][];
    for (int i = 0; i < dimension; i++) {
      m[i] = new double[dimension - i];
    }
    double[][] weights = new double[keywords][dimension];
    int floats = dimension + 2 * keywords; // a vector, and its labels in doubles
    int most = Math.max(1, Math.min(labelled.length, tileFloats / floats));
    float[][] rows = new float[most][dimension];
    int[] pictures = new int[most];
    int filled = 0;
    for (int i = 0; i < labelled.length; i++) {
      if (centred(labelled[i], rows[filled])) {
        pictures[filled++] = labelled[i];
      }
      if (filled == most || i == labelled.length - 1) {
        addTo(m, rows, filled, threads);
        addTo(weights, rows, pictures, filled, threads);
        filled = 0;
        progress.accept(i + 1L);
      }
    }
    root = root(m);
    for (double[] row : weights) {
      forward(root, row);
      backward(root, row);
    }
    classifier = new RidgeClassifier(mean, meanLabel, weights);
  }

  private boolean centred(int picture, float[] row) throws IOException {
    return vectors.read(picture, row) && RidgeClassifier.centre(row, mean);
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

  /** Adds x x^T of each row to the upper half of G. */
  private void addTo(double[][] m, float[][] rows, int filled, int threads)
      throws IOException, InterruptedException {
    // Threads divide the matrix' rows, not the pictures, so that every sum has one order. Some
    // rows together stay in the cache while the pictures of a tile go by.
    inParallel(
        (dimension + BAND - 1) / BAND,
        threads,
        band -> {
          int from = band * BAND;
          int to = Math.min(dimension, from + BAND);
          for (int r = 0; r < filled; r++) {
            for (int i = from; i < to; i++) {
              add(rows[r][i], rows[r], i, m[i]);
            }
          }
        });
  }

  private static void inParallel(int pieces, int threads, IntConsumer work)
      throws IOException, InterruptedException {
    OrderedWork.run(
        "seesong-classifier",
        threads,
        pieces,
        pieces,
        piece -> {
          work.accept(piece);
          return piece;
        },
        (done, piece) -> {});
  }

  /** Adds x (y - m) of each row, to a row a keyword. */
  private void addTo(double[][] weights, float[][] rows, int[] pictures, int filled, int threads)
      throws IOException, InterruptedException {
    double[][] labels = new double[filled][keywords];
    for (int r = 0; r < filled; r++) {
      addLabels(pictures[r], 1, labels[r]);
    }
    inParallel(
        keywords,
        threads,
        k -> {
          for (int r = 0; r < filled; r++) {
            double factor = labels[r][k] - meanLabel[k];
            if (factor != 0) {
              add(factor, rows[r], 0, weights[k]);
            }
          }
        });
  }

  /**
   * The upper root of M, in the array of G. Here and below whole rows are added to rows, which
   * processors do for several numbers at once; a sum in one number would wait for each addition.
   */
  private double[][] root(double[][] m) {
    double trace = 0;
    for (double[] row : m) {
      trace += row[0];
    }
    double ridge = LAMBDA * Math.max(Double.MIN_NORMAL, trace) / dimension;
    for (int i = 0; i < dimension; i++) {
      double[] row = m[i];
      row[0] += ridge;
      for (int k = 0; k < i; k++) {
        subtract(m[k][i - k], m[k], i - k, row, 0);
      }
      row[0] = Math.sqrt(Math.max(ridge * 1e-9, row[0]));
      for (int j = 1; j < row.length; j++) {
        row[j] /= row[0];
      }
    }
    return m;
  }

  private static void add(double factor, float[] row, int from, double[] sums) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += factor * row[from + j];
    }
  }

  /** Subtracts a row from another one, to the end of both. */
  private static void subtract(double factor, double[] row, int from, double[] sums, int at) {
    int count = sums.length - at;
    for (int j = 0; j < count; j++) {
      sums[at + j] -= factor * row[from + j];
    }
  }

  /** Solves L y = x. */
  private static void forward(double[][] root, double[] row) {
    for (int i = 0; i < row.length; i++) {
      row[i] /= root[i][0];
      subtract(row[i], root[i], 1, row, i + 1);
    }
  }

  /** Solves L^T x = y. */
  private static void backward(double[][] root, double[] row) {
    for (int i = row.length - 1; i >= 0; i--) {
      double sum = row[i];
      for (int k = row.length - 1; k > i; k--) {
        sum -= root[i][k - i] * row[k];
      }
      row[i] = sum / root[i][0];
    }
  }

  /** What would have been predicted without the picture. */
  private void leaveOut(int picture, float[] row, double[] values) {
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
