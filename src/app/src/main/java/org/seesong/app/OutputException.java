package org.seesong.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Results could not be written to standard output: its disk is full, or its reader has gone. */
final class OutputException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Where Linux says what standard output is; its error texts are in the user's language. */
  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

  private final boolean closedPipe;

  private OutputException(String message, boolean closedPipe, Throwable cause) {
    super(message, cause);
    this.closedPipe = closedPipe;
  }

  static OutputException of(PrintStream data) {
    String message = "the results could not all be written to standard output";
    if (!(data instanceof DataStream watched) || watched.failure().isEmpty()) {
      return new OutputException(message, false, null);
    }
    IOException cause = watched.failure().get();
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    boolean pipe =
        reason.toLowerCase(Locale.ROOT).contains("pipe")
            || (watched.isStandardOutput() && isPipe(STANDARD_OUTPUT));
    return new OutputException(message + ": " + reason, pipe, cause);
  }

  private static boolean isPipe(Path link) {
    try {
      return Files.readSymbolicLink(link).toString().startsWith("pipe:");
    } catch (IOException | UnsupportedOperationException e) {
      return false; // not Linux
    }
  }

  /** Whether the reader wants no more, as {@code head} does after ten lines. */
  boolean isClosedPipe() {
    return closedPipe;
  }
}
