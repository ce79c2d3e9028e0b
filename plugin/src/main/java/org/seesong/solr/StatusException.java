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
}
