package org.seesong.app;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import org.seesong.catalogue.FileNames;
import org.seesong.encoder.EncoderException;

/** Says what went wrong in the words of the exception. */
public final class Failures {
  private Failures() {}

  /**
   * Prints a line, and where in the program it happened if asked to or if nobody expected it.
   *
   * @param e what a command threw
   * @param program the program's name, to begin the line with
   * @param stacktrace whether to print where in the program it happened
   * @param log where to print
   * @return the exit code
   */
  public static int report(Exception e, String program, boolean stacktrace, PrintStream log) {
    if (e instanceof OutputException output) {
      if (output.isClosedPipe()) {
        return Seesong.CLOSED;
      }
      log.println(program + ": " + output.getMessage());
      return Seesong.FAILED;
    }
    log.println(program + ": " + message(e));
    if (e instanceof UsageException && !stacktrace) {
      return Seesong.USAGE;
    }
    boolean expected =
        e instanceof IOException
            || e instanceof IllegalArgumentException
            || e instanceof EncoderException;
    if (stacktrace || !expected) {
      PrintWriter writer = new PrintWriter(log, true, StandardCharsets.UTF_8);
      for (StackTraceElement element : e.getStackTrace()) {
        writer.println("    at " + element);
      }
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        writer.println("  caused by " + cause);
        for (StackTraceElement element : cause.getStackTrace()) {
          writer.println("    at " + element);
        }
      }
    }
    return e instanceof UsageException ? Seesong.USAGE : Seesong.FAILED;
  }

  static String message(Throwable e) {
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + ": there is no such file or folder";
    }
    if (e instanceof AccessDeniedException denied) {
      return denied.getFile() + ": may not be read or written by this user";
    }
    if (e instanceof FileSystemException system && system.getReason() != null) {
      return system.getFile() + ": " + system.getReason();
    }
    if (e instanceof InvalidPathException invalid) {
      return FileNames.refusal(invalid);
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
