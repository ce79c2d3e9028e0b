package org.seesong.label;

import java.io.IOException;
import java.util.function.LongConsumer;

/**
 * Shares of keywords that a regression predicts for pictures, computed by several threads for a
 * block of pictures at a time, so that memory does not grow with the catalogue. Pictures must be
 * asked for in ascending order; for one thread.
 */
final class Predictions {
  /** Floats of a block: 4 MB. */
  private static final int BLOCK_FLOATS = 1 << 20;

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
   * @param pictures how many pictures there are
   * @param keywords how many shares each has
   * @param progress told how many pictures have been predicted
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
      Bands.each(end - first, threads, i -> block[i] = source.of(first + i));
      progress.accept(end);
    }
    return block[picture - first];
  }
}
