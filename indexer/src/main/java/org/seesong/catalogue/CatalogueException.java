package org.seesong.catalogue;

import java.io.IOException;

/** A catalogue with files that cannot be read as a whole; names each of them and why. */
public final class CatalogueException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Says which files and why.
   *
   * @param message one line for each file
   */
  public CatalogueException(String message) {
    super(message);
  }

  /**
   * Says which file broke while it was read.
   *
   * @param message the file and what happened
   * @param cause what the file system said
   */
  public CatalogueException(String message, Throwable cause) {
    super(message, cause);
  }
}
