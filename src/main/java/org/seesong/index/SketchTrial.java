package org.seesong.index;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.util.VectorUtil;

/**
 * Tries out whether a sketch keeps neighbours near. Vectors without structure, which differ in all
 * directions alike, cannot be made short, and are better searched whole.
 */
final class SketchTrial {
  private static final int QUERIES = 32;
  private static final int NEIGHBOURS = 10;

  /** Candidates that the neighbours must be among. */
  private static final int CANDIDATES = 100;

  private static final double ENOUGH = 0.9;

  private SketchTrial() {}

  /** Whether most neighbours of some of the sample are among their candidates by the sketch. */
  static boolean keepsNeighbours(VectorSketch sketch, List<float[]> sample, int[] rows) {
    int size = sample.size();
    int queries = Math.min(QUERIES, size);
    int kept = 0;
    int all = 0;
    for (int i = 0; i < queries; i++) {
      int query = (int) ((long) i * size / queries);
      long[] exact = new long[size];
      long[] estimated = new long[size];
      for (int other = 0; other < size; other++) {
        exact[other] =
            RowHeap.key(VectorUtil.squareDistance(sample.get(query), sample.get(other)), other);
        estimated[other] = RowHeap.key(sketch.estimate(rows[query], rows[other]), other);
      }
      Set<Integer> candidates = first(estimated, CANDIDATES);
      Set<Integer> neighbours = first(exact, NEIGHBOURS);
      all += neighbours.size();
      neighbours.retainAll(candidates);
      kept += neighbours.size();
    }
    return kept >= ENOUGH * all;
  }

  private static Set<Integer> first(long[] keys, int count) {
    Arrays.sort(keys);
    Set<Integer> first = new HashSet<>();
    for (int i = 0; i < Math.min(count, keys.length); i++) {
      first.add((int) keys[i]);
    }
    return first;
  }
}
