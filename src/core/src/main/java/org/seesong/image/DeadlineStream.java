package org.seesong.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file in memory that fails for good once a deadline is over, or when a reader goes on asking for
 * bytes that are not there: some take every missing byte for another zero, at great expense.
 * Readers that work without reading are stopped by {@link ImageDecoder}'s listener instead.
 */
final class DeadlineStream extends ImageInputStreamImpl {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int MAX_READS_AT_END = 4096;
  private static final int WAIT = 3;

  private final List<ByteBuffer> parts;
  private final long length;
  private final Duration deadline;
  private final long start = System.nanoTime();
  private final long cpuStart = cpuNanos();
  private int singleReads;
  private int readsAtEnd;
  private DamageException failure;

  /** The part that was read last: its bytes, and where in the stream it begins and ends. */
  private byte[] part = new byte[0];

  private int partOffset;
  private long partBegin;
  private long partEnd;

  /** A stream of the parts' arrays, one after the other. */
  DeadlineStream(List<ByteBuffer> parts, Duration deadline) {
    this.parts = parts;
    this.length = parts.stream().mapToLong(ByteBuffer::limit).sum();
    this.deadline = deadline;
  }

  /** Whether there is a byte at the stream's position, whose part is {@code part} then. */
  private boolean find() {
    if (streamPos >= partBegin && streamPos < partEnd) {
      return true;
    }
    long begin = 0;
    for (ByteBuffer candidate : parts) {
      if (streamPos >= begin && streamPos < begin + candidate.limit()) {
        part = candidate.array();
        partOffset = candidate.arrayOffset();
        partBegin = begin;
        partEnd = begin + candidate.limit();
        return true;
      }
      begin += candidate.limit();
    }
    return false;
  }

  /** For those that work without reading from here. */
  void requireTime() {
    if (isOver()) {
      throw new UncheckedIOException(fail(over()));
    }
  }

  /**
   * Whether so much time was worked on this file; a thread that had to wait for a processor is
   * given three times as long.
   */
  boolean isOver() {
    long passed = System.nanoTime() - start;
    long nanos = deadline.toNanos();
    return passed > nanos && (passed > WAIT * nanos || cpuNanos() - cpuStart > nanos);
  }

  private static long cpuNanos() {
    return THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled()
        ? THREADS.getCurrentThreadCpuTime()
        : System.nanoTime();
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
    return find() ? part[partOffset + (int) (streamPos++ - partBegin)] & 0xff : end();
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    checkClosed();
    if (isOver()) {
      throw fail(over());
    }
    bitOffset = 0;
    if (!find()) {
      return length == 0 ? 0 : end();
    }
    int count = (int) Math.min(length, partEnd - streamPos);
    System.arraycopy(part, partOffset + (int) (streamPos - partBegin), into, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return length;
  }
}
