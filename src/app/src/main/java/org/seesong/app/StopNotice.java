package org.seesong.app;

import java.nio.file.Path;

/**
 * From show to remove, whoever stops the program (Ctrl-C, SIGTERM) is told what becomes of the
 * work.
 */
final class StopNotice {
  private final Thread hook;

  private StopNotice(Thread hook) {
    this.hook = hook;
  }

  static StopNotice show(Console console, Path out) {
    return show(
        console,
        "stopped; what is done so far is kept in "
            + out
            + ", and an index that was there is as it was. Run the same command again to go on.");
  }

  static StopNotice show(Console console, String text) {
    Thread hook = new Thread(() -> console.log("\nseesong: " + text), "seesong-stop-notice");
    Runtime.getRuntime().addShutdownHook(hook);
    return new StopNotice(hook);
  }

  void remove() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is being stopped, so the notice is shown, or has been.
    }
  }
}
