package org.seesong.image;

/** Unsigned numbers at positions of a file; a position beyond its end means the file is cut off. */
final class ByteReader {
  final byte[] bytes;
  private final String format;

  ByteReader(byte[] bytes, String format) {
    this.bytes = bytes;
    this.format = format;
  }

  DamageException cutOff(String where) {
    return new DamageException("is cut off: the " + format + " data ends " + where);
  }

  DamageException damaged(String what) {
    return new DamageException("is damaged: " + what);
  }

  void require(long from, long length, String what) throws DamageException {
    if (from < 0 || length < 0 || from + length > bytes.length) {
      throw cutOff("within its " + what);
    }
  }

  int u8(int at, String what) throws DamageException {
    require(at, 1, what);
    return bytes[at] & 0xff;
  }

  int u16be(int at, String what) throws DamageException {
    require(at, 2, what);
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  int u16le(int at, String what) throws DamageException {
    require(at, 2, what);
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
  }

  int u24le(int at, String what) throws DamageException {
    return u16le(at, what) | u8(at + 2, what) << 16;
  }

  int i32be(int at, String what) throws DamageException {
    return u16be(at, what) << 16 | u16be(at + 2, what);
  }

  int i32le(int at, String what) throws DamageException {
    return u16le(at, what) | u16le(at + 2, what) << 16;
  }

  boolean hasAscii(int at, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (at + i >= bytes.length || bytes[at + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
