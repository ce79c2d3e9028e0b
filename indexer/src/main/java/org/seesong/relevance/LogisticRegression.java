package org.seesong.relevance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Logistic regression with a ridge penalty (Hastie, Tibshirani and Friedman, The Elements of
 * Statistical Learning, 4.4). The first features are standardised; those behind them, of one scale
 * already, are taken as they are. Immutable.
 *
 * @param means what is taken from each of the first features
 * @param scales what each of them is divided by then, above 0
 * @param weights weight of each feature
 * @param intercept log odds where the first features have their means and the others are 0
 */
public record LogisticRegression(
    List<Double> means, List<Double> scales, List<Double> weights, double intercept) {
  /** Inverse of the ridge penalty, chosen with keywords left out. */
  private static final double C = .5;

  private static final int MAX_STEPS = 100;

  /** Examples whose products are summed together. */
  private static final int BLOCK = 16;

  private static final double CONVERGED = 1e-10;

  public LogisticRegression {
    means = List.copyOf(means);
    scales = List.copyOf(scales);
    weights = List.copyOf(weights);
    if (scales.size() != means.size() || weights.size() < means.size()) {
      throw new IllegalArgumentException(
          "a regression needs a mean, a scale and a weight for each standardised feature");
    }
  }

  /**
   * Probability of the positive class, 0 to 1.
   *
   * @throws IllegalArgumentException if there are more or fewer features than fitted
   */
  public double probability(double[] features) {
    if (features.length != weights.size()) {
      throw new IllegalArgumentException(
          "expected " + weights.size() + " features; got: " + features.length);
    }
    double sum = intercept;
    for (int i = 0; i < features.length; i++) {
      sum += weights.get(i) * standardised(features[i], i);
    }
    return 1 / (1 + StrictMath.exp(-sum));
  }

  private double standardised(double feature, int i) {
    return i < means.size() ? (feature - means.get(i)) / scales.get(i) : feature;
  }

  /** Intercept and weights of the features as they are given, not standardised. */
  public List<Double> ofRawFeatures() {
    List<Double> raw = new ArrayList<>();
    double sum = intercept;
    for (int i = 0; i < weights.size(); i++) {
      boolean standardised = i < means.size();
      double weight = standardised ? weights.get(i) / scales.get(i) : weights.get(i);
      raw.add(weight);
      sum -= standardised ? weight * means.get(i) : 0;
    }
    raw.add(0, sum);
    return List.copyOf(raw);
  }

  /** Fits to features that are all standardised, as below. */
  public static LogisticRegression fit(double[][] rows, boolean[] positive) {
    return fit(rows, positive, rows[0].length);
  }

  /**
   * Fits by Newton's method. The same examples give the same bits on every machine.
   *
   * @param rows {@code double[examples][features]}, at least one example
   * @param positive the class of each example
   * @param standardised how many of the features are to be, the first ones
   */
  public static LogisticRegression fit(double[][] rows, boolean[] positive, int standardised) {
    int width = rows[0].length;
    double[] means = new double[standardised];
    double[] scales = new double[standardised];
    for (int i = 0; i < standardised; i++) {
      int feature = i;
      means[i] = Arrays.stream(rows).mapToDouble(row -> row[feature]).average().orElseThrow();
      double mean = means[i];
      double variance =
          Arrays.stream(rows)
              .mapToDouble(row -> (row[feature] - mean) * (row[feature] - mean))
              .average()
              .orElseThrow();
      scales[i] = variance > 0 ? Math.sqrt(variance) : 1;
    }
    double[][] features = new double[rows.length][width + 1]; // 1 for the intercept is the last
    for (int row = 0; row < rows.length; row++) {
      for (int i = 0; i < width; i++) {
        features[row][i] = i < standardised ? (rows[row][i] - means[i]) / scales[i] : rows[row][i];
      }
      features[row][width] = 1;
    }
    double[] weights = new double[width + 1];
    double largest = 1;
    for (int step = 0; step < MAX_STEPS && largest > CONVERGED; step++) {
      double[] change = solve(system(features, positive, weights));
      largest = 0;
      for (int i = 0; i <= width; i++) {
        weights[i] += change[i];
        largest = Math.max(largest, Math.abs(change[i]));
      }
    }
    return new LogisticRegression(
        Arrays.stream(means).boxed().toList(),
        Arrays.stream(scales).boxed().toList(),
        Arrays.stream(weights, 0, width).boxed().toList(),
        weights[width]);
  }

  /** Hessian of the penalised log likelihood at some weights; its gradient is the last column. */
  private static double[][] system(double[][] features, boolean[] positive, double[] weights) {
    int size = weights.length;
    double[][] hessian = new double[size][size + 1];
    for (int i = 0; i < size - 1; i++) {
      hessian[i][i] = 1 / C;
      hessian[i][size] = -weights[i] / C;
    }
    double[] errors = new double[features.length];
    double[] slopes = new double[features.length];
    for (int row = 0; row < features.length; row++) {
      double odds = 0;
      for (int i = 0; i < size; i++) {
        odds += weights[i] * features[row][i];
      }
      double p = 1 / (1 + StrictMath.exp(-odds));
      errors[row] = (positive[row] ? 1 : 0) - p;
      slopes[row] = Math.max(p * (1 - p), 1e-9);
    }
    for (int start = 0; start < features.length; start += BLOCK) { // a block stays in the cache
      int end = Math.min(features.length, start + BLOCK);
      for (int i = 0; i < size; i++) {
        for (int row = start; row < end; row++) {
          hessian[i][size] += errors[row] * features[row][i];
          addProducts(hessian[i], slopes[row] * features[row][i], features[row], i);
        }
      }
    }
    mirror(hessian);
    return hessian;
  }

  private static void addProducts(double[] sums, double factor, double[] features, int from) {
    for (int i = from; i < features.length; i++) {
      sums[i] += factor * features[i];
    }
  }

  /** Copies what stands above the diagonal to below it. */
  private static void mirror(double[][] symmetric) {
    for (int row = 1; row < symmetric.length; row++) {
      for (int column = 0; column < row; column++) {
        symmetric[row][column] = symmetric[column][row];
      }
    }
  }

  /** Solves a positive definite system whose right side is the last column, by elimination. */
  private static double[] solve(double[][] system) {
    int size = system.length;
    for (int pivot = 0; pivot < size; pivot++) {
      for (int row = pivot + 1; row < size; row++) {
        double factor = system[row][pivot] / system[pivot][pivot];
        for (int column = pivot; column <= size; column++) {
          system[row][column] -= factor * system[pivot][column];
        }
      }
    }
    double[] solution = new double[size];
    for (int row = size - 1; row >= 0; row--) {
      double sum = system[row][size];
      for (int column = row + 1; column < size; column++) {
        sum -= system[row][column] * solution[column];
      }
      solution[row] = sum / system[row][row];
    }
    return solution;
  }
}
