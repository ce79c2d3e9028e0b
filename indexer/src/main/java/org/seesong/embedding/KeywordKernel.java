package org.seesong.embedding;

import java.util.Arrays;
import org.seesong.graph.Graph;

/**
 * How alike keywords are, and a root of it.
 *
 * <p>Keywords k and l are as alike as their columns over the songs: with x_s the song's row of
 * weights at unit length,
 *
 * <pre>
 * C_kl = sum over s of x_sk x_sl / sqrt(sum of x_sk^2 * sum of x_sl^2)
 * M    = (1 - share) I + share C        1 on the diagonal, positive definite for a share below 1
 * M    = L L^T                          L lower triangular (Cholesky)
 * </pre>
 *
 * <p>Distances in the likeness M are Euclidean distances of rows times L: (x - y) M (x - y)^T = |(x
 * - y) L|^2. Every root of M gives the same distances; Cholesky's costs a third of keywords^3
 * multiplications and needs no iteration, where the symmetric root needs all eigenvectors. A
 * keyword without songs is like itself only.
 */
final class KeywordKernel {
  private final int size;
  private final double[] root;

  private KeywordKernel(int size, double[] root) {
    this.size = size;
    this.root = root;
  }

  static KeywordKernel of(Graph graph, double weightExponent, double share) {
    int size = graph.keywords();
    double[] likeness = cooccurrence(graph, weightExponent);
    double[] lengths = new double[size];
    for (int k = 0; k < size; k++) {
      lengths[k] = Math.sqrt(likeness[k * size + k]);
    }
    for (int k = 0; k < size; k++) {
      for (int l = 0; l < size; l++) {
        double lengthsOfBoth = lengths[k] * lengths[l];
        double cosine = lengthsOfBoth > 0 ? likeness[k * size + l] / lengthsOfBoth : 0;
        likeness[k * size + l] = k == l ? 1 : share * cosine;
      }
    }
    cholesky(likeness, size);
    return new KeywordKernel(size, likeness);
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
        assert k != l || sum > 0 : sum;
        m[k * size + l] = k == l ? Math.sqrt(sum) : sum / m[l * size + l];
      }
      Arrays.fill(m, k * size + k + 1, (k + 1) * size, 0);
    }
  }

  /** The root as rows that songs and pictures are sums of. */
  KeywordBasis basis(double exponent, double evidence) {
    return new KeywordBasis(size, size, root, exponent, evidence, false);
  }
}
