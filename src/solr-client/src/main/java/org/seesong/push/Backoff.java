package org.seesong.push;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Pauses between tries: half a second, then twice as long each time up to 20 seconds, each
 * shortened by up to a half at random, so that senders do not come back all at once.
 */
final class Backoff {
  private static final long FIRST_MILLIS = 500;
  private static final long LONGEST_MILLIS = Duration.ofSeconds(20).toMillis();
  private static final long SEED = 42;

  private final int retries;
  private final SplittableRandom random;

  Backoff(int retries) {
    this(retries, new SplittableRandom(SEED));
  }

  private Backoff(int retries, SplittableRandom random) {
    this.retries = retries;
    this.random = random;
  }

  /** One of its own for another thread. */
  synchronized Backoff split() {
    return new Backoff(retries, random.split());
  }

  int retries() {
    return retries;
  }

  /** How long to wait before a try; the first retry is 1. */
  synchronized long millis(int retry) {
    long whole = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(20, retry - 1));
    return whole / 2 + random.nextLong(whole / 2 + 1);
  }

  void pause(int retry) throws InterruptedIOException {
    try {
      Thread.sleep(millis(retry));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting to try again");
    }
  }
}
