package org.seesong.push;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Threads that work on batches of documents, at most two batches for each on their way. The first
 * failure, of whatever kind, ends the whole: documents of that batch are not there. One thread
 * hands batches over.
 */
final class BatchThreads implements AutoCloseable {
  private final int most;
  private final Duration patience;
  private final ExecutorService threads;
  private final Semaphore free;
  private final AtomicReference<IOException> failure = new AtomicReference<>();

  /** Work on one batch. */
  interface Batch {
    /** Does it. */
    void run() throws IOException;
  }

  /**
   * Starts none yet.
   *
   * @param name of the threads
   * @param patience how long closing waits for batches that are on their way
   */
  BatchThreads(String name, int threads, Duration patience) {
    this.most = 2 * threads;
    this.patience = patience;
    this.free = new Semaphore(most);
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Hands a batch over as soon as there is room.
   *
   * @param what is done, for a failure that nobody expects
   * @throws IOException the failure of an earlier batch
   */
  void submit(String what, Batch batch) throws IOException {
    acquire(1);
    threads.execute(
        () -> {
          try {
            batch.run();
          } catch (IOException e) {
            failure.compareAndSet(null, e);
          } catch (Throwable e) {
            failure.compareAndSet(null, new PushException(what + " failed: " + e, e));
          } finally {
            free.release();
          }
        });
  }

  /** Whether a batch has failed, so that the others need not go on. */
  boolean hasFailed() {
    return failure.get() != null;
  }

  /**
   * Returns when all batches are done.
   *
   * @throws IOException the failure of one
   */
  void await() throws IOException {
    acquire(most);
    free.release(most);
  }

  private void acquire(int permits) throws IOException {
    try {
      free.acquire(permits);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while batches are on their way");
    }
    IOException failed = failure.get();
    if (failed != null) {
      free.release(permits);
      throw failed;
    }
  }

  /** Ends the threads; nothing of a batch happens any more once this has returned in time. */
  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    try {
      threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while batches end");
    }
  }
}
