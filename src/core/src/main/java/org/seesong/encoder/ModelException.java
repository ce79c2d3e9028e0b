package org.seesong.encoder;

import java.io.IOException;

/** A model that cannot be imported or opened as it is; the message says what to change. */
public final class ModelException extends IOException {
  private static final long serialVersionUID = 1L;

  ModelException(String message) {
    super(message);
  }

  ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
