package org.seesong.build;

import java.io.IOException;

/** A strict build met rows or pictures it would have to leave out. */
public final class RejectedRowsException extends IOException {
  private static final long serialVersionUID = 1;

  RejectedRowsException(long count, String list) {
    super(
        count
            + " rows or pictures would be left out, and --strict does not allow that:\n"
            + list.stripTrailing());
  }
}
