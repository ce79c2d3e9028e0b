package org.seesong.io;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Numbered pieces of work that several threads do and one takes over in order, so that nothing
 * depends on the number of threads.
 */
public final class OrderedWork {
  private OrderedWork() {}

  /** Does a piece of work; called from several threads at once. */
  public interface Work<T> {
    /** Does the piece of this number, from 0. */
    T on(int piece) throws IOException, InterruptedException;
  }

  /** Takes over the result of a piece; called by one thread, in order. */
  public interface Sink<T> {
    /** Takes over the next result. */
    void take(T result, int piece) throws IOException;
  }

  /**
   * Does all pieces.
   *
   * @param name of the threads, such as {@code seesong-decode}
   * @param threads at least 1
   * @param pieces number of pieces, at least 0
   * @param ahead most pieces that are begun and not taken over, at least 1; bounds memory
   * @throws IOException what a piece or the sink threw; other failures of a piece are thrown as
   *     {@link IllegalStateException}. No thread is at work any more
   * @throws InterruptedException if the calling thread is interrupted
   */
  public static <T> void run(
      String name, int threads, int pieces, int ahead, Work<T> work, Sink<T> sink)
      throws IOException, InterruptedException {
    AtomicInteger number = new AtomicInteger();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, name + "-" + number.getAndIncrement());
              thread.setDaemon(true);
              return thread;
            });
    try {
      Deque<Future<T>> waiting = new ArrayDeque<>();
      int begun = 0;
      for (int done = 0; done < pieces; done++) {
        while (begun < pieces && waiting.size() < ahead) {
          int piece = begun++;
          waiting.add(pool.submit(() -> work.on(piece)));
        }
        // A result that is there already is given to an interrupted thread too.
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted while waiting for " + name);
        }
        sink.take(waiting.remove().get(), done);
      }
    } catch (ExecutionException e) {
      throw failure(name, e.getCause());
    } finally {
      Pools.stop(pool);
    }
  }

  private static IOException failure(String name, Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof IOException io) {
      return new IOException(io.getMessage(), io);
    }
    throw new IllegalStateException("a thread of " + name + " failed", cause);
  }
}
