package org.seesong.embedding;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Steps per second of both kernels, with rows that fit the second-level cache and with as many as
 * the paper's graph has. Where the JVM has one kernel only, both names measure it.
 *
 * <p>In the kernels' package, since they are nobody else's business.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class SgnsKernelBenchmark {
  private static final int STEPS = 1 << 14;

  /** Which kernel. */
  @Param({"fastest", "plain"})
  public String kernel;

  /** Numbers in a row. */
  @Param({"64", "128"})
  public int dimension;

  /** Number of rows. */
  @Param({"2000", "95847"})
  public int vertices;

  private SgnsKernel step;
  private float[] vectors;
  private float[] contexts;
  private int[] steps;

  /** Draws steps. */
  @Setup
  public void setUp() {
    step = kernel.equals("plain") ? new PlainSgnsKernel() : SgnsKernel.fastest();
    SplittableRandom random = new SplittableRandom(1);
    vectors = new float[vertices * dimension];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = (float) ((random.nextDouble() - 0.5) / dimension);
    }
    contexts = new float[vectors.length + dimension];
    steps = new int[STEPS * SgnsKernel.STEP];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = random.nextInt(vertices) * dimension;
      if (i % SgnsKernel.STEP == SgnsKernel.STEP - 1) {
        steps[i] = 2 * SgnsKernel.TARGETS + 1;
      }
    }
  }

  /** Steps with six targets. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public void steps() {
    step.run(vectors, contexts, dimension, steps, STEPS, 0.001f);
  }
}
