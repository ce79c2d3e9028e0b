package org.seesong.push;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import org.apache.solr.common.SolrException;

/** What went wrong between us and Solr, in words that say what to do about it. */
final class SolrTrouble {
  private static final String PLUGIN = "org.seesong.solr.";

  private SolrTrouble() {}

  /** The status that Solr answered with, 0 if it did not answer. */
  static int status(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SolrException answered) {
        return answered.code();
      }
    }
    return 0;
  }

  /** Whether the same request may well succeed a little later. */
  static boolean mayPass(Throwable failure) {
    int status = status(failure);
    boolean busy = status == 0 || status == 408 || status == 429 || status >= 500;
    return busy && !isPlugin(failure);
  }

  /** Whether Solr's node was not there at all, so that another one may be asked at once. */
  static boolean isUnreachable(Throwable failure) {
    return status(failure) == 0;
  }

  static PushException toPushException(Exception failure, String url, PushTarget target) {
    int status = status(failure);
    if (status == 0) {
      return new PushException(unreachable(failure, url), failure);
    }
    if (status == 401) {
      return new PushException(
          target.user().isEmpty()
              ? "Solr at "
                  + url
                  + " wants to know who asks (401); give --user NAME and the password in the"
                  + " environment variable SEESONG_SOLR_PASSWORD"
              : "Solr at "
                  + url
                  + " does not take user '"
                  + target.user()
                  + "' with this password (401)",
          failure);
    }
    if (status == 403) {
      return new PushException(
          "Solr at "
              + url
              + " does not let "
              + (target.user().isEmpty() ? "a client without a user" : "'" + target.user() + "'")
              + " do this (403): "
              + reason(failure)
              + "; a push needs the permissions config-edit, collection-admin-edit,"
              + " collection-admin-read, schema-read, update and read",
          failure);
    }
    if (isPlugin(failure)) {
      return new PushException(
          "Solr at "
              + url
              + " lacks the Seesong plugin ("
              + reason(failure)
              + "); unzip seesong-solr into Solr's folder on every node, start the nodes with"
              + " SOLR_MODULES=seesong and push again",
          failure);
    }
    return new PushException(
        "Solr at " + url + " answers " + status + ": " + reason(failure), failure);
  }

  private static boolean isPlugin(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      if (message != null && isMissingPlugin(message)) {
        return true;
      }
    }
    return false;
  }

  /** Solr wraps it in "Error loading class", "fieldType ... not found" and more. */
  static boolean isMissingPlugin(String message) {
    return message.contains(PLUGIN)
        && (message.contains("Error loading class") || message.contains("ClassNotFound"));
  }

  private static String unreachable(Exception failure, String url) {
    return "no Solr answers at "
        + url
        + " ("
        + why(failure)
        + "); is it running, and is this its address, such as http://localhost:8983/solr?";
  }

  private static String why(Throwable failure) {
    Throwable deepest = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpConnectTimeoutException) {
        return "no connection within the time limit";
      }
      if (cause instanceof ConnectException) {
        return "connection refused";
      }
      if (cause instanceof UnknownHostException
          || cause.getClass().getName().contains("Unresolv")) {
        return "unknown host";
      }
      deepest = cause;
    }
    return deepest instanceof IOException && deepest.getMessage() != null
        ? deepest.getMessage()
        : deepest.toString();
  }

  /** Solr's own words, without the address that it puts before them. */
  static String reason(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SolrException answered && answered.getMessage() != null) {
        return answered
            .getMessage()
            .replaceFirst("^Error from server at \\S+: ", "")
            .strip()
            .lines()
            .findFirst()
            .orElse("");
      }
    }
    return String.valueOf(failure.getMessage());
  }
}
