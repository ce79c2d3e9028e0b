package org.seesong.embedding;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.seesong.graph.Graph;
import org.seesong.vector.FloatMatrix;

/**
 * Runs a {@link DescentMethod}: draws samples, hands them to a {@link StepKernel} in batches, and
 * lets the step size fall linearly to {@value #LAST_RATE} of its start.
 *
 * <p>Vectors start uniform in +-0.5/dimension; contexts of their own at 0. A batch of {@value
 * #BATCH} samples is drawn as a whole before the first step is done, so that the cache misses of
 * drawing overlap; the steps themselves wait for the rows, which are 49 MB for the paper's graph at
 * 64 dimensions and lie beyond the caches. There most of the time goes: with rows that fit the
 * second-level cache the same steps take a third of it.
 *
 * <p>With several threads all workers write to the same arrays without locks (Hogwild, Niu et al.,
 * NIPS 2011): equal quality, not equal bits. With one thread the bits depend on graph and options
 * alone, on every JDK and with either kernel: sampling uses {@link SplittableRandom}, all
 * arithmetic is IEEE in a fixed order, and the tables are made with {@link StrictMath}.
 *
 * <p>Time is samples * (negatives + 1) * dimension. Memory is 8 bytes * vertices * dimension (4
 * where contexts are shared), 8 bytes a vertex and 16 an edge for drawing, 16 more an edge for
 * walks, and half of that again while the tables are made.
 */
final class DescentTrainer {
  /** The last step size as a share of the first. */
  static final double LAST_RATE = 1e-4;

  /** Samples between two looks at progress, learning rate and interruption. */
  private static final int BLOCK = 10_000;

  private static final int BATCH = 64;

  private final Graph graph;
  private final EmbeddingOptions options;
  private final DescentMethod method;
  private final Function<SplittableRandom, PairDrawer> pairs;
  private final NegativeSampler negatives;
  private final int stride;
  private final float[] vectors;
  private float[] contexts; // let go of when training is over: it may be half of all memory
  private final AtomicLong done = new AtomicLong();
  private final AtomicBoolean stop = new AtomicBoolean();

  private DescentTrainer(Graph graph, EmbeddingOptions options, DescentMethod method, int stride) {
    this.graph = graph;
    this.options = options;
    this.method = method;
    this.stride = stride;
    // Contexts have one row more than there are vertices: what unused targets of a step point at.
    float[] rows = new float[(graph.vertices() + 1) * stride];
    contexts = rows;
    vectors = method.sharedContexts() ? rows : new float[graph.vertices() * stride];
    pairs = method.pairs(graph, options);
    negatives =
        new NegativeSampler(
            graph, options.negativeExponent(), options.weightExponent(), options.typedNegatives());
  }

  static FloatMatrix train(
      Graph graph,
      EmbeddingOptions options,
      DescentMethod method,
      Supplier<StepKernel> kernels,
      LongConsumer progress)
      throws InterruptedException {
    Objects.requireNonNull(progress, "progress");
    int stride = (options.dimension() + StepKernel.LANES - 1) / StepKernel.LANES * StepKernel.LANES;
    if ((graph.vertices() + 1L) * stride > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "(vertices + 1) * dimension, rounded up to a multiple of 8, must be less than 2^31-8;"
                  + " got: %d * %d; choose a smaller dimension",
              graph.vertices() + 1L,
              stride));
    }
    if (graph.edges() == 0) {
      return FloatMatrix.zeros(graph.vertices(), options.dimension());
    }
    DescentTrainer trainer = new DescentTrainer(graph, options, method, stride);
    SplittableRandom random = new SplittableRandom(options.seed());
    trainer.initialise(random.split());
    trainer.runWorkers(random, kernels, progress);
    return trainer.unitVectors();
  }

  private void initialise(SplittableRandom random) {
    int dimension = options.dimension();
    for (int v = 0; v < graph.vertices(); v++) {
      if (graph.isIsolated(v)) {
        continue;
      }
      for (int i = v * stride; i < v * stride + dimension; i++) {
        vectors[i] = (float) ((random.nextDouble() - 0.5) / dimension);
      }
    }
  }

  private void runWorkers(
      SplittableRandom random, Supplier<StepKernel> kernels, LongConsumer progress)
      throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> workers = new ArrayList<>();
    int threads = options.threads();
    for (int t = 0; t < threads; t++) {
      long share = options.samples() / threads + (t < options.samples() % threads ? 1 : 0);
      SplittableRandom own = random.split();
      Thread worker =
          new Thread(() -> work(share, own, kernels.get(), progress), "seesong-embedding-" + t);
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

  private void work(long share, SplittableRandom random, StepKernel kernel, LongConsumer progress) {
    PairDrawer drawer = pairs.apply(random);
    int stepsPerSample = (options.negatives() + StepKernel.TARGETS) / StepKernel.TARGETS;
    int[] steps = new int[BATCH * stepsPerSample * StepKernel.STEP];
    for (long left = share; left > 0 && !stop.get(); left -= BLOCK) {
      int block = (int) Math.min(BLOCK, left);
      double progressed = (double) done.get() / options.samples();
      float rate = (float) (options.learningRate() * Math.max(LAST_RATE, 1 - progressed));
      float keep = method.keep(options, rate);
      for (int i = 0; i < block; i += BATCH) {
        int count = drawSteps(steps, Math.min(BATCH, block - i), drawer, random);
        kernel.run(vectors, contexts, stride, steps, count, rate, keep);
      }
      progress.accept(done.addAndGet(block));
    }
  }

  /** Fills in the steps of some samples and says how many steps they are. */
  private int drawSteps(int[] steps, int samples, PairDrawer drawer, SplittableRandom random) {
    int nothing = graph.vertices() * stride;
    int at = 0;
    for (int sample = 0; sample < samples; sample++) {
      long pair = drawer.next();
      int source = (int) (pair >>> 32);
      int target = (int) pair;
      steps[at] = source * stride;
      steps[at + 1] = target * stride;
      int used = 1;
      int label = 1;
      for (int n = options.negatives(); n > 0; n--) {
        if (used == StepKernel.TARGETS) {
          steps[at + StepKernel.STEP - 1] = 2 * used + label;
          at += StepKernel.STEP;
          steps[at] = source * stride;
          used = 0;
          label = 0;
        }
        int negative = negatives.draw(random, target);
        if (negative != target && !(method.sharedContexts() && negative == source)) {
          steps[at + 1 + used++] = negative * stride;
        }
      }
      for (int unused = used; unused < StepKernel.TARGETS; unused++) {
        steps[at + 1 + unused] = nothing;
      }
      steps[at + StepKernel.STEP - 1] = 2 * used + label;
      at += StepKernel.STEP;
    }
    return at / StepKernel.STEP;
  }

  /** The rows at unit length, without padding; in place where there is none. */
  private FloatMatrix unitVectors() {
    contexts = null;
    int dimension = options.dimension();
    int length = graph.vertices() * dimension;
    float[] rows = vectors.length == length ? vectors : new float[length];
    for (int v = 0; v < graph.vertices(); v++) {
      if (graph.isIsolated(v)) {
        continue;
      }
      double sum = 0;
      for (int i = v * stride; i < v * stride + dimension; i++) {
        sum += (double) vectors[i] * vectors[i];
      }
      if (!(sum > 0) || Double.isInfinite(sum)) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "training gave vertex %d a vector of squared length %s; lower the learning rate"
                    + " (%s) or the regularisation (%s)",
                v,
                sum,
                options.learningRate(),
                options.regularisation()));
      }
      double scale = 1 / Math.sqrt(sum);
      for (int i = 0; i < dimension; i++) {
        rows[v * dimension + i] = (float) (vectors[v * stride + i] * scale);
      }
    }
    return new FloatMatrix(rows, dimension);
  }
}
