package org.seesong.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.seesong.io.Pools;

/** Divides the queries among threads. */
final class Workers implements AutoCloseable {
  private final ExecutorService threads;

  Workers(int number) {
    AtomicInteger count = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            number,
            task -> {
              Thread thread = new Thread(task, "seesong-evaluate-" + count.getAndIncrement());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** What is done for a query. */
  interface Work<T> {
    T of(int query) throws IOException;
  }

  /** Does the work for 0 up to a number; results in that order. */
  <T> List<T> each(int number, Work<T> work, LongConsumer progress)
      throws IOException, InterruptedException {
    List<Future<T>> futures = new ArrayList<>(number);
    for (int i = 0; i < number; i++) {
      int query = i;
      futures.add(threads.submit(() -> work.of(query)));
    }
    List<T> results = new ArrayList<>(number);
    try {
      for (Future<T> future : futures) {
        // A result that is there already is given to an interrupted thread too.
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted while answering queries");
        }
        results.add(future.get());
        progress.accept(results.size());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw new IOException(io.getMessage(), io);
      }
      throw new IllegalStateException("answering a query failed", e.getCause());
    } finally {
      futures.forEach(future -> future.cancel(true));
    }
    return results;
  }

  @Override
  public void close() {
    Pools.stop(threads);
  }
}
