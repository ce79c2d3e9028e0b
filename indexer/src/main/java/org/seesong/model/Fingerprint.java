package org.seesong.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Checksums of files. */
final class Fingerprint {
  private static final int CHUNK = 1 << 20;

  private Fingerprint() {}

  /** "NAME, SHA-256 HEX". */
  static String describe(Path file) throws IOException {
    return WeightsException.nameOf(file) + ", SHA-256 " + sha256(file);
  }

  static String sha256(Path file) throws IOException {
    MessageDigest digest = digest("SHA-256");
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        digest.update(chunk, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
