package org.seesong.encoder;

import java.time.Duration;
import java.util.Objects;

/**
 * How much a {@link BatchingEncoder} takes on. Start with {@link #DEFAULT}.
 *
 * @param queue pictures that may wait, at least 1; a request of more is taken only while none waits
 * @param timeLimit how long a request may take from call to vectors
 * @param workers calls of the encoder that run side by side, at least 1. One is best for networks,
 *     whose engines spread one call over all cores
 */
public record BatchingOptions(int queue, Duration timeLimit, int workers) {
  /** 64 waiting pictures, 30 seconds, one worker. */
  public static final BatchingOptions DEFAULT = new BatchingOptions(64, Duration.ofSeconds(30), 1);

  /** Checks. */
  public BatchingOptions {
    Objects.requireNonNull(timeLimit, "timeLimit");
    if (queue < 1) {
      throw new IllegalArgumentException("queue must be at least 1; got: " + queue);
    }
    if (timeLimit.isNegative() || timeLimit.isZero()) {
      throw new IllegalArgumentException("timeLimit must be positive; got: " + timeLimit);
    }
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1; got: " + workers);
    }
  }

  /**
   * Says how many pictures may wait.
   *
   * @param newQueue at least 1
   * @return a changed copy
   */
  public BatchingOptions withQueue(int newQueue) {
    return new BatchingOptions(newQueue, timeLimit, workers);
  }

  /**
   * Says how long a request may take.
   *
   * @param newTimeLimit more than nothing
   * @return a changed copy
   */
  public BatchingOptions withTimeLimit(Duration newTimeLimit) {
    return new BatchingOptions(queue, newTimeLimit, workers);
  }

  /**
   * Says how many calls run side by side.
   *
   * @param newWorkers at least 1
   * @return a changed copy
   */
  public BatchingOptions withWorkers(int newWorkers) {
    return new BatchingOptions(queue, timeLimit, newWorkers);
  }
}
