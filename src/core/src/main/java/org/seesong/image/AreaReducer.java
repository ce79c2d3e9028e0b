package org.seesong.image;

import java.util.Arrays;
import java.util.Locale;

/**
 * Shrinks a picture whose rows come one by one: every sample of the result is the mean of the area
 * it covers, as {@link Resizer} computes it for pictures in memory. Sums are whole numbers, so the
 * result is exact up to its one rounding, and the same on every machine. Memory is one row of sums
 * and the result.
 *
 * <p>In units of 1/to source pixel, result row i covers [i * from, (i + 1) * from) and source row y
 * covers [y * to, (y + 1) * to), so overlaps are whole numbers; the same across.
 */
final class AreaReducer {
  private static final int CHANNELS = 3;

  private final int fromWidth;
  private final int fromHeight;
  private final int width;
  private final int height;
  private final byte[] pixels;

  /** Weighted sums of the source rows of the open result row: at most 255 * fromHeight each. */
  private final int[] sums;

  private int nextRow;
  private int open;

  /** No side of the result is longer than the source's. */
  AreaReducer(int fromWidth, int fromHeight, int width, int height) {
    if (width < 1 || height < 1 || width > fromWidth || height > fromHeight) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d x %d cannot be reduced to %d x %d",
              fromWidth,
              fromHeight,
              width,
              height));
    }
    this.fromWidth = fromWidth;
    this.fromHeight = fromHeight;
    this.width = width;
    this.height = height;
    this.pixels = new byte[Math.multiplyExact(CHANNELS * width, height)];
    this.sums = new int[CHANNELS * fromWidth];
  }

  /** Takes the next source row, red, green, blue of each pixel; after the last one the first. */
  void add(byte[] rgb) {
    if (nextRow == fromHeight) {
      nextRow = 0;
      open = 0;
    }
    long begin = (long) nextRow * height;
    long end = (long) (open + 1) * fromHeight;
    int here = (int) Math.min(height, end - begin);
    addScaled(rgb, here);
    nextRow++;
    if (begin + here == end) {
      finishRow();
      if (here < height) {
        addScaled(rgb, height - here);
      }
    }
  }

  private void addScaled(byte[] rgb, int weight) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += weight * (rgb[i] & 0xff);
    }
  }

  private void finishRow() {
    long area = (long) fromWidth * fromHeight;
    int to = CHANNELS * open * width;
    for (int x = 0; x < width; x++) {
      long begin = (long) x * fromWidth;
      long end = begin + fromWidth;
      long r = area / 2;
      long g = area / 2;
      long b = area / 2;
      for (int source = (int) (begin / width); (long) source * width < end; source++) {
        long left = Math.max(begin, (long) source * width);
        long overlap = Math.min(end, (long) (source + 1) * width) - left;
        r += overlap * sums[CHANNELS * source];
        g += overlap * sums[CHANNELS * source + 1];
        b += overlap * sums[CHANNELS * source + 2];
      }
      pixels[to++] = (byte) (r / area);
      pixels[to++] = (byte) (g / area);
      pixels[to++] = (byte) (b / area);
    }
    Arrays.fill(sums, 0);
    open++;
  }

  /** The result, once all rows came. */
  RgbImage result() {
    if (nextRow != fromHeight) {
      throw new IllegalStateException(nextRow + " of " + fromHeight + " rows came");
    }
    return new RgbImage(width, height, pixels);
  }
}
