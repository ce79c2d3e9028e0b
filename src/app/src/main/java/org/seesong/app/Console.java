package org.seesong.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where a command writes: results to the data stream, all else to the log stream.
 *
 * <p>Text that comes from catalogues is freed of control characters before it reaches a terminal.
 */
final class Console {
  private static final ObjectWriter JSON = new ObjectMapper().writer();

  /** Names that no shell reads anything into. */
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}@%+=:,./\\\\_-]+");

  private final PrintStream data;
  private final PrintStream log;
  private boolean failed;

  Console(PrintStream data, PrintStream log) {
    this.data = data;
    this.log = log;
  }

  /** One line of results. */
  void data(String line) {
    data.println(clean(line));
    requireWritten();
  }

  /** One object of results as a line of JSON. */
  void json(Object value) {
    try {
      data.println(JSON.writeValueAsString(value));
      requireWritten();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /**
   * Ends the command, once, if results could not be written: print streams keep it to themselves.
   */
  void requireWritten() {
    if (data.checkError() && !failed) {
      failed = true;
      throw OutputException.of(data);
    }
  }

  /** One line for the person at the terminal. */
  void log(String line) {
    log.println(clean(line));
  }

  PrintStream logStream() {
    return log;
  }

  /** Whether somebody watches: the launcher looks, since Java cannot tell for standard error. */
  boolean isTerminal() {
    return Boolean.getBoolean("seesong.terminal");
  }

  /** The program as the user called it, for commands to copy. */
  String command() {
    return System.getProperty("seesong.command", "seesong");
  }

  /** A file's name as a shell takes it in a command to copy. */
  static String quoted(Path file) {
    String name = file.toString();
    if (PLAIN.matcher(name).matches()) {
      return name;
    }
    return File.separatorChar == '/' ? "'" + name.replace("'", "'\\''") + "'" : '"' + name + '"';
  }

  private static String clean(String line) {
    StringBuilder clean = new StringBuilder(line.length());
    line.codePoints()
        .map(c -> Character.isISOControl(c) && c != '\n' && c != '\t' ? ' ' : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
