package org.seesong.embedding;

import java.io.IOException;
import java.util.List;
import java.util.function.LongConsumer;
import org.seesong.graph.Graph;
import org.seesong.vector.FloatMatrix;

/**
 * A way to give every vertex of a graph a vector, so that vertices that belong together lie near
 * each other by Euclidean distance.
 *
 * <p>{@code line2}, {@code line1} and {@code hpe} draw pairs (i, j) of a source and a vertex that
 * it is to predict, each with negatives k, vertices to tell j apart from. With u a vertex' vector,
 * c its context vector, s(x) = 1 / (1 + e^-x), a step a that falls linearly, and r, which is 0 but
 * for {@code hpe}, a sample is
 *
 * <pre>
 * u_i := u_i + a ((1 - s(u_i c_j)) c_j - sum over k of s(u_i c_k) c_k - r u_i)
 * c_j := c_j + a ((1 - s(u_i c_j)) u_i - r c_j)
 * c_k := c_k + a (    - s(u_i c_k) u_i - r c_k)
 * </pre>
 *
 * <p>and in the end vectors have unit length. Time is samples * (negatives + 1) * dimension, memory
 * 8 bytes * vertices * dimension (4 for {@code line1}) and about 30 an edge.
 *
 * <ul>
 *   <li>{@code line2}: second-order proximity, the paper's. Edges in proportion to their weight, in
 *       a direction drawn by a coin. Tang, Qu, Wang, Zhang, Yan, Mei, "LINE: Large-scale
 *       Information Network Embedding", WWW 2015, sections 4.1.2 and 4.2.
 *   <li>{@code line1}: first-order proximity. The same pairs, and c = u. The same paper, section
 *       4.1.1.
 *   <li>{@code hpe}: random walks; the source of a walk is to predict each vertex on it. Chen,
 *       Tsai, Lin, Yang, "Query-based Music Recommendations via Preference Embedding", RecSys 2016,
 *       section 3.
 *   <li>{@code closed-form}: a closed form, without sampling or a seed; the default. With w a
 *       vertex' weights over keywords, or their {@link RowWeighting#PPMI}, and L L^T = (1 - a - b)
 *       I + a C + b S the similarity of keywords, C by co-occurrence and S by concept vectors, it
 *       stands at r / (|r| + c), r = w L, with c the shrinkage for songs and 0 for pictures. Time
 *       is edges * keywords + keywords^3 / 3, memory 4 bytes * vertices * max(dimension, keywords).
 * </ul>
 *
 * <p>Methods have no state: safe for any number of threads.
 */
public sealed interface EmbeddingMethod permits SgnsMethod, ClosedFormMethod {
  /**
   * The name by which {@link #byName} finds the method.
   *
   * @return a short word in small letters
   */
  String name();

  /**
   * The options that make a difference to this method's vectors, as one line: equal lines and equal
   * graphs give vectors of one space.
   *
   * @param options how to learn
   * @return the name and options with their values
   */
  String describe(EmbeddingOptions options);

  /**
   * Numbers in a vector that {@link #train} will give.
   *
   * @param graph the network
   * @param options how to learn
   * @return at least {@link EmbeddingOptions#dimension()}
   * @throws IllegalArgumentException if the method cannot serve a graph of this size
   */
  int dimension(Graph graph, EmbeddingOptions options);

  /**
   * How far the progress of {@link #train} counts.
   *
   * @param graph the network
   * @param options how to learn
   * @return the last number that progress will tell
   */
  long work(Graph graph, EmbeddingOptions options);

  /**
   * Learns the vectors.
   *
   * @param graph the network
   * @param options how to learn
   * @param progress called now and then, from any thread, with the work done so far
   * @param checkpoints where the state is kept; a state of the same graph and options that is there
   *     is gone on from. {@code closed-form} takes seconds and keeps none
   * @return a row of finite numbers for each vertex; all zeros where the vertex has no edge
   * @throws IllegalArgumentException if the vectors do not fit the memory that Java may take
   * @throws IOException if a state that is there cannot be read
   * @throws InterruptedException if the thread is interrupted; the state is kept before
   */
  FloatMatrix train(
      Graph graph, EmbeddingOptions options, LongConsumer progress, Checkpoints checkpoints)
      throws IOException, InterruptedException;

  /**
   * Learns the vectors and keeps no state on the way.
   *
   * @param graph the network
   * @param options how to learn
   * @param progress called now and then, from any thread, with the work done so far
   * @return a row of finite numbers for each vertex; all zeros where the vertex has no edge
   * @throws IllegalArgumentException if the vectors do not fit the memory that Java may take
   * @throws InterruptedException if the thread is interrupted; the training is given up
   */
  default FloatMatrix train(Graph graph, EmbeddingOptions options, LongConsumer progress)
      throws InterruptedException {
    try {
      return train(graph, options, progress, Checkpoints.none());
    } catch (IOException e) {
      throw new AssertionError("no file is written", e);
    }
  }

  /**
   * All methods.
   *
   * @return names for {@link #byName}
   */
  static List<String> names() {
    return List.of("line2", "line1", "hpe", "closed-form");
  }

  /**
   * Finds a method.
   *
   * @param name one of {@link #names()}
   * @return the method
   * @throws IllegalArgumentException if there is no such method; the message lists those there are
   */
  static EmbeddingMethod byName(String name) {
    return switch (name) {
      case "line2" -> SgnsMethod.LINE;
      case "line1" -> SgnsMethod.LINE1;
      case "hpe" -> SgnsMethod.HPE;
      case "closed-form" -> new ClosedFormMethod();
      default ->
          throw new IllegalArgumentException(
              "unknown embedding '" + name + "'; there are: " + String.join(", ", names()));
    };
  }
}
