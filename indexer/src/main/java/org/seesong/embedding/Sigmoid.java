package org.seesong.embedding;

/**
 * The sigmoid 1 / (1 + e^-x) from a table.
 *
 * <p>Beyond {@value #BOUND} it is flat to 0.25 %, and the table ends; within, it is off by 0.0004
 * at most. A table of 16 KB stays in the first-level cache, where a polynomial over lanes has a
 * longer chain of dependent steps.
 */
final class Sigmoid {
  private static final float BOUND = 6;
  private static final int TABLE = 1 << 12;
  private static final float[] VALUES = values();

  private Sigmoid() {}

  private static float[] values() {
    float[] values = new float[TABLE + 1];
    for (int i = 0; i <= TABLE; i++) {
      double x = (2.0 * i / TABLE - 1) * BOUND;
      values[i] = (float) (1 / (1 + StrictMath.exp(-x)));
    }
    return values;
  }

  static float of(float x) {
    if (x >= BOUND) {
      return 1;
    }
    if (x <= -BOUND) {
      return 0;
    }
    return VALUES[(int) ((x + BOUND) * (TABLE / (2 * BOUND)) + 0.5f)];
  }

  /**
   * The step sizes of a step whose products stand in {@code lanes}, {@link SgnsKernel#LANES} each.
   */
  static void steps(float[] lanes, int code, float rate, float[] gradients) {
    int targets = code >>> 1;
    float label = code & 1;
    for (int t = 0; t < SgnsKernel.TARGETS; t++) {
      if (t < targets) {
        gradients[t] = rate * (label - of(sum(lanes, t * SgnsKernel.LANES)));
      } else {
        gradients[t] = 0;
      }
      label = 0;
    }
  }

  /** Halves until one is left: the shortest chain of additions. */
  private static float sum(float[] lanes, int at) {
    return ((lanes[at] + lanes[at + 4]) + (lanes[at + 2] + lanes[at + 6]))
        + ((lanes[at + 1] + lanes[at + 5]) + (lanes[at + 3] + lanes[at + 7]));
  }
}
