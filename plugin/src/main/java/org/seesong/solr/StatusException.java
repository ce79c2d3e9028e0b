package org.seesong.solr;

import org.apache.solr.common.SolrException;

/** An answer with an HTTP status that Solr's own error codes lack. */
final class StatusException extends SolrException {
  private static final long serialVersionUID = 1L;

  /** Status of a body that is too large. */
  static final int TOO_LARGE = 413;

  /** Status of a body that did not come in time. */
  static final int TIMEOUT = 408;

  StatusException(int status, String message) {
    super(status, message, null);
  }

  /**
   * The failure of a shard as that of the search. An answer that broke off while it was read has
   * the status that it began with, 200.
   */
  static SolrException ofShard(SolrException failure) {
    return failure.code() >= ErrorCode.BAD_REQUEST.code
        ? failure
        : new StatusException(
            ErrorCode.SERVICE_UNAVAILABLE.code,
            "the answer of a shard broke off; retry soon (" + failure.getMessage() + ")");
  }
}
