package org.seesong.index;

import java.util.Arrays;

/**
 * The rows with the least estimates so far: a binary heap with the worst on top. For one thread.
 */
final class RowHeap {
  private final long[] keys;
  private int size;

  RowHeap(int capacity) {
    keys = new long[capacity];
  }

  boolean isFull() {
    return size == keys.length;
  }

  float worst() {
    return isFull()
        ? Float.intBitsToFloat((int) (keys[0] >>> Integer.SIZE))
        : Float.POSITIVE_INFINITY;
  }

  void add(float estimate, int row) {
    long key = key(estimate, row);
    if (!isFull()) {
      int at = size++;
      while (at > 0 && keys[(at - 1) / 2] < key) {
        keys[at] = keys[(at - 1) / 2];
        at = (at - 1) / 2;
      }
      keys[at] = key;
      return;
    }
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && keys[child + 1] > keys[child]) {
        child++;
      }
      if (keys[child] <= key) {
        break;
      }
      keys[at] = keys[child];
      at = child;
    }
    keys[at] = key;
  }

  int[] rows() {
    return Arrays.stream(keys, 0, size).sorted().mapToInt(key -> (int) key).toArray();
  }

  /** Orders by a number that is not negative, then by another. */
  static long key(float first, int second) {
    return (long) Float.floatToIntBits(first) << Integer.SIZE | second;
  }
}
