package org.seesong.app;

/** A value on the command line that no file and no index could make right. */
final class UsageException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UsageException(IllegalArgumentException cause) {
    super(cause.getMessage(), cause);
  }
}
