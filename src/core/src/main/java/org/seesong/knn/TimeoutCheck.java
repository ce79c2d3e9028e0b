package org.seesong.knn;

import org.apache.lucene.index.QueryTimeout;

/** Looks at a searcher's timeout from time to time while vectors are compared. For one thread. */
final class TimeoutCheck {
  /** Vectors that are compared between two looks at the clock. */
  private static final int STRETCH = 2048;

  private final QueryTimeout timeout;
  private int compared;

  /**
   * Nothing compared yet.
   *
   * @param timeout null for none, as Lucene has it
   */
  TimeoutCheck(QueryTimeout timeout) {
    this.timeout = timeout;
  }

  /** What is looked at, or null. */
  QueryTimeout timeout() {
    return timeout;
  }

  /** To be called for each vector. */
  void countVector() {
    if (compared++ % STRETCH == 0) {
      look();
    }
  }

  /** Gives up if time is over. */
  void look() {
    if (timeout != null && timeout.shouldExit()) {
      throw new SearchTimeoutException("time was over before all vectors were compared");
    }
  }
}
