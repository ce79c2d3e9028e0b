package org.seesong.relevance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Logistic regression over standardised features with a ridge penalty (Hastie, Tibshirani and
 * Friedman, The Elements of Statistical Learning, 4.4). Immutable.
 *
 * @param means what is taken from each feature
 * @param scales what each feature is divided by then, above 0
 * @param weights weight of each standardised feature
 * @param intercept log odds where all features have their means
 */
public record LogisticRegression(
    List<Double> means, List<Double> scales, List<Double> weights, double intercept) {
  /** Inverse of the ridge penalty, chosen with keywords left out. */
  private static final double C = .5;

  private static final int MAX_STEPS = 100;
  private static final double CONVERGED = 1e-10;

  public LogisticRegression {
    means = List.copyOf(means);
    scales = List.copyOf(scales);
    weights = List.copyOf(weights);
    if (means.size() != weights.size() || scales.size() != weights.size()) {
      throw new IllegalArgumentException(
          "a regression needs a mean, a scale and a weight for each feature");
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
      sum += weights.get(i) * (features[i] - means.get(i)) / scales.get(i);
    }
    return 1 / (1 + StrictMath.exp(-sum));
  }

  /** Intercept and weights of the features as they are given, not standardised. */
  public List<Double> ofRawFeatures() {
    List<Double> raw = new ArrayList<>();
    double sum = intercept;
    for (int i = 0; i < weights.size(); i++) {
      double weight = weights.get(i) / scales.get(i);
      raw.add(weight);
      sum -= weight * means.get(i);
    }
    raw.add(0, sum);
    return List.copyOf(raw);
  }

  /**
   * Fits by Newton's method. The same examples give the same bits on every machine.
   *
   * @param rows {@code double[examples][features]}, at least one example
   * @param positive the class of each example
   */
  public static LogisticRegression fit(double[][] rows, boolean[] positive) {
    int width = rows[0].length;
    double[] means = new double[width];
    double[] scales = new double[width];
    for (int i = 0; i < width; i++) {
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
    double[] weights = new double[width + 1]; // the intercept is the last one
    double[] standard = new double[width + 1];
    standard[width] = 1;
    double largest = 1;
    for (int step = 0; step < MAX_STEPS && largest > CONVERGED; step++) {
      double[][] hessian = new double[width + 1][width + 2]; // the gradient is the last column
      for (int i = 0; i < width; i++) {
        hessian[i][i] = 1 / C;
        hessian[i][width + 1] = -weights[i] / C;
      }
      for (int row = 0; row < rows.length; row++) {
        double odds = weights[width];
        for (int i = 0; i < width; i++) {
          standard[i] = (rows[row][i] - means[i]) / scales[i];
          odds += weights[i] * standard[i];
        }
        double p = 1 / (1 + StrictMath.exp(-odds));
        double slope = Math.max(p * (1 - p), 1e-9);
        for (int i = 0; i <= width; i++) {
          hessian[i][width + 1] += ((positive[row] ? 1 : 0) - p) * standard[i];
          for (int j = 0; j <= width; j++) {
            hessian[i][j] += slope * standard[i] * standard[j];
          }
        }
      }
      double[] change = solve(hessian);
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
