package org.seesong.embedding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seesong.graph.Graph;
import org.seesong.vector.FloatMatrix;

/**
 * Fits one vector for each keyword, and a bias vector, such that the weighted sums of {@link
 * KeywordFactors} approximate the trained vectors of songs and pictures.
 *
 * <p>With x_v the vertex' weights to a power and a 1 for what all have in common, u_v its trained
 * vector, the rows B minimise
 *
 * <pre>
 * sum over v of |x_v B / sqrt(1 + |x_v B|^2) - u_v|^2 + {@value #RIDGE} |B|^2
 * </pre>
 *
 * <p>The root is the length of a sum together with a part of unit length, across it, that is the
 * vertex' own; so B comes out in multiples of that part, and vertices of little weight keep much of
 * their own. Solved in a few rounds that take the root from the round before, each a linear problem
 * solved by conjugate gradients with a diagonal preconditioner: time edges * dimension, no table of
 * keyword pairs, any number of keywords. Of a few powers the one with the least error is taken;
 * below 1 it says that sigmoids saturate at keywords that a vertex knows well. Everything has a
 * fixed order: the same vectors give the same bits.
 */
final class FactorFit {
  private static final double RIDGE = 1e-3;

  private static final double[] POWERS = {0.25, 0.5, 0.75, 1};

  /** More edges than this tell no more about a keyword; vertices are then taken at equal steps. */
  private static final int MAX_EDGES = 500_000;

  /** For the choice of the power. */
  private static final int FEW_EDGES = 50_000;

  private static final int MAX_ITERATIONS = 30;

  private static final int ROUNDS = 3;

  /** Of the squared residual that is left. */
  private static final double TOLERANCE = 1e-8;

  /** One more than the graph's: the last is what all have in common. */
  private final int keywords;

  private final int dimension;
  private final FloatMatrix vectors;
  private final List<Row> rows = new ArrayList<>();

  /** The keywords of a vertex, their weights, and where its vector stands. */
  private record Row(int[] keywords, double[] weights, float[] targets, int at) {}

  /** What each row's weights are multiplied by in the linear problem. */
  private double[] scales = new double[0];

  private FactorFit(Graph graph, FloatMatrix vectors, double power, int maxEdges) {
    keywords = graph.keywords() + 1;
    dimension = vectors.dimension();
    this.vectors = vectors;
    int step = Math.max(1, (int) (((long) graph.edges() + maxEdges - 1) / maxEdges));
    for (int song = 0; song < graph.songs(); song += step) {
      addRow(graph, song, power);
    }
    for (int picture = 0; picture < graph.pictures(); picture += step) {
      addRow(graph, graph.pictureVertex(picture), power);
    }
  }

  private void addRow(Graph graph, int vertex, double power) {
    int start = graph.rowStart(vertex);
    int size = graph.rowStart(vertex + 1) - start;
    if (size == 0) {
      return;
    }
    int[] words = new int[size + 1];
    double[] weights = new double[size + 1];
    words[size] = keywords - 1;
    weights[size] = 1;
    for (int i = 0; i < size; i++) {
      words[i] = graph.target(start + i) - graph.songs();
      weights[i] = KeywordFactors.power(graph.weight(start + i), power);
    }
    rows.add(new Row(words, weights, vectors.block(vertex), vectors.at(vertex)));
  }

  static KeywordFactors fit(Graph graph, FloatMatrix vectors) {
    double best = 1;
    double least = Double.POSITIVE_INFINITY;
    for (double power : POWERS) {
      FactorFit fit = new FactorFit(graph, vectors, power, FEW_EDGES);
      double error = fit.error(fit.rounds());
      if (error < least) {
        least = error;
        best = power;
      }
    }
    double[] basis = new FactorFit(graph, vectors, best, MAX_EDGES).rounds();
    return new KeywordFactors(graph.keywords(), vectors.dimension(), basis, best, 0, true);
  }

  private double[] rounds() {
    scales = new double[rows.size()];
    for (int r = 0; r < scales.length; r++) {
      double squares = 0;
      for (double weight : rows.get(r).weights) {
        squares += weight * weight;
      }
      scales[r] = 1 / Math.sqrt(squares);
    }
    double[] basis = solve(new double[keywords * dimension]);
    stretch(basis);
    for (int round = 0; round < ROUNDS; round++) {
      for (int r = 0; r < scales.length; r++) {
        scales[r] = 1 / Math.sqrt(1 + squaredLength(rows.get(r), basis));
      }
      basis = solve(basis);
    }
    return basis;
  }

  /** The first guess has the right directions; of a few lengths takes the one with least error. */
  private void stretch(double[] basis) {
    double factor = 1;
    double least = Double.POSITIVE_INFINITY;
    for (double stretch = 1.0 / 1024; stretch <= 1024; stretch *= 2) {
      double error = 0;
      double[] product = new double[dimension];
      for (Row row : rows) {
        error += error(row, basis, stretch, product);
      }
      if (error < least) {
        least = error;
        factor = stretch;
      }
    }
    for (int at = 0; at < basis.length; at++) {
      basis[at] *= factor;
    }
  }

  private double squaredLength(Row row, double[] basis) {
    double[] product = new double[dimension];
    multiply(row, 1, basis, product);
    double squares = 0;
    for (double x : product) {
      squares += x * x;
    }
    return squares;
  }

  private double error(double[] basis) {
    double error = 0;
    double[] product = new double[dimension];
    for (Row row : rows) {
      error += error(row, basis, 1, product);
    }
    return error;
  }

  private double error(Row row, double[] basis, double stretch, double[] product) {
    multiply(row, stretch, basis, product);
    double squares = 1;
    for (double x : product) {
      squares += x * x;
    }
    double scale = 1 / Math.sqrt(squares);
    double error = 0;
    for (int d = 0; d < dimension; d++) {
      double off = scale * product[d] - row.targets[row.at + d];
      error += off * off;
    }
    return error;
  }

  /**
   * Conjugate gradients for all dimensions side by side, each with its own steps. Rows of keywords
   * without edges stay 0.
   */
  private double[] solve(double[] start) {
    double[] diagonal = new double[keywords];
    double[] residual = new double[keywords * dimension];
    Arrays.fill(diagonal, RIDGE);
    for (int r = 0; r < scales.length; r++) {
      Row row = rows.get(r);
      for (int i = 0; i < row.weights.length; i++) {
        double weight = scales[r] * row.weights[i];
        diagonal[row.keywords[i]] += weight * weight;
        int at = row.keywords[i] * dimension;
        for (int d = 0; d < dimension; d++) {
          residual[at + d] += weight * row.targets[row.at + d];
        }
      }
    }
    double first = sum(products(residual, divided(residual, diagonal)));
    double[] solution = start.clone();
    double[] known = image(start);
    for (int at = 0; at < residual.length; at++) {
      residual[at] -= known[at];
    }
    double[] scaled = divided(residual, diagonal);
    double[] direction = scaled.clone();
    double[] size = products(residual, scaled);
    for (int i = 0; i < MAX_ITERATIONS && sum(size) > TOLERANCE * first; i++) {
      double[] image = image(direction);
      double[] step = ratios(size, products(direction, image));
      add(solution, direction, step, 1);
      add(residual, image, step, -1);
      scaled = divided(residual, diagonal);
      double[] next = products(residual, scaled);
      double[] keep = ratios(next, size);
      for (int at = 0; at < direction.length; at++) {
        direction[at] = scaled[at] + keep[at % dimension] * direction[at];
      }
      size = next;
    }
    return solution;
  }

  /** (X^T X + ridge) times a matrix. */
  private double[] image(double[] matrix) {
    double[] image = new double[matrix.length];
    for (int at = 0; at < image.length; at++) {
      image[at] = RIDGE * matrix[at];
    }
    double[] product = new double[dimension];
    for (int r = 0; r < scales.length; r++) {
      Row row = rows.get(r);
      multiply(row, scales[r], matrix, product);
      for (int i = 0; i < row.weights.length; i++) {
        double weight = scales[r] * row.weights[i];
        int at = row.keywords[i] * dimension;
        for (int d = 0; d < dimension; d++) {
          image[at + d] += weight * product[d];
        }
      }
    }
    return image;
  }

  private void multiply(Row row, double scale, double[] matrix, double[] product) {
    Arrays.fill(product, 0);
    for (int i = 0; i < row.weights.length; i++) {
      double weight = scale * row.weights[i];
      int at = row.keywords[i] * dimension;
      for (int d = 0; d < dimension; d++) {
        product[d] += weight * matrix[at + d];
      }
    }
  }

  private double[] divided(double[] matrix, double[] diagonal) {
    double[] result = new double[matrix.length];
    for (int at = 0; at < matrix.length; at++) {
      result[at] = matrix[at] / diagonal[at / dimension];
    }
    return result;
  }

  private double[] products(double[] a, double[] b) {
    double[] sums = new double[dimension];
    for (int at = 0; at < a.length; at++) {
      sums[at % dimension] += a[at] * b[at];
    }
    return sums;
  }

  private static double[] ratios(double[] a, double[] b) {
    double[] result = new double[a.length];
    for (int d = 0; d < a.length; d++) {
      result[d] = b[d] > 0 ? a[d] / b[d] : 0;
    }
    return result;
  }

  private void add(double[] to, double[] direction, double[] step, int sign) {
    for (int at = 0; at < to.length; at++) {
      to[at] += sign * step[at % dimension] * direction[at];
    }
  }

  private static double sum(double[] numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return sum;
  }
}
