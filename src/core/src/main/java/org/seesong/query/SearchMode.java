package org.seesong.query;

/** How nearest neighbours are found. */
public enum SearchMode {
  /** Exact where that is fast, approximate where the index is large. */
  AUTO,
  /**
   * Whatever may be among the nearest is compared: the true neighbours, in a time that grows with
   * the index.
   */
  EXACT,
  /** The best candidates are compared: nearly all true neighbours, in a time that hardly grows. */
  APPROXIMATE
}
