package org.seesong.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A weight file that is of another kind, damaged, or of another network. The message begins with
 * the file's name, lists all problems and is meant for the owner of the file.
 */
public final class WeightsException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * A problem of a file.
   *
   * @param file the file
   * @param problem what is wrong, and what to do
   */
  public WeightsException(Path file, String problem) {
    super(nameOf(file) + ": " + problem);
  }

  /**
   * A problem of a file.
   *
   * @param file the file
   * @param problem what is wrong, and what to do
   * @param cause what found it
   */
  public WeightsException(Path file, String problem, Throwable cause) {
    this(nameOf(file), problem, cause);
  }

  WeightsException(String source, String problem, Throwable cause) {
    super(source + ": " + problem, cause);
  }

  static String nameOf(Path file) {
    return Objects.toString(file.getFileName(), file.toString());
  }
}
