package org.seesong.server;

import java.util.Map;

/** A request that gets an error; the message is for its author: what, where, what to do. */
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient Map<String, String> headers;

  ApiException(int status, String code, String message) {
    this(status, code, message, Map.of());
  }

  ApiException(int status, String code, String message, Map<String, String> headers) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = Map.copyOf(headers);
  }

  /** A request that cannot be read. */
  static ApiException invalid(String message) {
    return new ApiException(400, "request-invalid", message);
  }

  /** Too much to do; the same request may succeed a moment later. */
  static ApiException overloaded(String message) {
    return new ApiException(503, "overloaded", message, Map.of("Retry-After", "1"));
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  Map<String, String> headers() {
    return headers;
  }
}
