package org.seesong.io;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A name made from content: the SHA-256 of some bytes, so that equal bytes get equal keys wherever
 * they lie.
 *
 * @param a bytes 0 to 7 of the hash, big-endian
 * @param b bytes 8 to 15
 * @param c bytes 16 to 23
 * @param d bytes 24 to 31
 */
public record ContentKey(long a, long b, long c, long d) {
  /** Bytes in a key. */
  static final int BYTES = 32;

  /**
   * The key of some content.
   *
   * @param content the bytes to name
   * @return their SHA-256
   */
  public static ContentKey of(byte[] content) {
    return read(ByteBuffer.wrap(Digests.sha256().digest(content)));
  }

  /** Takes the next key from a big-endian buffer. */
  static ContentKey read(ByteBuffer from) {
    return new ContentKey(from.getLong(), from.getLong(), from.getLong(), from.getLong());
  }

  /** Puts this key into a big-endian buffer. */
  void write(ByteBuffer into) {
    into.putLong(a).putLong(b).putLong(c).putLong(d);
  }

  /**
   * The hash as text.
   *
   * @return 64 hexadecimal digits
   */
  @Override
  public String toString() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    write(bytes);
    return HexFormat.of().formatHex(bytes.array());
  }
}
