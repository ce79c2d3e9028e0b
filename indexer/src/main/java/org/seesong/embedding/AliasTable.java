package org.seesong.embedding;

import java.util.SplittableRandom;

/**
 * Draws numbers with given proportions in constant time (Walker 1977, built in linear time as by
 * Vose 1991).
 *
 * <p>Every column keeps itself with probability {@code keep} and gives its alias otherwise. 8 bytes
 * an entry. Immutable.
 */
final class AliasTable {
  private final float[] keep;
  private final int[] alias;

  /**
   * @param weights at least one, finite, none negative, not all 0
   */
  AliasTable(double[] weights) {
    int n = weights.length;
    double sum = 0;
    for (double weight : weights) {
      assert weight >= 0 && weight < Double.POSITIVE_INFINITY : weight;
      sum += weight;
    }
    assert n > 0 && sum > 0 : "nothing to draw from";
    keep = new float[n];
    alias = new int[n];
    double[] share = new double[n];
    int[] stack = new int[n]; // small columns grow from the left, large ones from the right
    int small = 0;
    int large = n;
    for (int i = 0; i < n; i++) {
      share[i] = weights[i] * n / sum;
      if (share[i] < 1) {
        stack[small++] = i;
      } else {
        stack[--large] = i;
      }
    }
    while (small > 0 && large < n) {
      int poor = stack[--small];
      int rich = stack[large++];
      keep[poor] = (float) share[poor];
      alias[poor] = rich;
      share[rich] -= 1 - share[poor];
      if (share[rich] < 1) {
        stack[small++] = rich;
      } else {
        stack[--large] = rich;
      }
    }
    // What is left over differs from 1 by rounding only.
    while (small > 0) {
      fill(stack[--small]);
    }
    while (large < n) {
      fill(stack[large++]);
    }
  }

  private void fill(int column) {
    keep[column] = 1;
    alias[column] = column;
  }

  /** One draw of 64 bits: the upper half picks the column, the lower half decides on the alias. */
  int draw(SplittableRandom random) {
    long bits = random.nextLong();
    int column = (int) (((bits >>> 32) * keep.length) >>> 32);
    return (bits & 0xFF_FFFF) * 0x1p-24f < keep[column] ? column : alias[column];
  }
}
