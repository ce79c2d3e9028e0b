package org.seesong.server;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Content that a client may hold already. */
final class Conditional {
  private Conditional() {}

  /**
   * The content, or word that the client's is the same.
   *
   * @param digest of the content
   * @param seconds how long the client need not ask again
   */
  static Reply reply(Call call, String type, byte[] content, String digest, int seconds) {
    return reply(call, type, content, digest, seconds, Map.of());
  }

  /**
   * The same with further headers.
   *
   * @param further headers of the content
   */
  static Reply reply(
      Call call,
      String type,
      byte[] content,
      String digest,
      int seconds,
      Map<String, String> further) {
    String tag = "\"" + digest.substring(0, 32) + "\"";
    Map<String, String> headers = new HashMap<>(further);
    headers.put("ETag", tag);
    headers.put("Cache-Control", "private, max-age=" + seconds);
    boolean same =
        Arrays.stream(call.header("If-None-Match").split(",", -1))
            .map(each -> each.strip().replaceFirst("^W/", ""))
            .anyMatch(each -> each.equals(tag) || each.equals("*"));
    return same ? new Reply(304, "", new byte[0], headers) : new Reply(200, type, content, headers);
  }
}
