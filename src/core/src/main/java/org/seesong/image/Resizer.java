package org.seesong.image;

/**
 * Separable resize. Every output sample is a weighted mean of neighbouring input samples on each
 * axis: the exact share of the area it covers when shrinking, the two nearest centres when
 * enlarging. Sums are floats, rounded once at the end; Java's float arithmetic is the same
 * everywhere, so are the results.
 *
 * <p>Source rows stream through: one is squeezed sideways and added to the output rows it touches,
 * so memory is one float per output byte and a row.
 */
final class Resizer {
  private Resizer() {}

  /** For each output index the first input index and the weights from there on; they sum to 1. */
  private static final class Axis {
    private final int[] first;
    private final float[][] weights;

    Axis(int[] first, float[][] weights) {
      this.first = first;
      this.weights = weights;
    }

    static Axis of(int from, int to) {
      int[] first = new int[to];
      float[][] weights = new float[to][];
      for (int i = 0; i < to; i++) {
        if (to <= from) {
          cover(i, from, to, first, weights);
        } else {
          interpolate(i, from, to, first, weights);
        }
      }
      return new Axis(first, weights);
    }

    /** Output i covers [i * from, (i + 1) * from) in units of 1/to input pixel. */
    private static void cover(int i, int from, int to, int[] first, float[][] weights) {
      long begin = (long) i * from;
      long end = begin + from;
      first[i] = (int) (begin / to);
      float[] w = new float[(int) ((end - 1) / to) - first[i] + 1];
      for (int k = 0; k < w.length; k++) {
        long left = Math.max(begin, (long) (first[i] + k) * to);
        long right = Math.min(end, (long) (first[i] + k + 1) * to);
        w[k] = (float) ((double) (right - left) / from);
      }
      weights[i] = w;
    }

    private static void interpolate(int i, int from, int to, int[] first, float[][] weights) {
      double centre = Math.max(0, (i + 0.5) * from / to - 0.5);
      int left = Math.min((int) centre, from - 1);
      float share = (float) (centre - left);
      first[i] = left;
      weights[i] = left + 1 < from ? new float[] {1 - share, share} : new float[] {1};
    }
  }

  static RgbImage resize(RgbImage source, int width, int height) {
    Axis across = Axis.of(source.width(), width);
    Axis down = Axis.of(source.height(), height);
    float[] sums = new float[3 * width * height];
    float[] row = new float[3 * width];
    int open = 0;
    for (int y = 0; y < source.height(); y++) {
      squeeze(source, y, across, row);
      while (down.first[open] + down.weights[open].length <= y) {
        open++;
      }
      for (int to = open; to < height && down.first[to] <= y; to++) {
        int k = y - down.first[to];
        if (k < down.weights[to].length) {
          addScaled(row, down.weights[to][k], sums, to * row.length);
        }
      }
    }
    byte[] result = new byte[sums.length];
    for (int i = 0; i < sums.length; i++) {
      result[i] = (byte) Math.min(255, (int) (sums[i] + 0.5f));
    }
    return new RgbImage(width, height, result);
  }

  private static void squeeze(RgbImage source, int y, Axis across, float[] row) {
    byte[] pixels = source.pixels();
    int begin = 3 * y * source.width();
    for (int x = 0; x < across.first.length; x++) {
      float[] weights = across.weights[x];
      int p = begin + 3 * across.first[x];
      float r = 0;
      float g = 0;
      float b = 0;
      for (float w : weights) {
        r += w * (pixels[p] & 0xff);
        g += w * (pixels[p + 1] & 0xff);
        b += w * (pixels[p + 2] & 0xff);
        p += 3;
      }
      row[3 * x] = r;
      row[3 * x + 1] = g;
      row[3 * x + 2] = b;
    }
  }

  private static void addScaled(float[] row, float weight, float[] sums, int offset) {
    for (int i = 0; i < row.length; i++) {
      sums[offset + i] += weight * row[i];
    }
  }
}
