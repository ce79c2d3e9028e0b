package org.seesong.embedding;

import java.util.SplittableRandom;

/**
 * Draws numbers with given proportions in constant time (Walker 1977, built in linear time as by
 * Vose 1991).
 *
 * <p>Every column keeps itself with a probability and gives its alias otherwise. Both stand in one
 * long, so that a draw from a table larger than the caches misses once:
 *
 * <pre>
 * bits 32 to 63   probability to keep the column, times 2^32, unsigned
 * bits  0 to 31   alias
 * </pre>
 *
 * <p>One array may hold many tables one after another, such as one for each row of a graph.
 * Immutable.
 */
final class AliasTable {
  private static final long INT = 0xFFFF_FFFFL;

  private final long[] columns;

  /**
   * One table.
   *
   * @param weights at least one, finite, none negative, not all 0
   */
  AliasTable(double[] weights) {
    this(weights, new int[] {0, weights.length});
  }

  /**
   * Many tables in one array: table i has the weights from {@code offsets[i]} to {@code offsets[i +
   * 1]}; a table may be empty, and is never drawn from then.
   */
  AliasTable(double[] weights, int[] offsets) {
    columns = new long[weights.length];
    int longest = 0;
    for (int i = 0; i + 1 < offsets.length; i++) {
      longest = Math.max(longest, offsets[i + 1] - offsets[i]);
    }
    double[] share = new double[longest];
    int[] stack = new int[longest];
    for (int i = 0; i + 1 < offsets.length; i++) {
      build(weights, offsets[i], offsets[i + 1] - offsets[i], share, stack);
    }
  }

  private void build(double[] weights, int from, int n, double[] share, int[] stack) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      assert weights[from + i] >= 0 && weights[from + i] < Double.POSITIVE_INFINITY;
      sum += weights[from + i];
    }
    assert n == 0 || sum > 0 : "nothing to draw from";
    int small = 0; // small columns grow from the left of the stack, large ones from the right
    int large = n;
    for (int i = 0; i < n; i++) {
      share[i] = weights[from + i] / sum * n;
      if (share[i] < 1) {
        stack[small++] = i;
      } else {
        stack[--large] = i;
      }
    }
    while (small > 0 && large < n) {
      int poor = stack[--small];
      int rich = stack[large++];
      columns[from + poor] = column(share[poor], rich);
      share[rich] -= 1 - share[poor];
      if (share[rich] < 1) {
        stack[small++] = rich;
      } else {
        stack[--large] = rich;
      }
    }
    // What is left over differs from 1 by rounding only.
    while (small > 0) {
      small--;
      columns[from + stack[small]] = column(1, stack[small]);
    }
    while (large < n) {
      columns[from + stack[large]] = column(1, stack[large]);
      large++;
    }
  }

  private static long column(double keep, int alias) {
    return Math.min(INT, (long) (keep * 0x1p32)) << 32 | alias;
  }

  /** A draw from the only table. */
  int draw(SplittableRandom random) {
    return draw(random, 0, columns.length);
  }

  /**
   * A draw from the table that has {@code size} columns from {@code from}: a number below {@code
   * size}. The upper half of 64 random bits picks the column, the lower decides on the alias.
   */
  int draw(SplittableRandom random, int from, int size) {
    long bits = random.nextLong();
    int column = (int) (((bits >>> 32) * size) >>> 32);
    long entry = columns[from + column];
    return (bits & INT) < entry >>> 32 ? column : (int) entry;
  }
}
