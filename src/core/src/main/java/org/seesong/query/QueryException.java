package org.seesong.query;

/** A query that cannot be answered as it was given; the message is for its author. */
public final class QueryException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * A refusal.
   *
   * @param message what is wrong, where, the value, and what to do
   */
  public QueryException(String message) {
    super(message);
  }
}
