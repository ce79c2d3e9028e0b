package org.seesong.embedding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.seesong.graph.Graph;
import org.seesong.vector.FloatMatrix;

/**
 * Trains by skip-gram with negative sampling: draws samples, hands them to a {@link SgnsKernel} in
 * batches, and lets the step size fall linearly to {@value #LAST_RATE} of its start.
 *
 * <p>Vectors start uniform in +-0.5/dimension; contexts of their own at 0. A batch of {@value
 * #BATCH} samples is drawn as a whole before the first step is done, so that the cache misses of
 * drawing overlap; the steps themselves wait for the rows, which are 49 MB for the paper's graph at
 * 64 dimensions and lie beyond the caches. There most of the time goes: with rows that fit the
 * second-level cache the same steps take a quarter of it.
 *
 * <p>Samples come in blocks of {@value #BLOCK}, each with random numbers and a learning rate of its
 * own, so that rows and the number of the next block are the whole state of a training: see {@link
 * Checkpoints}.
 *
 * <p>With several threads all workers write to the same arrays without locks (Hogwild, Niu et al.,
 * NIPS 2011), but for the rows of keywords, of which each has copies, see {@link HotRowReplicas}:
 * equal quality, not equal bits. With one thread the bits depend on graph and options alone, on
 * every JDK and with either kernel: sampling uses {@link SplittableRandom}, all arithmetic is IEEE
 * in a fixed order, and the tables are made with {@link StrictMath}.
 *
 * <p>Rows stand in one array where it holds them, and then each thread but one has copies of
 * keywords' rows; else in several, see {@link BlockedSteps}.
 *
 * <p>Time is samples * (negatives + 1) * dimension. Memory is 8 bytes * vertices * dimension (4
 * where contexts are shared), 8 bytes a vertex and 16 an edge for drawing, and 20 an edge while the
 * tables are made, before there are rows.
 */
final class SgnsTrainer {
  /** The last step size as a share of the first. */
  static final double LAST_RATE = 1e-4;

  /**
   * Samples with one learning rate and random numbers of their own, and a worker's unit of work.
   */
  private static final int BLOCK = 10_000;

  private static final int BATCH = 16;

  /** Samples of all workers together between two exchanges of what they learned of keywords. */
  private static final int EXCHANGE = 2048;

  /** Floats in a cache line. */
  private static final int LINE = 16;

  private final Graph graph;
  private final LineOptions options;
  private final EdgeSampler edges;
  private final NegativeSampler negatives;
  private final HotRowReplicas hot;
  private final int stride;

  /** Whether all rows stand in one array, and steps name offsets there instead of rows. */
  private final boolean flat;

  private final int offsetStride;
  private final long samples;
  private final FloatMatrix vectors;
  private FloatMatrix contexts; // let go of when training is over: it may be half of all memory

  /** The first block that no worker has taken; when no worker runs, all before it are done. */
  private final AtomicLong next = new AtomicLong();

  private final AtomicLong done = new AtomicLong();

  /** Whether a row was met that is not finite; it never will be again. */
  private final AtomicBoolean runaway = new AtomicBoolean();

  /** Workers end after the block they are at. */
  private final AtomicBoolean pause = new AtomicBoolean();

  private SgnsTrainer(Graph graph, LineOptions options, int stride, int mostFloats) {
    this.graph = graph;
    this.options = options;
    this.stride = stride;
    samples = options.samplesFor(graph);
    edges = new EdgeSampler(graph, options.weightExponent());
    negatives =
        new NegativeSampler(
            graph, options.negativeExponent(), options.weightExponent(), options.typedNegatives());
    // The rows come last: what making the tables takes for a while is then free again.
    // Contexts have one row more than there are vertices: what unused targets of a step point at.
    flat = (graph.vertices() + 1L) * stride <= mostFloats;
    offsetStride = flat ? stride : 1;
    hot = new HotRowReplicas(graph, offsetStride, flat ? options.threads() : 1);
    int copies = hot.count() * options.threads();
    FloatMatrix rows = rows(graph.vertices() + 1 + copies, mostFloats);
    contexts = rows;
    int vertices = copies > 0 ? graph.vertices() + 1 + copies : graph.vertices();
    vectors = isFirstOrder(options) ? rows : rows(vertices, mostFloats);
  }

  private static boolean isFirstOrder(LineOptions options) {
    return options.order() == 1;
  }

  private FloatMatrix rows(int count, int mostFloats) {
    if (flat) {
      return FloatMatrix.zeros(count, stride);
    }
    int shift = FloatMatrix.shiftFor(mostFloats, stride);
    return new FloatMatrix(FloatMatrix.blocks(count, stride, shift), shift, count, stride);
  }

  static FloatMatrix train(
      Graph graph,
      LineOptions options,
      Supplier<SgnsKernel> kernels,
      LongConsumer progress,
      Checkpoints checkpoints)
      throws IOException, InterruptedException {
    return train(graph, options, kernels, progress, checkpoints, FloatMatrix.MAX_ARRAY);
  }

  /**
   * Trains.
   *
   * @param mostFloats floats that an array may have
   */
  static FloatMatrix train(
      Graph graph,
      LineOptions options,
      Supplier<SgnsKernel> kernels,
      LongConsumer progress,
      Checkpoints checkpoints,
      int mostFloats)
      throws IOException, InterruptedException {
    Objects.requireNonNull(progress, "progress");
    int stride = (options.dimension() + SgnsKernel.LANES - 1) / SgnsKernel.LANES * SgnsKernel.LANES;
    RowMemory.check(graph.vertices(), stride, isFirstOrder(options) ? 1 : 2);
    if (graph.edges() == 0) {
      return FloatMatrix.large(graph.vertices(), options.dimension());
    }
    SgnsTrainer trainer = new SgnsTrainer(graph, options, stride, mostFloats);
    CheckpointFile state = new CheckpointFile(checkpoints, graph, options);
    long from = state.read(trainer.vectors, trainer.contexts);
    if (from == 0) {
      trainer.initialise(random(options.seed(), -1));
    }
    trainer.next.set(from);
    trainer.done.set(Math.min(from * BLOCK, trainer.samples));
    trainer.run(kernels, progress, state);
    return trainer.unitVectors();
  }

  /** Each block has random numbers of its own, whatever thread does it and what came before. */
  private static SplittableRandom random(long seed, long block) {
    return new SplittableRandom(new SplittableRandom(seed ^ mix(block)).nextLong());
  }

  /** The finaliser of MurmurHash3 (Appleby): neighbouring blocks must not begin alike. */
  private static long mix(long number) {
    long bits = number;
    bits = (bits ^ bits >>> 33) * 0xFF51_AFD7_ED55_8CCDL;
    bits = (bits ^ bits >>> 33) * 0xC4CE_B9FE_1A85_EC53L;
    return bits ^ bits >>> 33;
  }

  private void initialise(SplittableRandom random) {
    int dimension = options.dimension();
    for (int v = 0; v < graph.vertices(); v++) {
      if (graph.isIsolated(v)) {
        continue;
      }
      float[] block = vectors.block(v);
      for (int i = vectors.at(v); i < vectors.at(v) + dimension; i++) {
        block[i] = (float) ((random.nextDouble() - 0.5) / dimension);
      }
    }
  }

  private long blocks() {
    return samples / BLOCK + (samples % BLOCK > 0 ? 1 : 0);
  }

  /** Lets workers run until all is done, and keeps the state between two runs of theirs. */
  private void run(Supplier<SgnsKernel> kernels, LongConsumer progress, CheckpointFile state)
      throws InterruptedException {
    while (next.get() < blocks() && !runaway.get()) {
      pause.set(false);
      AtomicReference<Throwable> failure = new AtomicReference<>();
      List<Thread> workers = startWorkers(kernels, progress, failure);
      try {
        waitFor(workers, state.intervalNanos());
      } catch (InterruptedException e) {
        pauseAndWait(workers);
        Thread.interrupted(); // the exception tells of it
        state.write(Math.min(next.get(), blocks()), vectors, contexts);
        throw e;
      } finally {
        pauseAndWait(workers);
      }
      if (failure.get() != null) {
        throw new IllegalStateException("a training thread failed", failure.get());
      }
      if (next.get() < blocks() && !runaway.get()) {
        state.write(next.get(), vectors, contexts);
      }
    }
  }

  private List<Thread> startWorkers(
      Supplier<SgnsKernel> kernels, LongConsumer progress, AtomicReference<Throwable> failure) {
    List<Thread> workers = new ArrayList<>();
    for (int t = 0; t < options.threads(); t++) {
      HotRowReplicas.Worker own = hot.worker(t);
      Thread worker =
          new Thread(() -> work(kernels.get(), own, progress), "seesong-embedding-" + t);
      worker.setDaemon(true);
      worker.setUncaughtExceptionHandler(
          (thread, thrown) -> {
            failure.compareAndSet(null, thrown);
            pause.set(true);
          });
      workers.add(worker);
    }
    workers.forEach(Thread::start);
    return workers;
  }

  private static void waitFor(List<Thread> workers, long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    for (Thread worker : workers) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      worker.join(Math.max(1, left));
    }
  }

  /** Blocks are short; a second interruption does not hurry them. */
  private void pauseAndWait(List<Thread> workers) {
    pause.set(true);
    boolean interrupted = false;
    for (Thread worker : workers) {
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(SgnsKernel kernel, HotRowReplicas.Worker own, LongConsumer progress) {
    int stepsPerSample = (options.negatives() + SgnsKernel.TARGETS) / SgnsKernel.TARGETS;
    int[] steps = new int[BATCH * stepsPerSample * SgnsKernel.STEP];
    Steps doing = flat ? flatSteps(kernel) : blockedSteps(kernel);
    if (hot.count() > 0) {
      synchronized (hot) {
        own.begin(vectors.data(), contexts.data());
      }
    }
    while (!pause.get() && !runaway.get()) {
      long block = next.getAndIncrement();
      if (block >= blocks()) {
        return;
      }
      int size = (int) Math.min(BLOCK, samples - block * BLOCK);
      SplittableRandom random = random(options.seed(), block);
      double progressed = (double) block / blocks();
      float rate = (float) (options.learningRate() * Math.max(LAST_RATE, 1 - progressed));
      int exchange = Math.max(BATCH, EXCHANGE / options.threads());
      int unshared = 0;
      for (int i = 0; i < size; i += BATCH) {
        int count = drawSteps(steps, Math.min(BATCH, size - i), own, random);
        if (!doing.run(steps, count, rate)) {
          runaway.set(true);
          return;
        }
        unshared += BATCH;
        if (unshared >= exchange || i + BATCH >= size) {
          unshared = 0;
          exchange(own);
        }
      }
      progress.accept(done.addAndGet(size));
    }
  }

  private void exchange(HotRowReplicas.Worker own) {
    if (hot.count() > 0) {
      synchronized (hot) {
        own.exchange(vectors.data(), contexts.data());
      }
    }
  }

  /** Does steps, or says that rows were met that are no numbers. */
  private interface Steps {
    boolean run(int[] steps, int count, float rate);
  }

  private Steps flatSteps(SgnsKernel kernel) {
    float[] sources = vectors.data();
    float[] targets = contexts.data();
    return (steps, count, rate) -> {
      if (Float.isNaN(touch(sources, targets, steps, count))) {
        return false;
      }
      kernel.run(sources, targets, stride, steps, count, rate);
      return true;
    };
  }

  private Steps blockedSteps(SgnsKernel kernel) {
    BlockedSteps blocked = new BlockedSteps(kernel, vectors, contexts);
    return (steps, count, rate) -> {
      if (Float.isNaN(touchBlocks(steps, count))) {
        return false;
      }
      blocked.run(steps, count, rate);
      return true;
    };
  }

  /**
   * Sums up a number of each cache line that the steps will need. These reads do not wait for each
   * other, where a step waits for its rows before the next begins. The sum is not a number when
   * rows have run away, which is noticed here.
   */
  private float touch(float[] sources, float[] targets, int[] steps, int count) {
    float sum = 0;
    for (int at = 0; at < count * SgnsKernel.STEP; at += SgnsKernel.STEP) {
      for (int i = 0; i < stride; i += LINE) {
        sum += sources[steps[at] + i];
        sum += targets[steps[at + 1] + i];
        sum += targets[steps[at + 2] + i];
        sum += targets[steps[at + 3] + i];
        sum += targets[steps[at + 4] + i];
        sum += targets[steps[at + 5] + i];
        sum += targets[steps[at + 6] + i];
      }
    }
    return sum;
  }

  private float touchBlocks(int[] steps, int count) {
    float sum = 0;
    for (int at = 0; at < count * SgnsKernel.STEP; at += SgnsKernel.STEP) {
      for (int i = 0; i < stride; i += LINE) {
        sum += vectors.block(steps[at])[vectors.at(steps[at]) + i];
        for (int t = 1; t <= SgnsKernel.TARGETS; t++) {
          sum += contexts.block(steps[at + t])[contexts.at(steps[at + t]) + i];
        }
      }
    }
    return sum;
  }

  /** Fills in the steps of some samples and says how many steps they are. */
  private int drawSteps(
      int[] steps, int samples, HotRowReplicas.Worker own, SplittableRandom random) {
    int nothing = graph.vertices() * offsetStride;
    int at = 0;
    for (int sample = 0; sample < samples; sample++) {
      long pair = edges.draw(random);
      int source = (int) (pair >>> 32);
      int target = (int) pair;
      steps[at] = own.offset(source);
      steps[at + 1] = own.offset(target);
      int used = 1;
      int label = 1;
      for (int n = options.negatives(); n > 0; n--) {
        if (used == SgnsKernel.TARGETS) {
          steps[at + SgnsKernel.STEP - 1] = 2 * used + label;
          at += SgnsKernel.STEP;
          steps[at] = own.offset(source);
          used = 0;
          label = 0;
        }
        int negative = negatives.draw(random, target);
        if (negative != target && !(isFirstOrder(options) && negative == source)) {
          steps[at + 1 + used++] = own.offset(negative);
        }
      }
      for (int unused = used; unused < SgnsKernel.TARGETS; unused++) {
        steps[at + 1 + unused] = nothing;
      }
      steps[at + SgnsKernel.STEP - 1] = 2 * used + label;
      at += SgnsKernel.STEP;
    }
    return at / SgnsKernel.STEP;
  }

  /**
   * The rows at unit length, without padding; in the same array where there is none, and where they
   * stand in several arrays: each row then moves towards the beginning of its own.
   */
  private FloatMatrix unitVectors() {
    contexts = null;
    int dimension = options.dimension();
    FloatMatrix unit = vectors;
    if (!flat) {
      unit = vectors.sharing(graph.vertices(), dimension);
    } else if (vectors.rows() != graph.vertices() || stride != dimension) {
      unit = FloatMatrix.zeros(graph.vertices(), dimension);
    }
    for (int v = 0; v < graph.vertices(); v++) {
      float[] to = unit.block(v);
      int begin = unit.at(v);
      if (graph.isIsolated(v)) {
        Arrays.fill(to, begin, begin + dimension, 0);
        continue;
      }
      float[] from = vectors.block(v);
      int at = vectors.at(v);
      double sum = 0;
      for (int i = at; i < at + dimension; i++) {
        sum += (double) from[i] * from[i];
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
      for (int i = 0; i < dimension; i++) {
        to[begin + i] = (float) (from[at + i] * scale);
      }
    }
    return unit;
  }
}
