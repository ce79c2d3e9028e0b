package org.seesong.knn;

/** A search that was to end by a certain time did not; nothing is wrong with the index. */
public final class SearchTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SearchTimeoutException(String message) {
    super(message);
  }
}
