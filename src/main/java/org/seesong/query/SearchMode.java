package org.seesong.query;

/** How nearest neighbours are found. */
public enum SearchMode {
  /** Exact where that is fast, approximate where the index is large. */
  AUTO,
  /** Every vector is looked at: the true neighbours, in a time that grows with the index. */
  EXACT,
  /**
   * Through sketches of the vectors, or Lucene's graph where an index has none: nearly all true
   * neighbours, in a time that hardly grows.
   */
  APPROXIMATE
}
