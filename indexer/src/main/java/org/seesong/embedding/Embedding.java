package org.seesong.embedding;

import java.io.IOException;
import java.util.function.LongConsumer;
import org.seesong.graph.Graph;
import org.seesong.vector.FloatMatrix;

/**
 * Gives every vertex of a graph a vector, so that vertices that belong together lie near each other
 * by Euclidean distance. The entry to this package.
 *
 * <p>{@link LineOptions}: with u a vertex' vector, c its context vector, s(x) = 1 / (1 + e^-x) and
 * a step a that falls linearly, a sample is an edge (i, j), drawn in proportion to its weight, in a
 * direction given by a coin, and negatives k; i learns to predict j rather than k:
 *
 * <pre>
 * u_i := u_i + a ((1 - s(u_i c_j)) c_j - sum over k of s(u_i c_k) c_k)
 * c_j := c_j + a (1 - s(u_i c_j)) u_i
 * c_k := c_k - a s(u_i c_k) u_i
 * </pre>
 *
 * <p>and in the end vectors have unit length: raw lengths grow with the weight of a vertex' edges.
 * In first order c = u. Negatives beyond the fifth are taken in further steps, each of which sees
 * the source as the one before left it. Tang, Qu, Wang, Zhang, Yan, Mei, "LINE: Large-scale
 * Information Network Embedding", WWW 2015, sections 4.1.1, 4.1.2 and 4.2. Time is samples *
 * (negatives + 1) * dimension, memory 8 bytes * vertices * dimension (4 in first order) and about
 * 30 an edge.
 *
 * <p>{@link ClosedFormOptions}: no sampling and no seed. With r a vertex' weights over keywords,
 * distances follow the inner product of rows: pictures get r / |r|, songs r / m and one more number
 * that brings them to unit length, m being the greatest |r| of a song. Time is edges * keywords,
 * memory 4 bytes * vertices * max(dimension, keywords + 1).
 */
public final class Embedding {
  private Embedding() {}

  /**
   * Numbers in a vector that {@link #train} will give.
   *
   * @throws IllegalArgumentException if the method cannot serve a graph of this size
   */
  public static int dimension(Graph graph, EmbeddingOptions options) {
    return options instanceof ClosedFormOptions closed
        ? ClosedForm.dimension(graph, closed)
        : options.dimension();
  }

  /** The last number that the progress of {@link #train} reports: samples, or vertices. */
  public static long work(Graph graph, EmbeddingOptions options) {
    return options instanceof LineOptions line ? line.samplesFor(graph) : graph.vertices();
  }

  /**
   * Learns the vectors.
   *
   * @param progress called now and then, from any thread, with the work done so far
   * @param checkpoints where the state is kept; a training resumes from a state of the same graph
   *     and options. The closed form takes seconds and keeps none
   * @return {@code float[vertices][dimension]}, finite; zeros where the vertex has no edge
   * @throws IllegalArgumentException if the vectors do not fit the memory that Java may take
   * @throws IOException if a state that is there cannot be read
   * @throws InterruptedException if the thread is interrupted; the state is kept before
   */
  public static FloatMatrix train(
      Graph graph, EmbeddingOptions options, LongConsumer progress, Checkpoints checkpoints)
      throws IOException, InterruptedException {
    return options instanceof LineOptions line
        ? SgnsTrainer.train(graph, line, SgnsKernel::fastest, progress, checkpoints)
        : ClosedForm.train(graph, (ClosedFormOptions) options, progress);
  }

  /** Learns the vectors and keeps no state on the way; an interrupted training is given up. */
  public static FloatMatrix train(Graph graph, EmbeddingOptions options, LongConsumer progress)
      throws InterruptedException {
    try {
      return train(graph, options, progress, Checkpoints.none());
    } catch (IOException e) {
      throw new AssertionError("no file is written", e);
    }
  }
}
