package org.seesong.bench.search;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.apache.lucene.codecs.hnsw.FlatVectorScorerUtil;

/** What a measurement needs of the machine. */
final class BenchMachine {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private BenchMachine() {}

  /** Refuses to measure without the processor's vector instructions, which change all figures. */
  static void requireSimd() {
    String scorer = FlatVectorScorerUtil.getLucene99FlatVectorsScorer().getClass().getSimpleName();
    if (!scorer.contains("MemorySegment")) {
      throw new IllegalArgumentException(
          "Lucene runs without the processor's vector instructions here, so figures would be two to"
              + " three times too slow; run 'src/bench/run' with a JDK 21 or newer, which sets the"
              + " flags for them, or measure all the same with --without-simd");
    }
  }

  /** Processor time of the calling thread. */
  static long threadNanos() {
    return THREADS.getCurrentThreadCpuTime();
  }
}
