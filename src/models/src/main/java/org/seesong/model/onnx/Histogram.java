package org.seesong.model.onnx;

import java.nio.FloatBuffer;

/**
 * How often an activation had which value: equal bins over [-reach, reach], where the reach doubles
 * when a number lies outside. Not safe for several threads.
 */
final class Histogram {
  private static final int HALF = 2048;

  /** Share of the numbers that {@link RangeMethod#PERCENTILE} cuts off at either end. */
  private static final double TAIL = 1e-4;

  /** Numbers that 8 bits tell apart. */
  private static final int LEVELS = 256;

  private final long[] bins = new long[2 * HALF];
  private double reach = 0x1p-20;
  private float least;
  private float greatest;
  private long count;

  /** Adds numbers; those that are none fail. */
  void add(FloatBuffer numbers) {
    float[] chunk = new float[1 << 14];
    while (numbers.hasRemaining()) {
      int some = Math.min(chunk.length, numbers.remaining());
      numbers.get(chunk, 0, some);
      add(chunk, some);
    }
  }

  private void add(float[] chunk, int some) {
    float low = least;
    float high = greatest;
    for (int i = 0; i < some; i++) {
      low = Math.min(low, chunk[i]);
      high = Math.max(high, chunk[i]);
    }
    if (!Float.isFinite(low) || !Float.isFinite(high)) {
      throw new IllegalArgumentException("an activation is no finite number");
    }
    least = low;
    greatest = high;
    while (Math.max(-low, high) >= reach) {
      widen();
    }
    double scale = HALF / reach;
    for (int i = 0; i < some; i++) {
      bins[(int) (chunk[i] * scale + HALF)]++;
    }
    count += some;
  }

  private void widen() {
    long[] wider = new long[bins.length];
    for (int i = 0; i < bins.length; i++) {
      wider[HALF / 2 + i / 2] += bins[i];
    }
    System.arraycopy(wider, 0, bins, 0, bins.length);
    reach *= 2;
  }

  /** The range to quantise, which holds 0. */
  ActivationRange range(RangeMethod method) {
    return switch (method) {
      case MIN_MAX -> new ActivationRange(least, greatest);
      case PERCENTILE -> within(below(TAIL), above(TAIL));
      case ENTROPY -> entropy();
    };
  }

  private ActivationRange within(double low, double high) {
    return new ActivationRange(
        (float) Math.min(0, Math.max(low, least)), (float) Math.max(0, Math.min(high, greatest)));
  }

  /** The value that a share of the numbers lies below. */
  private double below(double share) {
    long left = (long) (share * count);
    int bin = 0;
    while (bin < bins.length && left >= bins[bin]) {
      left -= bins[bin++];
    }
    return (bin - HALF) * reach / HALF;
  }

  private double above(double share) {
    long left = (long) (share * count);
    int bin = bins.length - 1;
    while (bin > 0 && left >= bins[bin]) {
      left -= bins[bin--];
    }
    return (bin + 1 - HALF) * reach / HALF;
  }

  /** Symmetric where there are negative numbers, as the distribution of their sizes tells. */
  private ActivationRange entropy() {
    double[] sizes = new double[HALF];
    for (int i = 0; i < HALF; i++) {
      sizes[i] = bins[HALF + i] + (double) bins[HALF - 1 - i];
    }
    // Zeros are quantised without loss, and a ReLU makes half of all numbers zero.
    sizes[0] = sizes[1];
    int last = HALF;
    while (last > LEVELS && sizes[last - 1] == 0) {
      last--;
    }
    int levels = least < 0 ? LEVELS / 2 : LEVELS;
    int best = last;
    double lowest = Double.POSITIVE_INFINITY;
    for (int kept = levels; kept <= last; kept += levels / 16) {
      double loss = divergence(sizes, kept, last, levels);
      if (loss < lowest) {
        lowest = loss;
        best = kept;
      }
    }
    double edge = best * reach / HALF;
    return within(-edge, edge);
  }

  /** Of the clipped distribution from its quantised one, in which each level's bins are alike. */
  private static double divergence(double[] sizes, int kept, int last, int levels) {
    double[] clipped = new double[kept];
    System.arraycopy(sizes, 0, clipped, 0, kept);
    double total = 0;
    for (int i = 0; i < last; i++) {
      total += sizes[i];
      if (i >= kept) {
        clipped[kept - 1] += sizes[i];
      }
    }
    double loss = 0;
    double mass = 0;
    for (int level = 0; level < levels; level++) {
      int from = (int) ((long) level * kept / levels);
      int to = (int) ((long) (level + 1) * kept / levels);
      double sum = 0;
      int filled = 0;
      for (int i = from; i < to; i++) {
        sum += sizes[i];
        filled += sizes[i] > 0 ? 1 : 0;
      }
      mass += sum;
      for (int i = from; i < to; i++) {
        if (clipped[i] > 0) {
          // A bin that is empty but for what was clipped gets next to nothing.
          double mean = sizes[i] > 0 ? sum / filled : 1e-4;
          loss += clipped[i] / total * Math.log(clipped[i] / mean);
        }
      }
    }
    return mass > 0 ? loss + Math.log(mass / total) : Double.POSITIVE_INFINITY;
  }
}
