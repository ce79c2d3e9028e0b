package org.seesong.solr;

import java.nio.charset.StandardCharsets;
import org.apache.solr.common.SolrException;

/** Vectors of requests: image.vec, and what nodes tell each other. */
public final class VectorFuzz {
  private VectorFuzz() {}

  /** Runs one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    try {
      HopParams.encode(HopParams.decode("image.vec", text));
    } catch (SolrException e) {
      requireCallersFault(e);
    }
    try {
      HopParams.encode(HopParams.decodeTarget("a target", text));
    } catch (SolrException e) {
      requireCallersFault(e);
    }
  }

  private static void requireCallersFault(SolrException e) {
    if (e.code() != SolrException.ErrorCode.BAD_REQUEST.code || e.getMessage() == null) {
      throw new IllegalStateException(e);
    }
  }
}
