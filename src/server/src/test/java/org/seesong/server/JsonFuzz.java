package org.seesong.server;

import org.seesong.query.QueryException;

/** JSON of searches. */
public final class JsonFuzz {
  private JsonFuzz() {}

  /** Runs one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    try {
      SearchRequest.read(Json.readObject(input), 1);
    } catch (ApiException e) {
      requireCallersFault(e);
    } catch (QueryException e) {
      if (e.getMessage() == null) {
        throw new IllegalStateException(e);
      }
    }
  }

  static void requireCallersFault(ApiException e) {
    if (e.status() / 100 != 4 || e.getMessage() == null) {
      throw new IllegalStateException(e);
    }
  }
}
