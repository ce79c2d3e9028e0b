package org.seesong.label;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.seesong.io.Pools;

/** Shares out numbered pieces of work that do not depend on each other among threads. */
final class Bands {
  private static final int PIECES = 4;

  private Bands() {}

  /** One piece of work. */
  interface Work {
    void run(int number) throws IOException;
  }

  /** Does the work for 0 up to a number, in any order. */
  static void each(int number, int threads, Work work) throws IOException, InterruptedException {
    AtomicInteger thread = new AtomicInteger();
    ExecutorService workers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread worker = new Thread(task, "seesong-regression-" + thread.getAndIncrement());
              worker.setDaemon(true);
              return worker;
            });
    try {
      List<Future<?>> futures = new ArrayList<>();
      for (int from = 0; from < number; from += PIECES) {
        int start = from;
        int end = Math.min(number, from + PIECES);
        futures.add(
            workers.submit(
                () -> {
                  for (int i = start; i < end && !Thread.currentThread().isInterrupted(); i++) {
                    work.run(i);
                  }
                  return null;
                }));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw new IOException(io.getMessage(), io);
      }
      throw new IllegalStateException("predicting keywords failed", e.getCause());
    } finally {
      Pools.stop(workers);
    }
  }
}
