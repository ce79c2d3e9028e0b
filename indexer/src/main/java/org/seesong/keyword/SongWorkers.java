package org.seesong.keyword;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.seesong.io.Pools;

/**
 * Works on ranges of songs in several threads and hands the results back in the order of the songs,
 * so that nothing depends on the number of threads.
 */
final class SongWorkers implements AutoCloseable {
  private static final int SONGS_IN_RANGE = 128;
  private static final int RANGES_AHEAD_PER_THREAD = 4;

  private final ExecutorService pool;
  private final int ahead;

  SongWorkers(int threads) {
    int count = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    AtomicInteger number = new AtomicInteger();
    pool =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread = new Thread(task, "seesong-keyword-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    ahead = count * RANGES_AHEAD_PER_THREAD;
  }

  /** Work on the songs from {@code start} to {@code end}, exclusive. */
  interface Work<T> {
    T on(int start, int end);
  }

  /** Takes the result for the songs up to {@code end}; called by one thread, in order. */
  interface Sink<T> {
    void take(T result, int end);
  }

  private record Range<T>(Future<T> result, int end) {}

  <T> void forEach(int songs, Work<T> work, Sink<T> sink) {
    Deque<Range<T>> waiting = new ArrayDeque<>();
    for (int start = 0; start < songs; start += SONGS_IN_RANGE) {
      int from = start;
      int end = Math.min(songs, start + SONGS_IN_RANGE);
      waiting.add(new Range<>(pool.submit(() -> work.on(from, end)), end));
      if (waiting.size() >= ahead) {
        hand(waiting.remove(), sink);
      }
    }
    while (!waiting.isEmpty()) {
      hand(waiting.remove(), sink);
    }
  }

  private static <T> void hand(Range<T> range, Sink<T> sink) {
    try {
      sink.take(range.result().get(), range.end());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(
          "reading keywords failed before song " + range.end(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("interrupted between songs");
      cancelled.initCause(e);
      throw cancelled;
    }
  }

  @Override
  public void close() {
    Pools.stop(pool);
  }
}
