package org.seesong.query;

/** A query that cannot be answered as it was put: the message is for whoever put it. */
public final class QueryException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong with the query.
   *
   * @param message what, where, the value, and what to do
   */
  public QueryException(String message) {
    super(message);
  }
}
