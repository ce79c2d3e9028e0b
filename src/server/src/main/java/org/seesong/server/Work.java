package org.seesong.server;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what the server takes on: so many uploaded pictures from their arrival to the answer, of
 * which more are refused at once; one decoding or search a processor, for which the others wait, so
 * that there is always time to refuse; and a few decoded pictures that wait for the encoder, so
 * that others wait as files, which are smaller. Safe for any number of threads.
 */
final class Work {
  /** Two batches of the encoders that take the largest ones. */
  static final int MOST_DECODED = 16;

  private final int mostPictures;
  private final Duration timeLimit;
  private final Semaphore pictures;
  private final Semaphore decoded = new Semaphore(MOST_DECODED, true);
  private final Semaphore processors;

  Work(ServerOptions options) {
    this.mostPictures = options.encoderQueue();
    this.timeLimit = options.timeLimit();
    this.pictures = new Semaphore(mostPictures);
    this.processors = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
  }

  /** What keeps a processor busy. */
  @FunctionalInterface
  interface Task<T, E extends Exception> {
    T run() throws E;
  }

  /** The right to have pictures in work, until it is closed. */
  static final class Admission implements AutoCloseable {
    private final Semaphore semaphore;
    private final int permits;

    private Admission(Semaphore semaphore, int permits) {
      this.semaphore = semaphore;
      this.permits = permits;
    }

    @Override
    public void close() {
      semaphore.release(permits);
    }
  }

  /** Uploaded pictures in work. */
  int pictures() {
    return mostPictures - pictures.availablePermits();
  }

  /**
   * Takes uploaded pictures on; more than fit at all are taken on while there are no others.
   *
   * @throws ApiException if there are too many already
   */
  Admission admit(int number) {
    int permits = Math.min(number, mostPictures);
    if (!pictures.tryAcquire(permits)) {
      throw ApiException.overloaded(
          "the server is busy with "
              + pictures()
              + " pictures and takes "
              + mostPictures
              + "; retry in a moment");
    }
    return new Admission(pictures, permits);
  }

  /**
   * Runs a task when a processor is free for it.
   *
   * @throws ApiException if none is within the time limit
   */
  <T, E extends Exception> T compute(Task<T, E> task) throws E {
    acquire(processors, 1);
    try {
      return task.run();
    } finally {
      processors.release();
    }
  }

  /**
   * Waits until so many pictures may be decoded and wait for the encoder; more than fit at all may
   * while there are no others.
   *
   * @throws ApiException if they may not within the time limit
   */
  Admission decode(int number) {
    int permits = Math.min(number, MOST_DECODED);
    acquire(decoded, permits);
    return new Admission(decoded, permits);
  }

  private void acquire(Semaphore semaphore, int permits) {
    try {
      if (!semaphore.tryAcquire(permits, timeLimit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw ApiException.overloaded("the server is busy with other requests; retry in a moment");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.overloaded("the server is stopping");
    }
  }
}
