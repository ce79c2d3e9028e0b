package org.seesong.embedding;

import java.lang.reflect.InvocationTargetException;

/**
 * One step of gradient descent for a source vector and up to {@value #TARGETS} context vectors
 * together.
 *
 * <p>With u the source's row, c_t the targets' rows, l_t their labels (1 for the vertex to be
 * predicted, 0 for negatives) and s the sigmoid, all from before the step:
 *
 * <pre>
 * g_t  = rate * (l_t - s(u c_t))
 * c_t := c_t + g_t * u
 * u   := u + sum over t of g_t * c_t
 * </pre>
 *
 * <p>There are two kernels. {@link PlainSgnsKernel} runs everywhere; {@code VectorSgnsKernel} uses
 * the incubating Vector API and is loaded only where the JVM has its module and registers of 256
 * bits. They give the same bits: both sum a product of rows in {@value #LANES} lanes, add the lanes
 * in the same order, and multiply and add with two roundings. A fused multiply-add would save
 * nothing at 64 dimensions and a tenth at 128, and is not available everywhere.
 *
 * <p>A step handles its targets together because what a step costs at 64 dimensions is latency:
 * rows that come from beyond the caches, sums across lanes, sigmoids. Six of each at once overlap;
 * one after another they do not.
 *
 * <p>Kernels hold scratch space: one for each thread. Several threads may share the arrays
 * (Hogwild: their racy writes are meant).
 */
interface SgnsKernel {
  /** Most targets of a step. */
  int TARGETS = 6;

  /** Partial sums of a product; rows are padded with zeros to a multiple. */
  int LANES = 8;

  /**
   * Numbers that describe a step: the source's offset, {@value #TARGETS} targets' offsets, and
   * twice the number of targets in use plus 1 if the first has the label 1. Unused targets point at
   * a row that nothing reads.
   */
  int STEP = TARGETS + 2;

  /**
   * Does steps one after another.
   *
   * @param contexts rows of targets; may be the same array if no step has its source as a target
   * @param stride numbers in a row, a multiple of {@value #LANES}
   */
  void run(float[] vectors, float[] contexts, int stride, int[] steps, int count, float rate);

  /** The fastest kernel of this JVM, for one thread. */
  static SgnsKernel fastest() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return new PlainSgnsKernel();
    }
    try {
      // By name: the class is compiled by itself, and loading it fails where the module is absent.
      Class<?> type = Class.forName("org.seesong.embedding.VectorSgnsKernel");
      SgnsKernel kernel = (SgnsKernel) type.getDeclaredConstructor().newInstance();
      return (boolean) type.getDeclaredMethod("isFast").invoke(null)
          ? kernel
          : new PlainSgnsKernel();
    } catch (InvocationTargetException e) {
      throw new LinkageError("the vector kernel failed to start", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the vector kernel is missing from the class path", e);
    }
  }
}
