package org.seesong.label;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.apache.lucene.util.VectorUtil;
import org.seesong.io.OrderedWork;

/**
 * Finds the labelled pictures nearest to each picture: exactly, by comparing every pair, up to
 * {@value #MOST_COMPARED} labelled pictures; beyond by searching a {@link LabelIndex}.
 *
 * <p>n asking and m labelled pictures of d dimensions take n * m * d multiplications. Askers are
 * taken in blocks that stay in memory, the labelled in small tiles that stay in the cache while all
 * askers of a block are compared with them, so memory is bounded by {@link #BLOCK_FLOATS} for each
 * thread and a short list for each picture.
 *
 * <p>Lucene's kernels add in another order with the Vector API than without. Their sums only choose
 * a few candidates more than are asked for; distances are then computed in doubles and in order.
 */
final class NearestLabelledPictures {
  /** Floats of a block of askers: 64 MB. */
  static final int BLOCK_FLOATS = 1 << 24;

  /** Floats of a tile: 512 KB, which second-level caches hold. */
  private static final int TILE_FLOATS = 1 << 17;

  /** Labelled pictures up to which all pairs are compared. */
  static final int MOST_COMPARED = 50_000;

  /** Candidates beyond those asked for. */
  private static final int SPARE = 4;

  private final PictureVectors askers;
  private final PictureVectors labelledVectors;
  private final int[] labelled;
  private final boolean sameSet;
  private final int asked;
  private final int mostCompared;
  private final LongConsumer progress;
  private final AtomicLong done = new AtomicLong();

  /** The first and behind the last asker. */
  private final int first;

  private final int end;

  private final int[] found;
  private final double[] squares;

  /**
   * Prepares a search.
   *
   * @param labelled numbers of the pictures among {@code labelledVectors} that may be found,
   *     ascending
   * @param sameSet whether both sets are the same, so that a picture must not find itself
   */
  NearestLabelledPictures(
      PictureVectors askers,
      PictureVectors labelledVectors,
      int[] labelled,
      boolean sameSet,
      int asked,
      LongConsumer progress) {
    this(
        askers,
        labelledVectors,
        labelled,
        sameSet,
        asked,
        0,
        askers.size(),
        MOST_COMPARED,
        progress);
  }

  /**
   * With another limit of comparing all pairs, for tests, and for some askers.
   *
   * @param first the first asker
   * @param end behind the last one
   */
  NearestLabelledPictures(
      PictureVectors askers,
      PictureVectors labelledVectors,
      int[] labelled,
      boolean sameSet,
      int asked,
      int first,
      int end,
      int mostCompared,
      LongConsumer progress) {
    this.first = first;
    this.end = end;
    this.mostCompared = mostCompared;
    this.askers = askers;
    this.labelledVectors = labelledVectors;
    this.labelled = labelled;
    this.sameSet = sameSet;
    this.asked = asked;
    this.progress = progress;
    this.found = new int[Math.multiplyExact(end - first, asked)];
    this.squares = new double[found.length];
    Arrays.fill(found, -1);
  }

  Neighbours find(int threads) throws IOException, InterruptedException {
    if (labelled.length <= mostCompared) {
      inBlocks(threads, this::compareAll);
      return new Neighbours(asked, found, squares);
    }
    try (LabelIndex index = LabelIndex.of(labelledVectors, labelled)) {
      return find(index, threads);
    }
  }

  /** By searching an index of the labelled pictures. */
  Neighbours find(LabelIndex index, int threads) throws IOException, InterruptedException {
    inBlocks(threads, (from, to) -> search(index, from, to));
    return new Neighbours(asked, found, squares);
  }

  /** Finds the neighbours of the pictures from one number up to another. */
  private interface Block {
    void run(int from, int to) throws IOException, InterruptedException;
  }

  /**
   * Blocks are no larger than memory allows, since each reads all labelled pictures, and enough for
   * all threads to have some.
   */
  private void inBlocks(int threads, Block work) throws IOException, InterruptedException {
    int most = Math.max(1, BLOCK_FLOATS / askers.dimension());
    int wanted = threads == 1 ? 1 : 4 * threads;
    int size = Math.max(1, Math.min(most, (end - first + wanted - 1) / wanted));
    OrderedWork.run(
        "seesong-label",
        threads,
        (end - first + size - 1) / size,
        2 * threads,
        block -> {
          work.run(first + block * size, Math.min(end, first + (block + 1) * size));
          return block;
        },
        (done, block) -> {});
  }

  private void search(LabelIndex index, int from, int to) throws IOException, InterruptedException {
    float[] row = new float[askers.dimension()];
    float[] buffer = new float[askers.dimension()];
    for (int asker = from; asker < to; asker++) {
      if (askers.read(asker, row) && Direction.unit(row)) {
        int self = asker;
        int[] nearest =
            Arrays.stream(index.nearest(row, asked + SPARE))
                .filter(number -> !sameSet || number != self)
                .toArray();
        keep(asker, row, nearest, nearest.length, buffer);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while searching pictures");
      }
      progress.accept(done.incrementAndGet());
    }
  }

  private void compareAll(int from, int to) throws IOException, InterruptedException {
    float[][] rows = new float[to - from][];
    TopK[] lists = new TopK[to - from];
    for (int i = 0; i < rows.length; i++) {
      float[] row = new float[askers.dimension()];
      if (askers.read(from + i, row) && Direction.unit(row)) {
        rows[i] = row;
        lists[i] = new TopK(asked + SPARE);
      }
    }
    int tile = Math.max(1, TILE_FLOATS / askers.dimension());
    float[][] targets = new float[tile][askers.dimension()];
    int[] numbers = new int[tile];
    long reported = 0;
    for (int at = 0; at < labelled.length; at += tile) {
      int filled = fill(at, targets, numbers);
      for (int i = 0; i < rows.length; i++) {
        if (rows[i] != null) {
          compare(from + i, rows[i], targets, numbers, filled, lists[i]);
        }
      }
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while comparing pictures");
      }
      long now = (long) rows.length * Math.min(labelled.length, at + tile) / labelled.length;
      progress.accept(done.addAndGet(now - reported));
      reported = now;
    }
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] != null) {
        keep(from + i, rows[i], lists[i].numbers(), lists[i].size(), targets[0]);
      }
    }
  }

  /** Reads labelled pictures into a tile; those without a direction are left out. */
  private int fill(int from, float[][] targets, int[] numbers) throws IOException {
    int filled = 0;
    for (int i = from; i < Math.min(labelled.length, from + targets.length); i++) {
      if (labelledVectors.read(labelled[i], targets[filled]) && Direction.unit(targets[filled])) {
        numbers[filled++] = labelled[i];
      }
    }
    return filled;
  }

  private void compare(
      int asker, float[] row, float[][] targets, int[] numbers, int filled, TopK list) {
    for (int j = 0; j < filled; j++) {
      if (!sameSet || numbers[j] != asker) {
        list.offer(numbers[j], VectorUtil.dotProduct(row, targets[j]));
      }
    }
  }

  /** Puts the candidates in order by their true distances and keeps as many as are asked for. */
  private void keep(int asker, float[] row, int[] numbers, int size, float[] buffer)
      throws IOException {
    int[] best = new int[size];
    double[] distances = new double[size];
    for (int i = 0; i < size; i++) {
      int number = numbers[i];
      labelledVectors.read(number, buffer);
      Direction.unit(buffer);
      double distance = Direction.square(row, buffer);
      int at = i;
      while (at > 0
          && (distance < distances[at - 1]
              || (distance == distances[at - 1] && number < best[at - 1]))) {
        best[at] = best[at - 1];
        distances[at] = distances[at - 1];
        at--;
      }
      best[at] = number;
      distances[at] = distance;
    }
    for (int i = 0; i < Math.min(asked, best.length); i++) {
      found[(asker - first) * asked + i] = best[i];
      squares[(asker - first) * asked + i] = distances[i];
    }
  }
}
