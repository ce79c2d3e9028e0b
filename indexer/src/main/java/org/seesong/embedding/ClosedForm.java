package org.seesong.embedding;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.seesong.graph.Graph;
import org.seesong.vector.FloatMatrix;

/**
 * A closed form: no sampling, no seed, and a vertex' vector depends on its own edges and on
 * statistics of keywords only.
 *
 * <p>With w the vertex' weights over keywords (to a power), or their {@link RowWeighting#PPMI}, and
 * L a root of the similarity of keywords, see {@link KeywordSimilarity}, r = w L is its row. Then
 *
 * <pre>
 * pictures and keywords   (r / |r|, 0)
 * songs                   (r / m, sqrt(1 - |r|^2 / m^2))    m = greatest |r| of a song
 * </pre>
 *
 * <p>All have unit length, and a song lies the nearer to a picture the greater the inner product of
 * their rows. Cosines would put a song first that holds the picture's keyword and nothing else,
 * however weakly; an inner product asks only for its weight there.
 *
 * <p>Factorisations of such a matrix lose much when cut below the number of keywords (rank
 * correlation of distances from .997 to .77), so a vector has at least one dimension more than
 * there are keywords; further ones are 0.
 *
 * <p>Time is songs * (keywords of a song)^2 + keywords^3 / 3 + edges * keywords.
 */
final class ClosedForm {
  /** Beyond this the table of keyword pairs and its root take minutes and gigabytes. */
  private static final int MAX_KEYWORDS = 4096;

  private static final int BLOCK = 4096;

  private ClosedForm() {}

  static int dimension(Graph graph, ClosedFormOptions options) {
    if (graph.keywords() > MAX_KEYWORDS) {
      throw new IllegalArgumentException(
          "the embedding 'closed-form' takes a dimension for each keyword, at most "
              + MAX_KEYWORDS
              + "; the graph has "
              + graph.keywords()
              + " keywords; choose fewer keywords or another embedding");
    }
    return Math.max(options.dimension(), graph.keywords() + 1);
  }

  static FloatMatrix train(Graph graph, ClosedFormOptions options, LongConsumer progress)
      throws InterruptedException {
    Objects.requireNonNull(progress, "progress");
    RowMemory.check(graph.vertices(), dimension(graph, options), 1);
    FloatMatrix matrix = FloatMatrix.large(graph.vertices(), dimension(graph, options));
    KeywordFactors factors = factors(graph, options);
    double[] row = new double[factors.width()];
    for (int v = 0; v < graph.vertices(); v++) {
      if (v % BLOCK == 0) {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted at vertex " + v);
        }
        progress.accept(v);
      }
      if (v >= graph.songs() && v < graph.songs() + graph.keywords()) {
        if (!graph.isIsolated(v)) {
          Arrays.fill(row, 0);
          factors.add(row, v - graph.songs(), 1);
          KeywordFactors.write(row, matrix.block(v), matrix.at(v));
        }
      } else {
        factors.writeVector(graph, v, v < graph.songs(), row, matrix.block(v), matrix.at(v));
      }
    }
    progress.accept(graph.vertices());
    return matrix;
  }

  /** The rows that songs and pictures are sums of. */
  static KeywordFactors factors(Graph graph, ClosedFormOptions options) {
    double[] shares =
        options.rows() == RowWeighting.PPMI
            ? shares(graph, options.weightExponent())
            : new double[0];
    KeywordFactors factors = KeywordSimilarity.of(graph, options).factors(options, shares);
    double greatest = 0;
    double[] row = new double[factors.width()];
    for (int song = 0; song < graph.songs(); song++) {
      factors.sum(graph, song, row);
      greatest = Math.max(greatest, KeywordFactors.length(row));
    }
    return factors.withGreatest(greatest > 0 ? greatest : 1);
  }

  /** Each keyword's share of all weight; one without edges counts as the rarest. */
  private static double[] shares(Graph graph, double exponent) {
    double[] shares = new double[graph.keywords()];
    double all = 0;
    for (int k = 0; k < shares.length; k++) {
      int keyword = graph.keywordVertex(k);
      for (int i = graph.rowStart(keyword); i < graph.rowStart(keyword + 1); i++) {
        shares[k] += KeywordFactors.power(graph.weight(i), exponent);
      }
      all += shares[k];
    }
    double rarest = 1;
    for (int k = 0; k < shares.length; k++) {
      shares[k] = all > 0 ? shares[k] / all : 1;
      rarest = shares[k] > 0 ? Math.min(rarest, shares[k]) : rarest;
    }
    for (int k = 0; k < shares.length; k++) {
      shares[k] = Math.max(shares[k], rarest);
    }
    return shares;
  }
}
