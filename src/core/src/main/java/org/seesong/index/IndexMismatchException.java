package org.seesong.index;

import java.io.IOException;

/** An index that is not what its reader expects: the message names both sides. */
public final class IndexMismatchException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what clashes.
   *
   * @param message both sides, and what to do
   */
  public IndexMismatchException(String message) {
    super(message);
  }
}
