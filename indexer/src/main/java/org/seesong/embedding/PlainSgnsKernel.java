package org.seesong.embedding;

/**
 * The step in plain Java, with the sums in the order that {@link SgnsKernel} names.
 *
 * <p>Rows are copied into scratch arrays for the update: only there does the compiler know that
 * they do not overlap, and makes vector instructions of the loops.
 */
final class PlainSgnsKernel implements SgnsKernel {
  private final float[] lanes = new float[TARGETS * LANES];
  private final float[] gradients = new float[TARGETS];
  private float[] source = new float[0];
  private float[] change = new float[0];
  private float[] context = new float[0];

  @Override
  public void run(
      float[] vectors, float[] contexts, int stride, int[] steps, int count, float rate) {
    if (source.length != stride) {
      source = new float[stride];
      change = new float[stride];
      context = new float[stride];
    }
    for (int at = 0; at < count * STEP; at += STEP) {
      int code = steps[at + TARGETS + 1];
      int targets = code >>> 1;
      System.arraycopy(vectors, steps[at], source, 0, stride);
      for (int t = 0; t < targets; t++) {
        product(source, contexts, steps[at + 1 + t], lanes, t * LANES);
      }
      Sigmoid.steps(lanes, code, rate, gradients);
      System.arraycopy(source, 0, change, 0, stride);
      for (int t = 0; t < targets; t++) {
        int target = steps[at + 1 + t];
        System.arraycopy(contexts, target, context, 0, stride);
        add(change, gradients[t], context);
        add(context, gradients[t], source);
        System.arraycopy(context, 0, contexts, target, stride);
      }
      System.arraycopy(change, 0, vectors, steps[at], stride);
    }
  }

  private static void product(float[] x, float[] contexts, int target, float[] lanes, int at) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    for (int i = 0, j = target; i < x.length; i += LANES, j += LANES) {
      a += x[i] * contexts[j];
      b += x[i + 1] * contexts[j + 1];
      c += x[i + 2] * contexts[j + 2];
      d += x[i + 3] * contexts[j + 3];
      e += x[i + 4] * contexts[j + 4];
      f += x[i + 5] * contexts[j + 5];
      g += x[i + 6] * contexts[j + 6];
      h += x[i + 7] * contexts[j + 7];
    }
    lanes[at] = a;
    lanes[at + 1] = b;
    lanes[at + 2] = c;
    lanes[at + 3] = d;
    lanes[at + 4] = e;
    lanes[at + 5] = f;
    lanes[at + 6] = g;
    lanes[at + 7] = h;
  }

  private static void add(float[] to, float factor, float[] x) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * x[i];
    }
  }
}
