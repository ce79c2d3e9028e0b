package org.seesong.label;

import java.io.IOException;
import java.util.function.LongConsumer;
import org.seesong.io.OrderedWork;

/**
 * Shares of keywords that a classifier predicts for pictures, computed by several threads for a
 * block of pictures at a time, so that memory does not grow with the catalogue. Pictures must be
 * asked for in ascending order; for one thread.
 */
final class Predictions {
  /** Floats of a block: 4 MB. */
  private static final int BLOCK_FLOATS = 1 << 20;

  private static final int AHEAD_PER_THREAD = 16;

  private static final float[] NOTHING = {};

  private final int pictures;
  private final Source source;
  private final int threads;
  private final LongConsumer progress;
  private final float[][] block;
  private int first;
  private int end;

  /** Gives the shares of one picture; called from several threads at once. */
  interface Source {
    float[] of(int picture) throws IOException;
  }

  /**
   * Prepares to predict.
   *
   * @param progress called with how many pictures have been predicted
   */
  Predictions(int pictures, int keywords, Source source, int threads, LongConsumer progress) {
    this.pictures = pictures;
    this.source = source;
    this.threads = threads;
    this.progress = progress;
    int most = Math.min(pictures, BLOCK_FLOATS / Math.max(1, keywords));
    this.block = new float[Math.max(1, most)][];
  }

  /** Predicts nothing. */
  static Predictions none() {
    return new Predictions(0, 0, picture -> NOTHING, 1, done -> {});
  }

  /** The shares of a picture; an empty array if nothing is predicted. */
  float[] of(int picture) throws IOException, InterruptedException {
    if (picture >= pictures) {
      return NOTHING;
    }
    if (picture >= end) {
      first = picture;
      end = Math.min(pictures, first + block.length);
      OrderedWork.run(
          "seesong-classifier",
          threads,
          end - first,
          AHEAD_PER_THREAD * threads,
          i -> source.of(first + i),
          (shares, i) -> block[i] = shares);
      progress.accept(end);
    }
    return block[picture - first];
  }
}
