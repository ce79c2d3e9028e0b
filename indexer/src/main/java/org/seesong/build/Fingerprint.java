package org.seesong.build;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A digest of values in order; every text is preceded by its length, so that parts cannot shift.
 */
final class Fingerprint {
  private final MessageDigest digest;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 12);

  Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  Fingerprint add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    flush();
    digest.update(bytes);
    return this;
  }

  Fingerprint add(long number) {
    if (buffer.remaining() < Long.BYTES) {
      flush();
    }
    buffer.putLong(number);
    return this;
  }

  private void flush() {
    digest.update(buffer.flip());
    buffer.clear();
  }

  Fingerprint add(double number) {
    return add(Double.doubleToLongBits(number));
  }

  /** Ends the digest: 64 hexadecimal digits. */
  String hex() {
    flush();
    return HexFormat.of().formatHex(digest.digest());
  }
}
