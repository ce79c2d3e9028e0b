package org.seesong.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * A small file of numbers that is written and read as a whole. Numbers are big-endian:
 *
 * <pre>
 * magic      4  tells the sort of file
 * version    4
 * body
 * checksum   4  CRC-32C of everything before
 * </pre>
 *
 * <p>Immutable; safe for any number of threads, as far as the file system is.
 */
public final class ChecksumFile {
  private static final int HEAD_BYTES = 2 * Integer.BYTES;
  private static final int FRAME_BYTES = HEAD_BYTES + Integer.BYTES;

  /** Bytes that a body may have. */
  public static final int MAX_BODY_BYTES = Integer.MAX_VALUE - 8 - FRAME_BYTES;

  private final Path file;
  private final int magic;
  private final int version;

  /**
   * Names a file; nothing is read yet.
   *
   * @param file where it is, or shall be
   * @param magic tells the sort of file
   * @param version of the body's layout
   */
  public ChecksumFile(Path file, int magic, int version) {
    this.file = Objects.requireNonNull(file, "file");
    this.magic = magic;
    this.version = version;
  }

  /**
   * Writes the file in one step: it is there whole or not at all.
   *
   * @param bytes the body's length, at most {@link #MAX_BODY_BYTES}
   * @param body puts as many bytes
   * @throws IOException if writing fails
   * @throws IllegalArgumentException if the length is beyond the range
   * @throws IllegalStateException if the body put fewer bytes
   */
  public void write(long bytes, Consumer<ByteBuffer> body) throws IOException {
    if (bytes < 0 || bytes > MAX_BODY_BYTES) {
      throw new IllegalArgumentException(
          "a body must have 0 to " + MAX_BODY_BYTES + " bytes; got: " + bytes);
    }
    ByteBuffer buffer = ByteBuffer.allocate((int) bytes + FRAME_BYTES);
    buffer.putInt(magic).putInt(version);
    buffer.limit(HEAD_BYTES + (int) bytes);
    body.accept(buffer);
    if (buffer.hasRemaining()) {
      throw new IllegalStateException(
          "a body of " + bytes + " bytes was announced; " + buffer.remaining() + " are missing");
    }
    int end = buffer.position();
    buffer.limit(buffer.capacity());
    buffer.putInt(checksum(buffer.array(), end));
    AtomicFiles.write(file, buffer.array());
  }

  /**
   * Reads the file and verifies its checksum.
   *
   * @return the body
   * @throws IOException if reading fails; {@link #damaged()} if it is another sort of file, of
   *     another version, cut off or changed
   */
  public ByteBuffer read() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length - Integer.BYTES;
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (bytes.length < FRAME_BYTES
        || buffer.getInt() != magic
        || buffer.getInt() != version
        || checksum(bytes, end) != buffer.getInt(end)) {
      throw damaged();
    }
    return buffer.limit(end);
  }

  /**
   * Reads numbers of the body.
   *
   * @param body what {@link #read()} gave
   * @param number how many
   * @return the numbers, all finite
   * @throws IOException {@link #damaged()} if the body is shorter, or one is NaN or infinite
   */
  public double[] finiteDoubles(ByteBuffer body, int number) throws IOException {
    if (number < 0 || body.remaining() / Double.BYTES < number) {
      throw damaged();
    }
    double[] doubles = new double[number];
    for (int i = 0; i < number; i++) {
      doubles[i] = body.getDouble();
      if (!Double.isFinite(doubles[i])) {
        throw damaged();
      }
    }
    return doubles;
  }

  /**
   * For a body that cannot be.
   *
   * @return an exception to throw, which names the file and what to do
   */
  public IOException damaged() {
    return new IOException(
        file + " is damaged or of another version; build again, which writes it anew");
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }
}
