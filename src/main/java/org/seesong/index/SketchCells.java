package org.seesong.index;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.lucene.util.VectorUtil;

/**
 * Cuts the places of a sketch's rows into cells around centres (k-means), so that a search goes
 * through the rows near its target only.
 *
 * <p>About as many cells as the root of the number of rows. Immutable.
 *
 * @param centres of the cells
 * @param starts where in {@code rows} each cell begins; one more at the end
 * @param rows all rows, cell by cell, each cell in ascending order
 */
record SketchCells(float[][] centres, int[] starts, int[] rows) {
  private static final int ITERATIONS = 6;

  /** Rows for each cell that centres are learnt from. */
  private static final int SAMPLES = 32;

  private static final int MAX_CELLS = 2048;
  private static final long SEED = 0x5EE51;

  static SketchCells of(float[][] places) {
    int count = Math.max(1, Math.min(MAX_CELLS, (int) Math.sqrt(places.length)));
    float[][] sample = sample(places, count * SAMPLES);
    float[][] centres = new float[count][];
    for (int i = 0; i < count; i++) {
      centres[i] = sample[(int) ((long) i * sample.length / count)].clone();
    }
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      move(centres, sample);
    }
    return assign(centres, places);
  }

  /** Rows in random order, for pictures come in the order of their keywords. */
  private static float[][] sample(float[][] places, int most) {
    SplittableRandom random = new SplittableRandom(SEED);
    float[][] all = places.clone();
    int size = Math.min(most, all.length);
    for (int i = 0; i < size; i++) {
      int other = i + random.nextInt(all.length - i);
      float[] chosen = all[other];
      all[other] = all[i];
      all[i] = chosen;
    }
    return Arrays.copyOf(all, size);
  }

  private static void move(float[][] centres, float[][] sample) {
    float[][] sums = new float[centres.length][centres[0].length];
    int[] counts = new int[centres.length];
    for (float[] place : sample) {
      int nearest = nearest(centres, place);
      VectorUtil.add(sums[nearest], place);
      counts[nearest]++;
    }
    for (int i = 0; i < centres.length; i++) {
      if (counts[i] > 0) { // an empty cell stays where it is
        for (int j = 0; j < sums[i].length; j++) {
          centres[i][j] = sums[i][j] / counts[i];
        }
      }
    }
  }

  private static int nearest(float[][] centres, float[] place) {
    int nearest = 0;
    float least = Float.POSITIVE_INFINITY;
    for (int i = 0; i < centres.length; i++) {
      float squared = VectorUtil.squareDistance(centres[i], place);
      if (squared < least) {
        least = squared;
        nearest = i;
      }
    }
    return nearest;
  }

  private static SketchCells assign(float[][] centres, float[][] places) {
    int[] cells = new int[places.length];
    int[] starts = new int[centres.length + 1];
    for (int row = 0; row < cells.length; row++) {
      cells[row] = nearest(centres, places[row]);
      starts[cells[row] + 1]++;
    }
    for (int i = 0; i < centres.length; i++) {
      starts[i + 1] += starts[i];
    }
    int[] next = starts.clone();
    int[] rows = new int[cells.length];
    for (int row = 0; row < cells.length; row++) {
      rows[next[cells[row]]++] = row;
    }
    return new SketchCells(centres, starts, rows);
  }
}
