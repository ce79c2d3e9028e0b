package org.seesong.embedding;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.seesong.graph.Graph;
import org.seesong.io.AtomicFiles;
import org.seesong.vector.FloatMatrix;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a training's state. Numbers are big-endian:
 *
 * <pre>
 * magic     4  SSCP
 * version   4  1
 * length    4  bytes of the key
 * key          UTF-8: options and hash of the graph
 * block     8  the next block
 * vectors      floats
 * contexts     floats, unless they are the vectors
 * checksum  4  CRC-32C of everything before
 * </pre>
 */
final class CheckpointFile {
  private static final int MAGIC = 0x53534350;
  private static final int VERSION = 1;
  private static final int BUFFER_BYTES = 1 << 20;
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFile.class);

  /** One failure in so many is told. */
  private static final int WARN_EACH = 10;

  private final Checkpoints checkpoints;
  private final byte[] head;
  private int failures;

  CheckpointFile(Checkpoints checkpoints, Graph graph, LineOptions options) {
    this.checkpoints = checkpoints;
    byte[] key =
        checkpoints.isOn()
            ? (options.describe() + " " + graph.hash()).getBytes(StandardCharsets.UTF_8)
            : new byte[0];
    head =
        ByteBuffer.allocate(3 * Integer.BYTES + key.length)
            .putInt(MAGIC)
            .putInt(VERSION)
            .putInt(key.length)
            .put(key)
            .array();
  }

  long intervalNanos() {
    return checkpoints.interval().toNanos();
  }

  /**
   * Keeps the state, if it can be written: the training is worth more than a file of it. An
   * interruption does not end the writing, and can be seen afterwards.
   */
  void keep(long block, FloatMatrix vectors, FloatMatrix contexts) {
    if (!checkpoints.isOn()) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    Optional<IOException> failure = write(block, vectors, contexts);
    if (failure.isPresent() && Thread.interrupted()) {
      interrupted = true;
      failure = write(block, vectors, contexts);
    }
    failure.ifPresent(this::warn);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void warn(IOException failure) {
    if (failures++ % WARN_EACH == 0) {
      LOG.warn(
          "the state of the training cannot be kept, so that a stop would lose what was learned"
              + " since it last could; the training goes on: {}",
          failure.getMessage());
    }
  }

  private Optional<IOException> write(long block, FloatMatrix vectors, FloatMatrix contexts) {
    try {
      AtomicFiles.write(
          checkpoints.file(),
          channel -> {
            Output out = new Output(channel);
            out.put(head);
            out.putInt((int) (block >>> 32));
            out.putInt((int) block);
            out.putRows(vectors);
            if (contexts != vectors) {
              out.putRows(contexts);
            }
            out.finish();
          });
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  private static final class Output {
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final CRC32C checksum = new CRC32C();

    Output(FileChannel channel) {
      this.channel = channel;
    }

    void put(byte[] bytes) throws IOException {
      for (byte each : bytes) {
        if (!buffer.hasRemaining()) {
          flush();
        }
        buffer.put(each);
      }
    }

    void putInt(int number) throws IOException {
      if (buffer.remaining() < Integer.BYTES) {
        flush();
      }
      buffer.putInt(number);
    }

    void putRows(FloatMatrix matrix) throws IOException {
      for (int row = 0; row < matrix.rows(); row++) {
        float[] block = matrix.block(row);
        for (int i = matrix.at(row); i < matrix.at(row) + matrix.dimension(); i++) {
          putInt(Float.floatToRawIntBits(block[i]));
        }
      }
    }

    void finish() throws IOException {
      flush();
      buffer.putInt((int) checksum.getValue());
      flush();
    }

    private void flush() throws IOException {
      buffer.flip();
      checksum.update(buffer.duplicate());
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      buffer.clear();
    }
  }

  /**
   * Reads the state into the rows and says which block is next; 0 if there is no state of this
   * training, and then the rows are zeros.
   */
  long read(FloatMatrix vectors, FloatMatrix contexts) throws IOException {
    if (!checkpoints.isOn() || !Files.exists(checkpoints.file())) {
      return 0;
    }
    long floats = floats(vectors) + (contexts == vectors ? 0 : floats(contexts));
    long size = head.length + Long.BYTES + floats * Float.BYTES + Integer.BYTES;
    try (FileChannel channel = FileChannel.open(checkpoints.file(), StandardOpenOption.READ)) {
      if (channel.size() != size) {
        return 0;
      }
      Input in = new Input(channel, size - Integer.BYTES);
      if (!in.begins(head)) {
        return 0;
      }
      long block = (long) in.getInt() << 32 | (in.getInt() & 0xFFFF_FFFFL);
      in.getRows(vectors);
      if (contexts != vectors) {
        in.getRows(contexts);
      }
      if (in.isWhole() && block > 0) {
        return block;
      }
    } catch (EOFException e) {
      // Cut short while it was read: no more use than a damaged one.
    }
    clear(vectors);
    clear(contexts);
    return 0;
  }

  /** Whether a file is the state of some training, as it was written. */
  static boolean isWhole(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long checked = channel.size() - Integer.BYTES;
      if (checked < 3 * Integer.BYTES) {
        return false;
      }
      Input in = new Input(channel, checked);
      boolean ours = in.getInt() == MAGIC && in.getInt() == VERSION;
      in.skipToChecksum();
      return ours && in.isWhole();
    } catch (EOFException e) {
      return false;
    }
  }

  private static long floats(FloatMatrix matrix) {
    return (long) matrix.rows() * matrix.dimension();
  }

  private static void clear(FloatMatrix matrix) {
    for (int row = 0; row < matrix.rows(); row++) {
      int at = matrix.at(row);
      Arrays.fill(matrix.block(row), at, at + matrix.dimension(), 0);
    }
  }

  private static final class Input {
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private final CRC32C checksum = new CRC32C();
    private long left;

    Input(FileChannel channel, long checked) {
      this.channel = channel;
      left = checked;
    }

    boolean begins(byte[] bytes) throws IOException {
      for (byte each : bytes) {
        if (!buffer.hasRemaining()) {
          fill(left);
        }
        if (buffer.get() != each) {
          return false;
        }
      }
      return true;
    }

    int getInt() throws IOException {
      if (buffer.remaining() < Integer.BYTES) {
        fill(left);
      }
      return buffer.getInt();
    }

    void getRows(FloatMatrix matrix) throws IOException {
      for (int row = 0; row < matrix.rows(); row++) {
        float[] block = matrix.block(row);
        for (int i = matrix.at(row); i < matrix.at(row) + matrix.dimension(); i++) {
          block[i] = Float.intBitsToFloat(getInt());
        }
      }
    }

    void skipToChecksum() throws IOException {
      while (left > 0) {
        buffer.position(buffer.limit());
        fill(left);
      }
    }

    boolean isWhole() throws IOException {
      int expected = (int) checksum.getValue();
      left = Integer.BYTES;
      buffer.clear().limit(0);
      fill(left);
      return buffer.getInt() == expected;
    }

    /** Keeps what is not read yet. */
    private void fill(long most) throws IOException {
      buffer.compact();
      int begin = buffer.position();
      buffer.limit((int) Math.min(buffer.capacity(), begin + most));
      while (buffer.hasRemaining()) {
        if (channel.read(buffer) < 0) {
          throw new EOFException();
        }
      }
      left -= buffer.limit() - begin;
      checksum.update(buffer.duplicate().position(begin));
      buffer.flip();
    }
  }
}
