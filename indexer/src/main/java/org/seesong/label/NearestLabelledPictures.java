package org.seesong.label;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.apache.lucene.util.VectorUtil;
import org.seesong.io.Pools;

/**
 * Finds the labelled pictures nearest to each picture, exactly: every pair is compared.
 *
 * <p>For n asking and m labelled pictures of d dimensions n * m * d multiplications, which is a
 * small part of what a network takes to encode the pictures. Measured: 1.1e10 a second and core
 * with the Vector API, so that 9,405 pictures of 1,280 dimensions take 6 CPU-seconds and 33,459 of
 * 4,096 about 7 CPU-minutes, where VGG-19 needs five CPU-hours for them. Askers are taken in blocks
 * that stay in memory, the labelled in small tiles that stay in the cache while all askers of a
 * block are compared with them; so memory is bounded by {@link #BLOCK_FLOATS} for each thread and a
 * short list for each picture, whatever the catalogue's size.
 *
 * <p>Lucene's kernels add in another order with the Vector API than without. Their sums only choose
 * a few candidates more than are asked for; distances are then computed in doubles and in order.
 */
final class NearestLabelledPictures {
  /** Floats of a block of askers: 64 MB. */
  static final int BLOCK_FLOATS = 1 << 24;

  /** Floats of a tile: 512 KB, which second-level caches hold. */
  private static final int TILE_FLOATS = 1 << 17;

  /** Candidates beyond those asked for. */
  private static final int SPARE = 4;

  private final PictureVectors askers;
  private final PictureVectors labelledVectors;
  private final int[] labelled;
  private final boolean sameSet;
  private final int asked;
  private final LongConsumer progress;
  private final AtomicLong done = new AtomicLong();
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
    this.askers = askers;
    this.labelledVectors = labelledVectors;
    this.labelled = labelled;
    this.sameSet = sameSet;
    this.asked = asked;
    this.progress = progress;
    this.found = new int[Math.multiplyExact(askers.size(), asked)];
    this.squares = new double[found.length];
    Arrays.fill(found, -1);
  }

  Neighbours find(int threads) throws IOException, InterruptedException {
    AtomicInteger number = new AtomicInteger();
    ExecutorService workers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "seesong-label-" + number.getAndIncrement());
              thread.setDaemon(true);
              return thread;
            });
    try {
      CompletionService<Void> tasks = new ExecutorCompletionService<>(workers);
      List<Callable<Void>> blocks = blocks(threads);
      blocks.forEach(tasks::submit);
      for (int i = 0; i < blocks.size(); i++) {
        tasks.take().get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw new IOException(io.getMessage(), io);
      }
      throw new IllegalStateException("comparing pictures failed", e.getCause());
    } finally {
      Pools.stop(workers);
    }
    return new Neighbours(asked, found, squares);
  }

  /** No larger than memory allows, and enough of them for all threads to have some. */
  private List<Callable<Void>> blocks(int threads) {
    int most = Math.max(1, BLOCK_FLOATS / askers.dimension());
    int size = Math.max(1, Math.min(most, (askers.size() + 4 * threads - 1) / (4 * threads)));
    List<Callable<Void>> blocks = new ArrayList<>();
    for (int from = 0; from < askers.size(); from += size) {
      int start = from;
      int end = Math.min(askers.size(), from + size);
      blocks.add(
          () -> {
            block(start, end);
            return null;
          });
    }
    return blocks;
  }

  private void block(int from, int to) throws IOException, InterruptedException {
    float[][] rows = new float[to - from][];
    NearestList[] lists = new NearestList[to - from];
    for (int i = 0; i < rows.length; i++) {
      float[] row = new float[askers.dimension()];
      if (askers.read(from + i, row) && Direction.unit(row)) {
        rows[i] = row;
        lists[i] = new NearestList(asked + SPARE);
      }
    }
    int tile = Math.max(1, TILE_FLOATS / askers.dimension());
    float[][] targets = new float[tile][askers.dimension()];
    int[] numbers = new int[tile];
    long reported = 0;
    for (int first = 0; first < labelled.length; first += tile) {
      int filled = fill(first, targets, numbers);
      for (int i = 0; i < rows.length; i++) {
        if (rows[i] != null) {
          compare(from + i, rows[i], targets, numbers, filled, lists[i]);
        }
      }
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while comparing pictures");
      }
      long now = (long) rows.length * Math.min(labelled.length, first + tile) / labelled.length;
      progress.accept(done.addAndGet(now - reported));
      reported = now;
    }
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] != null) {
        keep(from + i, rows[i], lists[i], targets[0]);
      }
    }
  }

  /** Reads labelled pictures into a tile; those without a direction are left out. */
  private int fill(int first, float[][] targets, int[] numbers) throws IOException {
    int filled = 0;
    for (int i = first; i < Math.min(labelled.length, first + targets.length); i++) {
      if (labelledVectors.read(labelled[i], targets[filled]) && Direction.unit(targets[filled])) {
        numbers[filled++] = labelled[i];
      }
    }
    return filled;
  }

  private void compare(
      int asker, float[] row, float[][] targets, int[] numbers, int filled, NearestList list) {
    for (int j = 0; j < filled; j++) {
      if (!sameSet || numbers[j] != asker) {
        list.offer(numbers[j], VectorUtil.dotProduct(row, targets[j]));
      }
    }
  }

  /** Puts the candidates in order by their true distances and keeps as many as are asked for. */
  private void keep(int asker, float[] row, NearestList list, float[] buffer) throws IOException {
    int[] best = new int[list.size()];
    double[] distances = new double[list.size()];
    for (int i = 0; i < list.size(); i++) {
      int number = list.number(i);
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
      found[asker * asked + i] = best[i];
      squares[asker * asked + i] = distances[i];
    }
  }
}
