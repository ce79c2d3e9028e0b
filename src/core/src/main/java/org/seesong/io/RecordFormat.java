package org.seesong.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/** The bytes of a {@link RecordFile}: making a header and a record, and verifying a whole file. */
final class RecordFormat {
  static final int VERSION = 2;

  /** The version of files that need not end with a footer. */
  private static final int NO_FOOTER_VERSION = 1;

  static final int MAX_PAYLOAD_BYTES = 1 << 26;

  /** Where the payload of a record starts: after key and length. */
  static final int PAYLOAD_OFFSET = ContentKey.BYTES + Integer.BYTES;

  private static final int MAGIC = 0x53535246; // SSRF
  private static final int SPACE_OFFSET = 3 * Integer.BYTES;
  private static final int MAX_SPACE_BYTES = 4096;
  static final int CHECKSUM_BYTES = Integer.BYTES;

  /** Bytes of a record beside its payload. */
  static final int RECORD_EXTRA_BYTES = PAYLOAD_OFFSET + CHECKSUM_BYTES;

  private static final int FOOTER_BYTES = RECORD_EXTRA_BYTES + Long.BYTES;

  /** The key of a record that holds nothing: it stands where a damaged one was. */
  private static final ContentKey GAP = new ContentKey(0, 0, 0, 0);

  /** The key of the record that closing writes behind all others. */
  private static final ContentKey FOOTER = new ContentKey(-1, -1, -1, -1);

  private static final int MAX_GAP_BYTES = 1 << 20;

  private RecordFormat() {}

  /**
   * Where a payload lies.
   *
   * @param position its first byte in the file
   * @param length its number of bytes
   */
  record Slot(long position, int length) {}

  /**
   * How long payloads of a file are.
   *
   * @param min fewest bytes
   * @param max most bytes
   */
  record Lengths(int min, int max) {
    static final Lengths ANY = new Lengths(0, MAX_PAYLOAD_BYTES);
  }

  /**
   * What verifying found.
   *
   * @param slots payloads by key
   * @param end end of the last good record but a footer, or of the header
   * @param version of the format
   * @param closed whether the file ends with a footer in its place
   * @param damage what is not good
   */
  record Scan(
      Map<ContentKey, Slot> slots, long end, int version, boolean closed, FileDamage damage) {}

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

  static byte[] record(ContentKey key, byte[] payload) {
    if (payload.length > MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "payload must have at most " + MAX_PAYLOAD_BYTES + " bytes; got: " + payload.length);
    }
    ByteBuffer record = ByteBuffer.allocate(PAYLOAD_OFFSET + payload.length + CHECKSUM_BYTES);
    key.write(record);
    record.putInt(payload.length).put(payload);
    return record.putInt(checksum(record.array(), 0, record.position())).array();
  }

  /** The last record of a closed file: it holds where it begins. */
  static byte[] footer(long position) {
    return record(FOOTER, ByteBuffer.allocate(Long.BYTES).putLong(position).array());
  }

  /** Writes gaps over a damaged range, so that readers step over it; it has room for one. */
  static void fill(FileBytes bytes, FileDamage.Range range) throws IOException {
    long position = range.from();
    while (position < range.to()) {
      long left = range.to() - position;
      long length =
          left <= MAX_GAP_BYTES ? left : Math.min(MAX_GAP_BYTES, left - RECORD_EXTRA_BYTES);
      byte[] gap = record(GAP, new byte[(int) length - RECORD_EXTRA_BYTES]);
      bytes.write(position, gap, gap.length);
      position += gap.length;
    }
  }

  /**
   * Verifies header and records. Damaged records are stepped over, up to the next that is good.
   *
   * @param lengths what payloads may have
   * @param wanted the space that the file must have, if it matters
   * @throws IOException if the header is another, or there is more damage than can be searched
   */
  static Scan scan(FileBytes bytes, Path file, Lengths lengths, Optional<String> wanted)
      throws IOException {
    RecordWindow window = new RecordWindow(bytes, lengths);
    String space = verifyHeader(window, file);
    requireSpace(space, file, wanted.orElse(space));
    int version = window.at(Integer.BYTES).getInt();
    long end = header(space).length;
    long footer = -1;
    Map<ContentKey, Slot> slots = new HashMap<>();
    List<FileDamage.Range> damaged = new ArrayList<>();
    for (long position = window.find(end, file); position >= 0; ) {
      if (position > end) {
        damaged.add(new FileDamage.Range(end, position));
      }
      ByteBuffer start = window.at(position);
      ContentKey key = ContentKey.read(start);
      int length = start.getInt();
      if (key.equals(FOOTER)) {
        footer = start.getLong() == position ? position : -1;
      } else if (!key.equals(GAP)) {
        slots.putIfAbsent(key, new Slot(position + PAYLOAD_OFFSET, length));
      }
      end = position + RECORD_EXTRA_BYTES + length;
      position = window.find(end, file);
    }
    FileDamage.Range torn = new FileDamage.Range(end, window.size());
    boolean lastIsFooter = footer >= 0 && end == footer + FOOTER_BYTES;
    boolean closed = lastIsFooter && torn.length() == 0;
    boolean open = !closed && version != NO_FOOTER_VERSION;
    return new Scan(
        slots,
        lastIsFooter ? footer : end,
        version,
        closed,
        new FileDamage(file, damaged, torn, open));
  }

  private static void requireSpace(String found, Path file, String space) throws IOException {
    if (!found.equals(space)) {
      throw new IOException(
          file
              + " holds records of '"
              + found
              + "', but records of '"
              + space
              + "' were asked for; use a file for each");
    }
  }

  /** Whether this is where a gap begins, which may have any length, or a footer. */
  static boolean isGapOrFooter(ByteBuffer record, int length) {
    ContentKey key = ContentKey.read(record.duplicate());
    return key.equals(GAP) || (key.equals(FOOTER) && length == Long.BYTES);
  }

  /**
   * Writes the header again where it is damaged but certainly this one: the file is a beginning of
   * it, or zeros, as a crash leaves them, or a good record follows where it ends.
   *
   * @return whether it was written
   */
  static boolean mendHeader(FileBytes file, Path path, byte[] header, Lengths lengths)
      throws IOException {
    byte[] found = new byte[header.length];
    int length = file.readUpTo(0, found, found.length);
    if (Arrays.equals(found, header)) {
      return false;
    }
    RecordWindow window = new RecordWindow(file, lengths);
    if (length == header.length && (isHeader(window, path) || !window.hasRecord(length))) {
      return false;
    }
    for (int i = 0; length < header.length && i < length; i++) {
      if (found[i] != header[i] && found[i] != 0) {
        return false;
      }
    }
    file.write(0, header, header.length);
    return true;
  }

  /** Whether it is one, perhaps of another space or version. */
  private static boolean isHeader(RecordWindow window, Path file) throws IOException {
    if (!window.has(0, SPACE_OFFSET)) {
      return false;
    }
    if (window.at(0).getInt() == MAGIC && !isKnown(window.at(4).getInt())) {
      return true;
    }
    try {
      verifyHeader(window, file);
      return true;
    } catch (IOException damaged) {
      return false;
    }
  }

  private static boolean isKnown(int version) {
    return version == VERSION || version == NO_FOOTER_VERSION;
  }

  private static String verifyHeader(RecordWindow window, Path file) throws IOException {
    if (!window.has(0, SPACE_OFFSET) || window.at(0).getInt() != MAGIC) {
      throw new IOException(
          file + " is not a record file of Seesong; it was left alone, move or delete it");
    }
    int version = window.at(4).getInt();
    if (!isKnown(version)) {
      throw new IOException(
          file
              + " has format version "
              + version
              + ", but this program reads versions "
              + NO_FOOTER_VERSION
              + " and "
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
    return new String(name, StandardCharsets.UTF_8);
  }

  static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
