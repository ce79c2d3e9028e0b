package org.seesong.knn;

import java.util.Arrays;
import org.apache.lucene.util.LongHeap;

/** The positions with the least estimates so far, at most so many. For one thread. */
final class Candidates {
  private final LongHeap heap; // has its least on top, so keys are inverted
  private final int capacity;
  private float worst = Float.POSITIVE_INFINITY;

  Candidates(int capacity) {
    this.heap = new LongHeap(capacity);
    this.capacity = capacity;
  }

  /** Orders by an estimate, at least 0, and then by a position. */
  static long key(float estimate, int position) {
    return (long) Float.floatToIntBits(estimate) << Integer.SIZE | position;
  }

  boolean isFull() {
    return heap.size() == capacity;
  }

  /** The largest estimate that is kept; infinite while there is room. */
  float worst() {
    return worst;
  }

  void add(float estimate, int position) {
    heap.insertWithOverflow(~key(estimate, position));
    if (isFull()) {
      worst = Float.intBitsToFloat((int) (~heap.top() >>> Integer.SIZE));
    }
  }

  /** Positions, least estimate first. */
  int[] positions() {
    long[] keys = new long[heap.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = ~heap.get(i + 1);
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }
}
