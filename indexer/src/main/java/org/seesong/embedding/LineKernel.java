package org.seesong.embedding;

import java.util.Arrays;

/**
 * One sample's gradient step on flat arrays: a source vector against several context vectors.
 *
 * <p>The source's own change is summed up and applied in {@link #end()}, so that all targets of a
 * sample see the same source. Not thread-safe itself; several kernels may share the arrays
 * (Hogwild: their racy writes are meant).
 */
final class LineKernel {
  /** Beyond +-6 the sigmoid is flat to 0.25 %, and the table ends. */
  private static final float BOUND = 6;

  private static final int TABLE = 1 << 12;
  private static final float[] SIGMOID = sigmoidTable();

  private final float[] vectors;
  private final float[] contexts;
  private final int dimension;
  private final float[] change;
  private int source;

  LineKernel(float[] vectors, float[] contexts, int dimension) {
    assert vectors.length == contexts.length;
    this.vectors = vectors;
    this.contexts = contexts;
    this.dimension = dimension;
    this.change = new float[dimension];
  }

  private static float[] sigmoidTable() {
    float[] table = new float[TABLE + 1];
    for (int i = 0; i <= TABLE; i++) {
      double x = (2.0 * i / TABLE - 1) * BOUND;
      table[i] = (float) (1 / (1 + StrictMath.exp(-x)));
    }
    return table;
  }

  static float sigmoid(float x) {
    if (x >= BOUND) {
      return 1;
    }
    if (x <= -BOUND) {
      return 0;
    }
    return SIGMOID[(int) ((x + BOUND) * (TABLE / (2 * BOUND)) + 0.5f)];
  }

  void begin(int sourceVertex) {
    source = sourceVertex * dimension;
    Arrays.fill(change, 0);
  }

  /** Pulls the source to a target (label 1) or pushes it off (label 0), and the target likewise. */
  void target(int targetVertex, int label, float rate) {
    int target = targetVertex * dimension;
    float step = (label - sigmoid(dot(target))) * rate;
    for (int i = 0; i < dimension; i++) {
      float context = contexts[target + i];
      change[i] += step * context;
      contexts[target + i] = context + step * vectors[source + i];
    }
  }

  /** Four sums at once, in a fixed order: fast without changing bits from run to run. */
  private float dot(int target) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = 0;
    for (; i + 3 < dimension; i += 4) {
      a += vectors[source + i] * contexts[target + i];
      b += vectors[source + i + 1] * contexts[target + i + 1];
      c += vectors[source + i + 2] * contexts[target + i + 2];
      d += vectors[source + i + 3] * contexts[target + i + 3];
    }
    for (; i < dimension; i++) {
      a += vectors[source + i] * contexts[target + i];
    }
    return (a + b) + (c + d);
  }

  void end() {
    for (int i = 0; i < dimension; i++) {
      vectors[source + i] += change[i];
    }
  }
}
