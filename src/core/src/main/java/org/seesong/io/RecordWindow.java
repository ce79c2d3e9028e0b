package org.seesong.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A stretch of a {@link RecordFile} in memory, which moves forward as records are verified.
 *
 * <p>Where a record is damaged, every later byte may be the start of the next good one: where a
 * payload's length could stand, the checksum decides. Hostile bytes could make each of them look
 * like a start, so what is spent on checksums in vain is bounded by a multiple of the file's size.
 *
 * <p>Of random bytes, one place in 64 holds a length that a payload may have at most, which makes
 * long checksums expensive. So a payload that is longer than usual and than all before must be
 * followed by what may be another record, or by the file's end. What is spent on those in vain is
 * bounded, too; beyond the bound they are no longer looked for.
 */
final class RecordWindow {
  private static final int WINDOW_BYTES = 1 << 20;

  /** Checksums of payloads that do not match may cover each byte of a file so many times. */
  private static final int MAX_PASSES = 16;

  /** Payloads up to this length, and to that of the longest before, are looked for everywhere. */
  private static final int USUAL_PAYLOAD_BYTES = 1 << 16;

  private final FileBytes file;
  private final RecordFormat.Lengths lengths;
  private final long size;
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private long start;
  private int longest;
  private long budget;
  private long longBudget;

  RecordWindow(FileBytes file, RecordFormat.Lengths lengths) throws IOException {
    this.file = file;
    this.lengths = lengths;
    this.size = file.size();
    this.longest = Math.max(USUAL_PAYLOAD_BYTES, lengths.min());
    this.budget = Math.max(WINDOW_BYTES, MAX_PASSES * size);
    this.longBudget = budget;
  }

  long size() {
    return size;
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
    bytes = bytes.capacity() >= length ? bytes.clear() : ByteBuffer.allocate(length);
    start = position;
    bytes.limit(file.readUpTo(position, bytes.array(), length)); // less if the file shrinks
  }

  /** The bytes from a position that {@link #has} brought into memory. */
  ByteBuffer at(long position) {
    return bytes.position((int) (position - start));
  }

  /** Whether the checksum after these bytes is theirs. */
  boolean verify(long position, int length) {
    int from = (int) (position - start);
    return RecordFormat.checksum(bytes.array(), from, length) == bytes.getInt(from + length);
  }

  /** Where the first good record from a position on starts; -1 if there is none. */
  long find(long position, Path path) throws IOException {
    if (hasRecord(position)) {
      return position;
    }
    for (long at = position + 1; at + RecordFormat.RECORD_EXTRA_BYTES <= size; at++) {
      if (isRecord(at, true)) {
        return at;
      }
      if (budget < 0) {
        throw new IOException(
            path
                + " has more damage than can be searched for good records, from byte "
                + position
                + " on; it was left alone, delete it to compute its content again");
      }
    }
    return -1;
  }

  /** Whether a good record starts at a position. */
  boolean hasRecord(long position) throws IOException {
    return isRecord(position, false);
  }

  private boolean isRecord(long position, boolean searching) throws IOException {
    if (!has(position, RecordFormat.PAYLOAD_OFFSET)) {
      return false;
    }
    ByteBuffer record = at(position);
    int length = record.getInt(record.position() + ContentKey.BYTES);
    if (!isPossible(length)
        && (length < 0 || length > WINDOW_BYTES || !RecordFormat.isGapOrFooter(record, length))) {
      return false;
    }
    boolean isLong = searching && length > longest;
    long end = position + RecordFormat.RECORD_EXTRA_BYTES + length;
    if (end > size || (isLong && (longBudget < 0 || !mayFollow(end)))) {
      return false;
    }
    if (!has(position, (int) (end - position))) {
      return false;
    }
    if (!verify(position, RecordFormat.PAYLOAD_OFFSET + length)) {
      // What is beside the payload costs the same for each byte of the file.
      budget -= isLong ? 0 : length;
      longBudget -= isLong ? length : 0;
      return false;
    }
    longest = Math.max(longest, length);
    return true;
  }

  private boolean isPossible(int length) {
    return length >= lengths.min() && length <= lengths.max();
  }

  /** Whether the file ends here, or another record may start; leaves what is in memory. */
  private boolean mayFollow(long position) throws IOException {
    if (position == size) {
      return true;
    }
    byte[] length = new byte[Integer.BYTES];
    return file.readUpTo(position + ContentKey.BYTES, length, length.length) == length.length
        && isPossible(ByteBuffer.wrap(length).getInt());
  }
}
