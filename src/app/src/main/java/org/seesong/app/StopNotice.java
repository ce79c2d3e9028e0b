package org.seesong.app;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * From show to remove, a user who stops the program (Ctrl-C, SIGTERM) reads what becomes of the
 * work. A training is interrupted then, and has a while to keep its state; everything else is kept
 * as it is made.
 */
final class StopNotice {
  private static final long PATIENCE_SECONDS = 30;

  private final Thread building = Thread.currentThread();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Console console;
  private final Thread hook;

  private StopNotice(Console console, String text, BooleanSupplier training) {
    this.console = console;
    hook =
        new Thread(
            () -> {
              if (training.getAsBoolean()) {
                building.interrupt();
                waitForEnd();
              }
              console.log("\nseesong: " + text);
            },
            "seesong-stop-notice");
  }

  static StopNotice show(Console console, Path out, BooleanSupplier training) {
    return show(
        console,
        "stopped; what is done so far is kept in "
            + out
            + ", and an index that was there is as it was. Run the same command again to go on.",
        training);
  }

  static StopNotice show(Console console, String text) {
    return show(console, text, () -> false);
  }

  private static StopNotice show(Console console, String text, BooleanSupplier training) {
    StopNotice notice = new StopNotice(console, text, training);
    Runtime.getRuntime().addShutdownHook(notice.hook);
    return notice;
  }

  private void waitForEnd() {
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        console.log("\nseesong: the training did not end in time; its last state is kept");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void remove() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is being stopped, so the notice is shown: nothing is to be said after it.
      ended.countDown();
      long start = System.nanoTime();
      while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1)); // it may return for no reason
      }
    }
  }
}
