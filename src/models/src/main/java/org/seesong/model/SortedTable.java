package org.seesong.model;

import com.google.protobuf.MessageLite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Writes LevelDB's table format, as far as a few short entries need it: one block of data, an empty
 * block of filters, one block that points to the data, and a footer.
 *
 * <pre>
 * block   entry*, the offset of each entry (int32), their number (int32)
 * entry   shared bytes of key = 0, bytes of key, bytes of value (varint32 each), key, value
 * trailer behind each block: compression = 0, masked CRC-32C of block and compression (int32)
 * footer  places of the filters and of the pointers (offset, length: varint64 each), zeros up to
 *         40 bytes, magic number (int64)
 * </pre>
 *
 * All integers are little-endian. The format is described in LevelDB's doc/table_format.md.
 */
final class SortedTable {
  private static final long MAGIC = 0xdb4775248b80fb57L;
  private static final int FOOTER_PLACES = 40;
  private static final int MASK_DELTA = 0xa282ead8;

  private SortedTable() {}

  /** Writes and syncs a new file. */
  static void write(Path file, Map<String, MessageLite> entries) throws IOException {
    Output out = new Output();
    SortedMap<String, byte[]> values = new TreeMap<>();
    entries.forEach((key, value) -> values.put(key, value.toByteArray()));
    byte[] data = out.block(values);
    byte[] filters = out.block(new TreeMap<>());
    byte[] pointers = out.block(new TreeMap<>(Map.of(values.lastKey(), data)));
    out.footer(filters, pointers);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(out.bytes.toByteArray());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** Checksums are stored rotated and shifted, so that one over stored ones stays a good one. */
  static int masked(CRC32C checksum) {
    return Integer.rotateRight((int) checksum.getValue(), 15) + MASK_DELTA;
  }

  /** The file so far. */
  private static final class Output {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Appends a block with its trailer and gives its place. Keys are ASCII, so sorted as bytes. */
    byte[] block(SortedMap<String, byte[]> entries) {
      ByteArrayOutputStream block = new ByteArrayOutputStream();
      ByteArrayOutputStream restarts = new ByteArrayOutputStream();
      entries.forEach(
          (key, value) -> {
            byte[] name = key.getBytes(StandardCharsets.US_ASCII);
            restarts.writeBytes(int32(block.size()));
            block.writeBytes(varint(0));
            block.writeBytes(varint(name.length));
            block.writeBytes(varint(value.length));
            block.writeBytes(name);
            block.writeBytes(value);
          });
      if (entries.isEmpty()) {
        restarts.writeBytes(int32(0));
      }
      block.writeBytes(restarts.toByteArray());
      block.writeBytes(int32(Math.max(1, entries.size())));
      int offset = bytes.size();
      int length = block.size();
      block.write(0);
      CRC32C checksum = new CRC32C();
      checksum.update(block.toByteArray());
      bytes.writeBytes(block.toByteArray());
      bytes.writeBytes(int32(masked(checksum)));
      ByteArrayOutputStream place = new ByteArrayOutputStream();
      place.writeBytes(varint(offset));
      place.writeBytes(varint(length));
      return place.toByteArray();
    }

    void footer(byte[] filters, byte[] pointers) {
      bytes.writeBytes(filters);
      bytes.writeBytes(pointers);
      bytes.writeBytes(new byte[FOOTER_PLACES - filters.length - pointers.length]);
      bytes.writeBytes(
          ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(MAGIC).array());
    }

    private static byte[] int32(int value) {
      return ByteBuffer.allocate(Integer.BYTES)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(value)
          .array();
    }

    private static byte[] varint(int value) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      int rest = value;
      while ((rest & ~0x7f) != 0) {
        out.write((rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      out.write(rest);
      return out.toByteArray();
    }
  }
}
