package org.seesong.server;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a request is answered with.
 *
 * @param status such as 200
 * @param contentType of the body; "" without one
 * @param body its bytes; not copied
 * @param headers further ones
 */
record Reply(int status, String contentType, byte[] body, Map<String, String> headers) {
  static final String JSON = "application/json";

  static final Reply NO_CONTENT = new Reply(204, "", new byte[0], Map.of());

  Reply {
    headers = Map.copyOf(headers);
  }

  /** An answer that nobody keeps: the index may change at any time. */
  static Reply json(Object value) {
    return new Reply(200, JSON, Json.write(value), Map.of("Cache-Control", "no-store"));
  }

  static Reply error(int status, String code, String message, String requestId) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", code);
    error.put("message", message);
    error.put("request", requestId);
    return new Reply(
        status, JSON, Json.write(Map.of("error", error)), Map.of("Cache-Control", "no-store"));
  }
}
