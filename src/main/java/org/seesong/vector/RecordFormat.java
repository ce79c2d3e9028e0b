package org.seesong.vector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/** The bytes of a {@link RecordFile}: making a header and a record, and verifying a whole file. */
final class RecordFormat {
  static final int VERSION = 1;
  static final int MAX_PAYLOAD_BYTES = 1 << 26;

  /** Where the payload of a record starts: after key and length. */
  static final int PAYLOAD_OFFSET = ContentKey.BYTES + Integer.BYTES;

  private static final int MAGIC = 0x53535246; // SSRF
  private static final int SPACE_OFFSET = 3 * Integer.BYTES;
  private static final int MAX_SPACE_BYTES = 4096;
  private static final int CHECKSUM_BYTES = Integer.BYTES;
  private static final int WINDOW_BYTES = 1 << 20;

  private RecordFormat() {}

  /**
   * Where a payload lies.
   *
   * @param position its first byte in the file
   * @param length its number of bytes
   */
  record Slot(long position, int length) {}

  /**
   * What verifying found.
   *
   * @param slots payloads by key
   * @param end end of the last good record, or of the header
   */
  record Scan(Map<ContentKey, Slot> slots, long end) {}

  static byte[] header(String space) {
    byte[] name = space.getBytes(StandardCharsets.UTF_8);
    if (name.length < 1 || name.length > MAX_SPACE_BYTES) {
      throw new IllegalArgumentException(
          "space must have 1 to " + MAX_SPACE_BYTES + " bytes of UTF-8; got: " + name.length);
    }
    ByteBuffer header = ByteBuffer.allocate(SPACE_OFFSET + name.length + CHECKSUM_BYTES);
    header.putInt(MAGIC).putInt(VERSION).putInt(name.length).put(name);
    return header.putInt(checksum(header.array(), 0, header.position())).array();
  }

  static ByteBuffer record(ContentKey key, byte[] payload) {
    if (payload.length > MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "payload must have at most " + MAX_PAYLOAD_BYTES + " bytes; got: " + payload.length);
    }
    ByteBuffer record = ByteBuffer.allocate(PAYLOAD_OFFSET + payload.length + CHECKSUM_BYTES);
    key.write(record);
    record.putInt(payload.length).put(payload);
    return record.putInt(checksum(record.array(), 0, record.position())).flip();
  }

  /** Verifies header and records; an other header is an error, damaged records end the scan. */
  static Scan scan(FileChannel channel, Path file, String space) throws IOException {
    Window window = new Window(channel);
    long position = verifyHeader(window, file, space);
    Map<ContentKey, Slot> slots = new HashMap<>();
    while (window.has(position, PAYLOAD_OFFSET)) {
      ByteBuffer start = window.at(position);
      ContentKey key = ContentKey.read(start);
      int length = start.getInt();
      if (length < 0
          || length > MAX_PAYLOAD_BYTES
          || !window.has(position, PAYLOAD_OFFSET + length + CHECKSUM_BYTES)
          || !window.verify(position, PAYLOAD_OFFSET + length)) {
        break;
      }
      slots.putIfAbsent(key, new Slot(position + PAYLOAD_OFFSET, length));
      position += PAYLOAD_OFFSET + length + CHECKSUM_BYTES;
    }
    return new Scan(slots, position);
  }

  private static int verifyHeader(Window window, Path file, String space) throws IOException {
    if (!window.has(0, SPACE_OFFSET) || window.at(0).getInt() != MAGIC) {
      throw new IOException(
          file + " is not a record file of Seesong; it was left alone, give another name");
    }
    int version = window.at(4).getInt();
    if (version != VERSION) {
      throw new IOException(
          file
              + " has format version "
              + version
              + ", but this program reads version "
              + VERSION
              + "; delete the file to compute its content again");
    }
    int length = window.at(8).getInt();
    if (length < 1
        || length > MAX_SPACE_BYTES
        || !window.has(0, SPACE_OFFSET + length + CHECKSUM_BYTES)
        || !window.verify(0, SPACE_OFFSET + length)) {
      throw new IOException(
          file + " has a damaged header; delete the file to compute its content again");
    }
    byte[] name = new byte[length];
    window.at(SPACE_OFFSET).get(name);
    String found = new String(name, StandardCharsets.UTF_8);
    if (!found.equals(space)) {
      throw new IOException(
          file
              + " holds records of '"
              + found
              + "', but records of '"
              + space
              + "' were asked for; use a file for each");
    }
    return SPACE_OFFSET + length + CHECKSUM_BYTES;
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  /** A stretch of the file in memory that moves forward with the scan. */
  private static final class Window {
    private final FileChannel channel;
    private final long size;
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private long start;

    Window(FileChannel channel) throws IOException {
      this.channel = channel;
      this.size = channel.size();
    }

    /** Whether the file has these bytes; brings them into memory. */
    boolean has(long position, int length) throws IOException {
      if (position + length > size) {
        return false;
      }
      if (position < start || position + length > start + bytes.limit()) {
        load(position, (int) Math.min(size - position, Math.max(length, WINDOW_BYTES)));
      }
      return position + length <= start + bytes.limit();
    }

    private void load(long position, int length) throws IOException {
      bytes =
          bytes.capacity() >= length ? bytes.clear().limit(length) : ByteBuffer.allocate(length);
      start = position;
      while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0) {
        // A file that shrinks meanwhile ends the window early.
      }
      bytes.flip();
    }

    /** The bytes from a position that {@link #has} brought into memory. */
    ByteBuffer at(long position) {
      return bytes.position((int) (position - start));
    }

    /** Whether the checksum after these bytes is theirs. */
    boolean verify(long position, int length) {
      int from = (int) (position - start);
      return checksum(bytes.array(), from, length) == bytes.getInt(from + length);
    }
  }
}
