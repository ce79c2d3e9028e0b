package org.seesong.embedding;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.seesong.graph.Graph;
import org.seesong.vector.FloatMatrix;

/**
 * Learns vectors that keep second-order proximity: vertices with like neighbourhoods come to lie
 * near each other.
 *
 * <p>LINE, second order (Tang et al., "LINE: Large-scale Information Network Embedding", WWW 2015,
 * sections 4.1.2 and 4.2). Each vertex i has a vector u_i and, as a neighbour of others, a context
 * vector c_i. One sample draws an edge in proportion to its weight, a direction i to j by a coin,
 * and n negatives k in proportion to degree to a power, and moves along the gradient of
 *
 * <pre>
 * log s(c_j u_i) + sum over k of log s(-c_k u_i),   s(x) = 1 / (1 + e^-x)
 * </pre>
 *
 * with a step that falls linearly to {@value #LAST_RATE} of its start. Vectors start uniform in
 * +-0.5/dimension, contexts at 0. The result is scaled to unit length, since raw lengths grow with
 * a vertex' evidence and Euclidean distance would favour the weakly evidenced.
 *
 * <p>With several threads all workers write to the same arrays without locks (Hogwild, Niu et al.,
 * NIPS 2011): equal quality, not equal bits. With one thread the bits depend on graph and options
 * alone: sampling uses {@link SplittableRandom}, all arithmetic is IEEE and the tables are made
 * with {@link StrictMath}.
 *
 * <p>Time is samples * (negatives + 1) * dimension; memory 8 bytes * vertices * dimension.
 */
public final class LineTrainer {
  /** The last step size as a share of the first. */
  static final double LAST_RATE = 1e-4;

  /** Samples between two looks at progress, learning rate and interruption. */
  private static final int BLOCK = 10_000;

  private final Graph graph;
  private final EmbeddingOptions options;
  private final EdgeSampler edges;
  private final float[] vectors;
  private final float[] contexts;
  private final AtomicLong done = new AtomicLong();
  private final AtomicBoolean stop = new AtomicBoolean();

  private LineTrainer(Graph graph, EmbeddingOptions options) {
    this.graph = graph;
    this.options = options;
    edges = new EdgeSampler(graph, options.negativeExponent());
    vectors = FloatMatrix.zeros(graph.vertices(), options.dimension()).data();
    contexts = new float[vectors.length];
  }

  /**
   * Trains on all edges of a graph.
   *
   * @param graph the network
   * @param options how to learn
   * @param progress called now and then from worker threads with the number of samples done so far
   * @return a row for each vertex, of unit length, or all zeros where the vertex has no edge
   * @throws IllegalArgumentException if vertices * dimension does not fit a Java array
   * @throws InterruptedException if the thread is interrupted; the training is given up
   */
  public static FloatMatrix train(Graph graph, EmbeddingOptions options, LongConsumer progress)
      throws InterruptedException {
    Objects.requireNonNull(progress, "progress");
    if ((long) graph.vertices() * options.dimension() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "vertices * dimension must be less than 2^31-8; got: %d * %d; choose a smaller"
                  + " dimension",
              graph.vertices(),
              options.dimension()));
    }
    if (graph.edges() == 0) {
      return FloatMatrix.zeros(graph.vertices(), options.dimension());
    }
    LineTrainer trainer = new LineTrainer(graph, options);
    SplittableRandom random = new SplittableRandom(options.seed());
    trainer.initialise(random.split());
    trainer.runWorkers(random, progress);
    return trainer.unitVectors();
  }

  private void initialise(SplittableRandom random) {
    int dimension = options.dimension();
    for (int v = 0; v < graph.vertices(); v++) {
      if (graph.isIsolated(v)) {
        continue;
      }
      for (int i = v * dimension; i < (v + 1) * dimension; i++) {
        vectors[i] = (float) ((random.nextDouble() - 0.5) / dimension);
      }
    }
  }

  private void runWorkers(SplittableRandom random, LongConsumer progress)
      throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> workers = new ArrayList<>();
    int threads = options.threads();
    for (int t = 0; t < threads; t++) {
      long share = options.samples() / threads + (t < options.samples() % threads ? 1 : 0);
      SplittableRandom own = random.split();
      Thread worker = new Thread(() -> work(share, own, progress), "seesong-line-" + t);
      worker.setDaemon(true);
      worker.setUncaughtExceptionHandler(
          (thread, thrown) -> {
            failure.compareAndSet(null, thrown);
            stop.set(true);
          });
      workers.add(worker);
    }
    workers.forEach(Thread::start);
    try {
      for (Thread worker : workers) {
        worker.join();
      }
    } finally {
      stop.set(true);
    }
    if (failure.get() != null) {
      throw new IllegalStateException("a training thread failed", failure.get());
    }
  }

  private void work(long share, SplittableRandom random, LongConsumer progress) {
    LineKernel kernel = new LineKernel(vectors, contexts, options.dimension());
    for (long left = share; left > 0 && !stop.get(); left -= BLOCK) {
      int block = (int) Math.min(BLOCK, left);
      double progressed = (double) done.get() / options.samples();
      float rate = (float) (options.learningRate() * Math.max(LAST_RATE, 1 - progressed));
      for (int i = 0; i < block; i++) {
        step(kernel, random, rate);
      }
      progress.accept(done.addAndGet(block));
    }
  }

  private void step(LineKernel kernel, SplittableRandom random, float rate) {
    int edge = edges.drawEdge(random);
    boolean fromKeyword = random.nextBoolean();
    int source = fromKeyword ? edges.keyword(edge) : edges.thing(edge);
    int target = fromKeyword ? edges.thing(edge) : edges.keyword(edge);
    kernel.begin(source);
    kernel.target(target, 1, rate);
    for (int n = 0; n < options.negatives(); n++) {
      int negative = edges.drawNegative(random);
      if (negative != target) {
        kernel.target(negative, 0, rate);
      }
    }
    kernel.end();
  }

  private FloatMatrix unitVectors() {
    int dimension = options.dimension();
    for (int v = 0; v < graph.vertices(); v++) {
      double sum = 0;
      for (int i = v * dimension; i < (v + 1) * dimension; i++) {
        sum += (double) vectors[i] * vectors[i];
      }
      if (graph.isIsolated(v)) {
        continue;
      }
      if (!(sum > 0) || Double.isInfinite(sum)) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "training gave vertex %d a vector of squared length %s; lower the learning rate"
                    + " (%s)",
                v,
                sum,
                options.learningRate()));
      }
      double scale = 1 / Math.sqrt(sum);
      for (int i = v * dimension; i < (v + 1) * dimension; i++) {
        vectors[i] = (float) (vectors[i] * scale);
      }
    }
    return new FloatMatrix(vectors, dimension);
  }
}
