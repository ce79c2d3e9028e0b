package org.seesong.embedding;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.seesong.graph.Graph;
import org.seesong.vector.FloatMatrix;

/**
 * A closed form: no sampling, no seed, and a vertex' vector depends on its own edges and on the
 * greatest length of a song's row only.
 *
 * <p>With r the vertex' weights over keywords, to a power,
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
 * <p>Time is edges * keywords.
 */
final class ClosedForm {
  /** Beyond this vectors take gigabytes for some 100,000 songs. */
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
    int size = graph.keywords();
    double[] rows = new double[size * size];
    for (int k = 0; k < size; k++) {
      rows[k * size + k] = 1;
    }
    KeywordFactors factors =
        new KeywordFactors(size, size, rows, options.weightExponent(), 0, false);
    double greatest = 0;
    double[] row = new double[factors.width()];
    for (int song = 0; song < graph.songs(); song++) {
      factors.sum(graph, song, row);
      greatest = Math.max(greatest, KeywordFactors.length(row));
    }
    return factors.withGreatest(greatest > 0 ? greatest : 1);
  }
}
