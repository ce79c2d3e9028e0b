package org.seesong.embedding;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.seesong.graph.Graph;
import org.seesong.vector.FloatMatrix;

/**
 * Folds new songs and pictures into a trained space by their edges alone, without training.
 *
 * <p>With w_k a vertex' weight at keyword k, and b_k the row of a keyword, a new vertex gets the
 * vector
 *
 * <pre>
 * closed-form    r = sum over k of w_k^p b_k,                 see {@link ClosedForm}
 * line2, line1   r = sum over k of w_k^p b_k + b_0 + own,     r / |r|
 * </pre>
 *
 * <p>For {@code closed-form} each keyword is a dimension. {@link ClosedForm} computes every vertex
 * so: one that is folded in gets the bits of a training with the same statistics of keywords.
 *
 * <p>For the methods that sample, the rows and p are fitted to the vertices that were trained, see
 * {@link FactorFit}. b_0 is what all songs and pictures have in common. A trained vector also has a
 * part that its edges do not explain: where it began, which negatives it met. Without such a part
 * new songs would lie nearer to every picture than trained ones do and crowd them out; so they have
 * one, drawn from a generator that begins with their edges. Steps of gradient descent against the
 * trained contexts would need the contexts of all vertices; the fit needs the vectors only.
 *
 * <p>Weights must be on the scale of those trained with, for songs and for pictures. The same edges
 * give the same bits, whatever is folded in beside them. Time is edges * dimension. Immutable.
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
   * Fits what folds new vertices into a trained space.
   *
   * @param space id of the space, by which {@link #read} knows it again
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
   * @param space id that the space must have
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

  /** The space that new vertices are folded into. */
  public String space() {
    return space;
  }

  /** Numbers in a vector. */
  public int dimension() {
    return dimension;
  }

  /**
   * Number of keywords that the space was trained with; graphs of new vertices must have as many,
   * in the same order.
   */
  public int keywords() {
    return factors.keywords();
  }

  /**
   * Folds in the songs of a graph.
   *
   * @param added new songs with their edges to the keywords of the trained graph
   * @return a row of finite numbers for each song; zeros where a song has no edge, or only edges to
   *     keywords that had none when the space was trained
   * @throws IllegalArgumentException if the graph has another number of keywords or the rows do not
   *     fit an array
   */
  public FloatMatrix songs(Graph added) {
    return fold(added, 0, added.songs(), true);
  }

  /**
   * Folds in the pictures of a graph.
   *
   * @param added new pictures with their edges to the keywords of the trained graph
   * @return a row of finite numbers for each picture; zeros as in {@link #songs}
   * @throws IllegalArgumentException if the graph has another number of keywords or the rows do not
   *     fit an array
   */
  public FloatMatrix pictures(Graph added) {
    return fold(added, added.songs() + added.keywords(), added.pictures(), false);
  }

  private FloatMatrix fold(Graph added, int first, int count, boolean songs) {
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

  KeywordFactors factors() {
    return factors;
  }
}
