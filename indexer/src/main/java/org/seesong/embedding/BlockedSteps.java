package org.seesong.embedding;

import org.seesong.vector.FloatMatrix;

/**
 * Steps on rows of which there are more than one Java array holds: copies the rows of a step
 * together, lets a {@link SgnsKernel} do it, and copies them back. The bits are those of steps on
 * one array. For one thread; several may share the rows.
 */
final class BlockedSteps {
  private final SgnsKernel kernel;
  private final FloatMatrix vectors;
  private final FloatMatrix contexts;
  private final int stride;
  private final float[] source;

  /** A row for each target, and one of zeros for those that are not used. */
  private final float[] targets;

  private final int[] step = new int[SgnsKernel.STEP];

  BlockedSteps(SgnsKernel kernel, FloatMatrix vectors, FloatMatrix contexts) {
    this.kernel = kernel;
    this.vectors = vectors;
    this.contexts = contexts;
    stride = vectors.dimension();
    source = new float[stride];
    targets = new float[(SgnsKernel.TARGETS + 1) * stride];
  }

  /**
   * Does steps that name rows instead of offsets in an array. A target that comes twice in a step
   * is copied once, so that it moves twice.
   */
  void run(int[] steps, int count, float rate) {
    for (int at = 0; at < count * SgnsKernel.STEP; at += SgnsKernel.STEP) {
      int code = steps[at + SgnsKernel.STEP - 1];
      int used = code >>> 1;
      take(vectors, steps[at], source, 0);
      for (int t = 0; t < SgnsKernel.TARGETS; t++) {
        int slot = t < used ? first(steps, at + 1, t) : SgnsKernel.TARGETS;
        step[1 + t] = slot * stride;
        if (slot == t) {
          take(contexts, steps[at + 1 + t], targets, t * stride);
        }
      }
      step[SgnsKernel.STEP - 1] = code;
      kernel.run(source, targets, stride, step, 1, rate);
      give(source, 0, vectors, steps[at]);
      for (int t = 0; t < used; t++) {
        if (step[1 + t] == t * stride) {
          give(targets, t * stride, contexts, steps[at + 1 + t]);
        }
      }
    }
  }

  /** The first target of the step that is the same row. */
  private static int first(int[] steps, int from, int target) {
    int same = 0;
    while (steps[from + same] != steps[from + target]) {
      same++;
    }
    return same;
  }

  private void take(FloatMatrix rows, int row, float[] to, int at) {
    System.arraycopy(rows.block(row), rows.at(row), to, at, stride);
  }

  private void give(float[] from, int at, FloatMatrix rows, int row) {
    System.arraycopy(from, at, rows.block(row), rows.at(row), stride);
  }
}
