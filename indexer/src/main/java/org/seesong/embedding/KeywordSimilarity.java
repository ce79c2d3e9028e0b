package org.seesong.embedding;

import java.util.Arrays;
import org.seesong.graph.Graph;
import org.seesong.vector.FloatMatrix;

/**
 * How alike keywords are, and a root of it.
 *
 * <p>Keywords k and l are as alike as their columns over the songs: with x_s the song's row of
 * weights at unit length,
 *
 * <pre>
 * C_kl = sum over s of x_sk x_sl / sqrt(sum of x_sk^2 * sum of x_sl^2)
 * S_kl = cosine of the keywords' concept vectors; where one has none, 0 and 1 on the diagonal
 * M    = (1 - a - b) I + a C + b S      1 on the diagonal, positive definite for a + b below 1
 * M    = L L^T                          L lower triangular (Cholesky)
 * </pre>
 *
 * <p>Distances in the similarity M are Euclidean distances of rows times L: (x - y) M (x - y)^T =
 * |(x - y) L|^2. Every root of M gives the same distances; Cholesky's costs a third of keywords^3
 * multiplications and needs no iteration, where the symmetric root needs all eigenvectors. A
 * keyword without songs is like itself only.
 */
final class KeywordSimilarity {
  /** Part of a diagonal element below which a sum of thousands of doubles means nothing. */
  private static final double ROUNDING = 1e-12;

  private final int size;
  private final double[] root;

  private KeywordSimilarity(int size, double[] root) {
    this.size = size;
    this.root = root;
  }

  static KeywordSimilarity of(Graph graph, ClosedFormOptions options) {
    int size = graph.keywords();
    double[] similarity = cooccurrence(graph, options.weightExponent());
    toCosines(similarity, size);
    double[] concepts = concepts(graph.concepts(), size);
    double share = options.cooccurrence();
    for (int at = 0; at < similarity.length; at++) {
      boolean diagonal = at / size == at % size;
      double other = concepts.length == 0 ? 0 : options.concepts() * concepts[at];
      similarity[at] = diagonal ? 1 : share * similarity[at] + other;
    }
    cholesky(similarity, size);
    return new KeywordSimilarity(size, similarity);
  }

  /** Divides products by the lengths on the diagonal. */
  private static void toCosines(double[] products, int size) {
    double[] lengths = new double[size];
    for (int k = 0; k < size; k++) {
      lengths[k] = Math.sqrt(products[k * size + k]);
    }
    for (int at = 0; at < products.length; at++) {
      double both = lengths[at / size] * lengths[at % size];
      products[at] = both > 0 ? products[at] / both : 0;
    }
  }

  private static double[] concepts(FloatMatrix vectors, int size) {
    if (vectors.rows() == 0) {
      return new double[0];
    }
    double[] products = new double[size * size];
    int dimension = vectors.dimension();
    float[] data = vectors.data();
    for (int k = 0; k < size; k++) {
      for (int l = 0; l <= k; l++) {
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
          sum += (double) data[k * dimension + i] * data[l * dimension + i];
        }
        products[k * size + l] = sum;
        products[l * size + k] = sum;
      }
    }
    toCosines(products, size);
    return products;
  }

  private static double[] cooccurrence(Graph graph, double weightExponent) {
    int size = graph.keywords();
    double[] sums = new double[size * size];
    for (int song = 0; song < graph.songs(); song++) {
      int start = graph.rowStart(song);
      int end = graph.rowStart(song + 1);
      double[] weights = new double[end - start];
      double squares = 0;
      for (int i = start; i < end; i++) {
        double weight = StrictMath.pow(graph.weight(i), weightExponent);
        weights[i - start] = weight;
        squares += weight * weight;
      }
      for (int i = start; i < end; i++) {
        int row = (graph.target(i) - graph.songs()) * size;
        double weight = weights[i - start] / squares;
        for (int j = start; j < end; j++) {
          sums[row + graph.target(j) - graph.songs()] += weight * weights[j - start];
        }
      }
    }
    return sums;
  }

  /** Replaces a positive definite matrix by its lower root; the upper part becomes 0. */
  private static void cholesky(double[] m, int size) {
    for (int k = 0; k < size; k++) {
      for (int l = 0; l <= k; l++) {
        double sum = m[k * size + l];
        for (int i = 0; i < l; i++) {
          sum -= m[k * size + i] * m[l * size + i];
        }
        // Rounding may take the rest of a keyword that is nearly the same as others to 0 or below.
        double least = ROUNDING * m[k * size + l];
        m[k * size + l] = k == l ? Math.sqrt(Math.max(least, sum)) : sum / m[l * size + l];
      }
      Arrays.fill(m, k * size + k + 1, (k + 1) * size, 0);
    }
  }

  /** The root as rows that songs and pictures are sums of. */
  KeywordFactors factors(ClosedFormOptions options, double[] shares) {
    return new KeywordFactors(size, size, root, options.weightExponent(), shares, 0, false);
  }
}
