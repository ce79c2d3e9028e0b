package org.seesong.server;

import java.io.IOException;

/** Bodies of forms. */
public final class MultipartFuzz {
  private MultipartFuzz() {}

  /** Runs one input. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    try {
      MultipartForm.parse(input, "multipart/form-data; boundary=x");
    } catch (ApiException e) {
      JsonFuzz.requireCallersFault(e);
    }
  }
}
