package org.seesong.model;

import java.io.IOException;
import java.nio.file.Path;
import org.seesong.io.Digests;

/** Checksums of files. */
final class Fingerprint {
  private Fingerprint() {}

  /** "NAME, SHA-256 HEX". */
  static String describe(Path file) throws IOException {
    return WeightsException.nameOf(file) + ", SHA-256 " + Digests.sha256(file);
  }
}
