package org.seesong.app;

import org.seesong.query.QueryException;
import org.seesong.query.TwoHopQuery;

/** Checks texts that songs are searched by. */
final class QueryWords {
  private QueryWords() {}

  /** Refuses a text that no index takes; null is none. */
  static void requireNotLong(String option, String text) {
    int length = text == null ? 0 : text.codePointCount(0, text.length());
    if (length > TwoHopQuery.Words.MAX_LENGTH) {
      throw new UsageException(
          new QueryException(
              option
                  + " must have at most "
                  + TwoHopQuery.Words.MAX_LENGTH
                  + " characters; got: "
                  + length));
    }
  }
}
