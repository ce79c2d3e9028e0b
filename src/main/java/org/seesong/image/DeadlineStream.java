package org.seesong.image;

import java.io.IOException;
import java.time.Duration;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file in memory that fails for good once a deadline is over, or when a reader goes on asking for
 * bytes that are not there: some take every missing byte for another zero, at great expense.
 * Readers that work without reading are stopped by {@link ImageDecoder}'s listener instead.
 */
final class DeadlineStream extends ImageInputStreamImpl {
  private static final int MAX_READS_AT_END = 4096;

  private final byte[] bytes;
  private final Duration deadline;
  private final long start = System.nanoTime();
  private int singleReads;
  private int readsAtEnd;
  private DamageException failure;

  DeadlineStream(byte[] bytes, Duration deadline) {
    this.bytes = bytes;
    this.deadline = deadline;
  }

  boolean isOver() {
    return System.nanoTime() - start > deadline.toNanos();
  }

  DamageException over() {
    return new DamageException(
        "takes too long: decoding was given up after " + deadline.toMillis() + " ms");
  }

  /** Why this stream stopped a reader, or null; readers hide it within errors of their own. */
  DamageException failure() {
    return failure;
  }

  private DamageException fail(DamageException reason) {
    failure = reason;
    return reason;
  }

  private int end() throws DamageException {
    if (++readsAtEnd > MAX_READS_AT_END) {
      throw fail(new DamageException("is cut off: parts of its picture data are missing"));
    }
    return -1;
  }

  @Override
  public int read() throws IOException {
    checkClosed();
    // The clock costs more than the byte, so it is asked now and then.
    if ((++singleReads & 0x3ff) == 0 && isOver()) {
      throw fail(over());
    }
    bitOffset = 0;
    return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xff : end();
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    checkClosed();
    if (isOver()) {
      throw fail(over());
    }
    bitOffset = 0;
    if (streamPos >= bytes.length) {
      return length == 0 ? 0 : end();
    }
    int count = Math.min(length, bytes.length - (int) streamPos);
    System.arraycopy(bytes, (int) streamPos, into, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return bytes.length;
  }
}
