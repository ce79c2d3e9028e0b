package org.seesong.io;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Ends pools of threads. */
public final class Pools {
  private Pools() {}

  /**
   * Interrupts the threads of a pool and waits until they have ended, so that what they read from
   * can be closed. An interruption while waiting does not end it, and can be seen afterwards.
   *
   * @param pool a pool whose tasks end soon after they are interrupted
   */
  public static void stop(ExecutorService pool) {
    pool.shutdownNow();
    boolean interrupted = false;
    for (boolean ended = false; !ended; ) {
      try {
        ended = pool.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
