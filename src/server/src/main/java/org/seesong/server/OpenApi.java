package org.seesong.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The description of the API that ships with it. */
final class OpenApi {
  private OpenApi() {}

  static Reply reply(Call call) throws IOException {
    CatalogueApi.requireNoParameters(call);
    return new Reply(200, Reply.JSON, read(), Map.of("Cache-Control", "no-cache"));
  }

  static byte[] read() throws IOException {
    try (InputStream in = OpenApi.class.getResourceAsStream("openapi.json")) {
      if (in == null) {
        throw new IOException("the file openapi.json is missing in this program");
      }
      return in.readAllBytes();
    }
  }
}
