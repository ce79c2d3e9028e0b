package org.seesong.embedding;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.seesong.graph.Graph;
import org.seesong.graph.GraphBuilder;
import org.seesong.vector.FloatMatrix;

/**
 * Places new songs and pictures in a trained space from their edges alone, without training.
 *
 * <p>With w_k a vertex' weight at keyword k, each keyword having a row b_k, a new vertex stands at
 *
 * <pre>
 * closed-form    r = sum over k of w_k^p b_k,                 r / (|r| + c)
 * line2, line1   r = sum over k of w_k^p b_k + b_0 + own,     r / |r|
 * </pre>
 *
 * <p>For {@code closed-form} the rows are a root of the similarity of keywords and c is the
 * shrinkage of songs: this is how {@link ClosedForm} places every vertex, so one that is folded in
 * stands where a training with the same statistics of keywords puts it, to the bit.
 *
 * <p>For the methods that sample, the rows and p are fitted to the vertices that were trained, see
 * {@link FactorFit}. b_0 is what all songs and pictures have in common. A trained vector also has a
 * part that its edges do not explain: where it began, which negatives it met. Without such a part
 * new songs would lie nearer to every picture than trained ones do and crowd them out; so they have
 * one, drawn from a generator that begins with their edges. Steps of gradient descent against the
 * trained contexts would need the contexts of all vertices; the fit needs the vectors only.
 *
 * <p>Weights must be on the scale of those trained with, for songs and for pictures. The same edges
 * give the same bits, whatever is placed beside them. Time is edges * dimension. Immutable.
 */
public final class FoldIn {
  private final String space;
  private final int dimension;
  private final KeywordFactors factors;

  FoldIn(String space, int dimension, KeywordFactors factors) {
    this.space = Objects.requireNonNull(space, "space");
    this.dimension = dimension;
    this.factors = factors;
  }

  /**
   * Prepares a trained space for new vertices.
   *
   * @param graph what was trained on
   * @param options how it was trained
   * @param vectors what {@link Embedding#train} gave for them
   * @param space id of the space, by which {@link #read} knows it again
   * @return what places new vertices there
   * @throws IllegalArgumentException if the vectors are not of this graph and these options
   */
  public static FoldIn of(
      Graph graph, EmbeddingOptions options, FloatMatrix vectors, String space) {
    int dimension = Embedding.dimension(graph, options);
    if (vectors.rows() != graph.vertices() || vectors.dimension() != dimension) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "vectors must be %d rows of %d dimensions, as '%s' learns them for %s; got: %d rows"
                  + " of %d",
              graph.vertices(),
              dimension,
              options.method(),
              graph,
              vectors.rows(),
              vectors.dimension()));
    }
    KeywordFactors factors =
        options instanceof ClosedFormOptions closed
            ? ClosedForm.factors(graph, closed)
            : FactorFit.fit(graph, vectors);
    return new FoldIn(space, dimension, factors);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param file the file
   * @param space id that the space must have
   * @return what places new vertices in it
   * @throws IOException if the file is missing, damaged or of another space; the message says so
   */
  public static FoldIn read(Path file, String space) throws IOException {
    return FoldInFile.read(file, space);
  }

  /**
   * Writes this to a file in one step: a crash leaves the old file or the new one.
   *
   * @param file the file, replaced if it is there; about 8 bytes * keywords * dimensions
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    FoldInFile.write(this, file);
  }

  /**
   * The space that new vertices are placed in.
   *
   * @return its id, as given to {@link #of}
   */
  public String space() {
    return space;
  }

  /**
   * Numbers in a vector.
   *
   * @return the dimension of the space
   */
  public int dimension() {
    return dimension;
  }

  /**
   * Number of keywords that the space was trained with; graphs of new vertices must have as many,
   * in the same order.
   *
   * @return the number
   */
  public int keywords() {
    return factors.keywords();
  }

  /**
   * Places the songs of a graph.
   *
   * @param added new songs with their edges to the keywords of the trained graph
   * @return a row of finite numbers for each song; zeros where a song has no edge, or only edges to
   *     keywords that had none when the space was trained
   * @throws IllegalArgumentException if the graph has another number of keywords or the rows do not
   *     fit an array
   */
  public FloatMatrix songs(Graph added) {
    return place(added, 0, added.songs(), true);
  }

  /**
   * Places the pictures of a graph.
   *
   * @param added new pictures with their edges to the keywords of the trained graph
   * @return a row of finite numbers for each picture; zeros as in {@link #songs}
   * @throws IllegalArgumentException if the graph has another number of keywords or the rows do not
   *     fit an array
   */
  public FloatMatrix pictures(Graph added) {
    return place(added, added.songs() + added.keywords(), added.pictures(), false);
  }

  private FloatMatrix place(Graph added, int first, int count, boolean songs) {
    if (added.keywords() != factors.keywords()) {
      throw new IllegalArgumentException(
          "new vertices must have edges to the "
              + factors.keywords()
              + " keywords of the space "
              + space
              + "; got a graph of "
              + added.keywords()
              + " keywords");
    }
    FloatMatrix matrix = FloatMatrix.large(count, dimension);
    double[] row = new double[factors.width()];
    for (int v = 0; v < count; v++) {
      factors.writeVector(added, first + v, songs, row, matrix.block(v), matrix.at(v));
    }
    return matrix;
  }

  /**
   * Places one song.
   *
   * @param keywords numbers of its keywords, from 0, each once
   * @param weights a finite number above 0 for each
   * @return a row of finite numbers; zeros as in {@link #songs}
   * @throws IllegalArgumentException if the arrays differ in length or a weight is out of range
   * @throws IndexOutOfBoundsException if there is no such keyword
   */
  public float[] song(int[] keywords, float[] weights) {
    checkLengths(keywords, weights);
    GraphBuilder builder = new GraphBuilder(1, keywords(), 0);
    for (int i = 0; i < keywords.length; i++) {
      builder.addSongEdge(0, keywords[i], weights[i]);
    }
    return songs(builder.build()).data();
  }

  /**
   * Places one picture.
   *
   * @param keywords numbers of its keywords, from 0, each once
   * @param weights a finite number above 0 for each
   * @return a row of finite numbers; zeros as in {@link #songs}
   * @throws IllegalArgumentException if the arrays differ in length or a weight is out of range
   * @throws IndexOutOfBoundsException if there is no such keyword
   */
  public float[] picture(int[] keywords, float[] weights) {
    checkLengths(keywords, weights);
    GraphBuilder builder = new GraphBuilder(0, keywords(), 1);
    for (int i = 0; i < keywords.length; i++) {
      builder.addPictureEdge(0, keywords[i], weights[i]);
    }
    return pictures(builder.build()).data();
  }

  private static void checkLengths(int[] keywords, float[] weights) {
    if (keywords.length != weights.length) {
      throw new IllegalArgumentException(
          "keywords and weights must be equally many; got: "
              + keywords.length
              + " and "
              + weights.length);
    }
  }

  KeywordFactors factors() {
    return factors;
  }
}
