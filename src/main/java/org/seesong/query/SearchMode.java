package org.seesong.query;

/** How nearest neighbours are found. */
public enum SearchMode {
  /** Exact where that is fast, approximate where the index is large. */
  AUTO,
  /** Every vector is looked at: the true neighbours, in a time that grows with the index. */
  EXACT,
  /** Through Lucene's graph: nearly all true neighbours, in a time that hardly grows. */
  APPROXIMATE
}
