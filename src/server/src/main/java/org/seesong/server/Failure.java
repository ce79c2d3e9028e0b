package org.seesong.server;

import java.util.Optional;
import java.util.function.Supplier;
import org.seesong.encoder.EncoderOverloadedException;
import org.seesong.image.ImageException;
import org.seesong.query.QueryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what an endpoint throws into what its caller may know. */
final class Failure {
  private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

  private Failure() {}

  /**
   * An error for the caller; what is no fault of the caller's is logged with its trace.
   *
   * @param index the folder of the index, which callers need not know
   * @param damage looks whether the index is the reason
   */
  static ApiException of(
      Throwable e, String index, String requestId, Supplier<Optional<ApiException>> damage) {
    if (e instanceof ApiException told) {
      return told;
    }
    String message = String.valueOf(e.getMessage()).replace("index " + index, "the index");
    if (e instanceof QueryException) {
      return new ApiException(400, "query-invalid", message);
    }
    if (e instanceof ImageException) {
      return new ApiException(400, "picture-unreadable", message);
    }
    if (e instanceof EncoderOverloadedException) {
      return ApiException.overloaded(message);
    }
    Optional<ApiException> damaged = damage.get();
    if (damaged.isPresent()) {
      return damaged.get(); // and logged
    }
    LOG.error("request {} failed", requestId, e);
    return new ApiException(
        500,
        "internal",
        "the server failed; its log says more about request " + requestId + ", so tell its owner");
  }
}
