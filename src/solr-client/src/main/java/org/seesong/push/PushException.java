package org.seesong.push;

import java.io.IOException;

/** A push that cannot go on, told to its starter, with what to do next. */
public final class PushException extends IOException {
  private static final long serialVersionUID = 1L;

  PushException(String message) {
    super(message);
  }

  PushException(String message, Throwable cause) {
    super(message, cause);
  }
}
