package org.seesong.image;

import java.io.IOException;

/**
 * A file that is not a picture we read, is damaged, or goes beyond the limits. The message begins
 * with the file's name and is meant for the owner of the file.
 */
public final class ImageException extends IOException {
  private static final long serialVersionUID = 1L;

  ImageException(String name, String problem, Throwable cause) {
    super(name + ": " + problem, cause);
  }
}
