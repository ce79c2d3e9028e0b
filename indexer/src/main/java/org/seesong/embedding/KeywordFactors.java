package org.seesong.embedding;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.seesong.graph.Graph;

/**
 * A vector for each keyword, of which the vectors of songs and pictures are weighted sums, see
 * {@link FoldIn}. Rows must not be changed. Keywords whose row is 0 say nothing.
 *
 * @param keywords number of keywords
 * @param width numbers in a row, at most the dimension of the space; further dimensions are 0
 * @param rows a row a keyword; where sampled, one more that all songs and pictures have in common
 * @param exponent weights count to this power
 * @param greatest length of the longest song's sum, by which songs are brought to unit length with
 *     one more number; 0 where songs have unit length as they are
 * @param sampled whether songs and pictures also have a part of unit length of their own, drawn
 *     from a generator that begins with their edges
 */
record KeywordFactors(
    int keywords, int width, double[] rows, double exponent, double greatest, boolean sampled) {
  KeywordFactors withGreatest(double length) {
    return new KeywordFactors(keywords, width, rows, exponent, length, sampled);
  }

  /** Writes the vector of a song or picture; leaves zeros where no keyword is known. */
  void writeVector(Graph graph, int vertex, boolean song, double[] row, float[] to, int at) {
    sum(graph, vertex, row);
    if (song && greatest > 0) {
      writeSong(row, greatest, to, at);
    } else {
      write(row, to, at);
    }
  }

  /** Sums the rows of a vertex' keywords, each times its weight. */
  void sum(Graph graph, int vertex, double[] row) {
    Arrays.fill(row, 0);
    boolean known = false;
    for (int i = graph.rowStart(vertex); i < graph.rowStart(vertex + 1); i++) {
      int keyword = graph.target(i) - graph.songs();
      add(row, keyword, power(graph.weight(i), exponent));
      known |= isKnown(keyword);
    }
    if (known && sampled) {
      add(row, keywords, 1);
      addOwn(graph, vertex, row);
    }
  }

  private boolean isKnown(int keyword) {
    for (int at = keyword * width; at < (keyword + 1) * width; at++) {
      if (rows[at] != 0) {
        return true;
      }
    }
    return false;
  }

  /** Adds a direction of its own: uniform in a cube, brought to unit length. */
  private void addOwn(Graph graph, int vertex, double[] row) {
    long seed = 0;
    for (int i = graph.rowStart(vertex); i < graph.rowStart(vertex + 1); i++) {
      seed = mix(seed, graph.target(i) - graph.songs());
      seed = mix(seed, Float.floatToIntBits(graph.weight(i)));
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] own = new double[width];
    double squares = 0;
    for (int i = 0; i < width; i++) {
      own[i] = random.nextDouble() - 0.5;
      squares += own[i] * own[i];
    }
    double scale = 1 / Math.sqrt(squares);
    for (int i = 0; i < width; i++) {
      row[i] += scale * own[i];
    }
  }

  private static long mix(long seed, int number) {
    return (Long.rotateLeft(seed, 23) ^ number) * 0x9E37_79B9_7F4A_7C15L;
  }

  /** Squares of floats to the power of 2 are far from the ends of a double. */
  static double power(double x, double exponent) {
    return exponent == 1 ? x : StrictMath.pow(x, exponent);
  }

  /** Adds a keyword's row times a weight. */
  void add(double[] row, int keyword, double weight) {
    int at = keyword * width;
    for (int i = 0; i < width; i++) {
      row[i] += weight * rows[at + i];
    }
  }

  /** Writes a sum at unit length; a sum of zeros gives zeros. */
  static void write(double[] row, float[] to, int at) {
    double length = length(row);
    if (length == 0) {
      return;
    }
    for (int i = 0; i < row.length; i++) {
      to[at + i] = (float) (row[i] / length);
    }
  }

  /**
   * Writes a song's sum so that its distance from a picture falls as their inner product grows: r /
   * m and sqrt(1 - |r|^2 / m^2), a vector of unit length (Bachrach et al., Speeding Up the Xbox
   * Recommender System Using a Euclidean Transformation for Inner-Product Spaces, RecSys 2014).
   */
  private static void writeSong(double[] row, double greatest, float[] to, int at) {
    double length = length(row);
    if (length == 0) {
      return;
    }
    double scale = 1 / Math.max(length, greatest);
    for (int i = 0; i < row.length; i++) {
      to[at + i] = (float) (row[i] * scale);
    }
    double part = length * scale;
    to[at + row.length] = (float) Math.sqrt(Math.max(0, 1 - part * part));
  }

  static double length(double[] row) {
    double squares = 0;
    for (double x : row) {
      squares += x * x;
    }
    return Math.sqrt(squares);
  }
}
