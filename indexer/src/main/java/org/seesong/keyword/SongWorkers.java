package org.seesong.keyword;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import org.seesong.io.OrderedWork;

/**
 * Works on ranges of songs in several threads and hands the results back in the order of the songs.
 */
final class SongWorkers {
  private static final int SONGS_IN_RANGE = 128;
  private static final int RANGES_AHEAD_PER_THREAD = 4;

  private final int threads;

  /** With as many threads as processors if {@code threads} is 0. */
  SongWorkers(int threads) {
    this.threads = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /** Work on the songs from {@code start} to {@code end}, exclusive. */
  interface Work<T> {
    T on(int start, int end);
  }

  /**
   * Takes the result for the songs from {@code start} to {@code end}; called by one thread, in
   * order.
   */
  interface Sink<T> {
    void take(T result, int start, int end);
  }

  /** An interruption is thrown as a {@link CancellationException} and can be seen afterwards. */
  <T> void forEach(int songs, Work<T> work, Sink<T> sink) {
    try {
      OrderedWork.run(
          "seesong-keyword",
          threads,
          (songs + SONGS_IN_RANGE - 1) / SONGS_IN_RANGE,
          threads * RANGES_AHEAD_PER_THREAD,
          range -> work.on(range * SONGS_IN_RANGE, end(songs, range)),
          (T result, int range) -> sink.take(result, range * SONGS_IN_RANGE, end(songs, range)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw cancelled(e);
    }
  }

  /** What an interruption is thrown as; it can be seen afterwards. */
  static CancellationException cancelled(InterruptedException e) {
    Thread.currentThread().interrupt();
    CancellationException cancelled = new CancellationException("interrupted between songs");
    cancelled.initCause(e);
    return cancelled;
  }

  private static int end(int songs, int range) {
    return Math.min(songs, (range + 1) * SONGS_IN_RANGE);
  }
}
