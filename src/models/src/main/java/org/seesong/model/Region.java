package org.seesong.model;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * The part of a file that holds one tensor.
 *
 * @param offset of its first byte
 * @param count of its numbers
 * @param format of each number
 * @param order of the bytes of each number
 */
record Region(long offset, long count, FloatFormat format, ByteOrder order) {
  /** Bytes read at a time. */
  private static final int CHUNK = 1 << 20;

  /** The first byte after it. */
  long end() {
    return Math.addExact(offset, Math.multiplyExact(count, (long) format.bytes()));
  }

  /** Reads it in the order it is stored. */
  FloatStream stream(FileChannel channel) {
    int chunk = (int) Math.min(CHUNK, end() - offset);
    ByteBuffer buffer = ByteBuffer.allocate(chunk).order(order);
    float[] decoded = new float[chunk / format.bytes()];
    return new FloatStream() {
      private long position = offset;
      private int next;
      private int available;

      @Override
      public void read(float[] target, int count) throws IOException {
        for (int done = 0; done < count; ) {
          if (next == available) {
            refill();
          }
          int some = Math.min(count - done, available - next);
          System.arraycopy(decoded, next, target, done, some);
          next += some;
          done += some;
        }
      }

      private void refill() throws IOException {
        buffer.clear().limit((int) Math.min(buffer.capacity(), end() - position));
        position = readFully(channel, buffer, position);
        available = buffer.flip().limit() / format.bytes();
        next = 0;
        format.decode(buffer, decoded, available);
      }
    };
  }

  /** Fills a buffer from a position and gives the position after it. */
  static long readFully(FileChannel channel, ByteBuffer buffer, long position) throws IOException {
    long at = position;
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, at);
      if (read < 0) {
        throw new EOFException("ends at byte " + at);
      }
      at += read;
    }
    return at;
  }
}
