package org.seesong.embedding;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Optional;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.seesong.graph.Graph;
import org.seesong.io.FramedFile;
import org.seesong.vector.FloatMatrix;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a training's state, a {@link FramedFile}: length (4 bytes) and UTF-8 of options and
 * hash of the graph, the next block (8 bytes), vectors (floats), contexts (floats, unless they are
 * the vectors).
 */
final class CheckpointFile {
  private static final String CODEC = "SeesongTraining";
  private static final int VERSION = 1;
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFile.class);

  /** One failure in so many is logged. */
  private static final int WARN_EACH = 10;

  private final Checkpoints checkpoints;
  private final FramedFile file;
  private final byte[] key;
  private int failures;

  CheckpointFile(Checkpoints checkpoints, Graph graph, LineOptions options) {
    this.checkpoints = checkpoints;
    this.file = new FramedFile(checkpoints.file(), CODEC, VERSION);
    String text = checkpoints.isOn() ? options.describe() + " " + graph.hash() : "";
    this.key = text.getBytes(StandardCharsets.UTF_8);
  }

  long intervalNanos() {
    return checkpoints.interval().toNanos();
  }

  /**
   * Writes the state, if that is possible: the training is worth more than a file of it. An
   * interruption does not end the writing, and can be seen afterwards.
   */
  void write(long block, FloatMatrix vectors, FloatMatrix contexts) {
    if (!checkpoints.isOn()) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    Optional<IOException> failure = tryWrite(block, vectors, contexts);
    if (failure.isPresent() && Thread.interrupted()) {
      interrupted = true;
      failure = tryWrite(block, vectors, contexts);
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

  private Optional<IOException> tryWrite(long block, FloatMatrix vectors, FloatMatrix contexts) {
    try {
      file.write(
          out -> {
            out.writeInt(key.length);
            out.writeBytes(key, key.length);
            out.writeLong(block);
            putRows(vectors, out);
            if (contexts != vectors) {
              putRows(contexts, out);
            }
          });
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  private static void putRows(FloatMatrix matrix, DataOutput out) throws IOException {
    for (int row = 0; row < matrix.rows(); row++) {
      float[] block = matrix.block(row);
      for (int i = matrix.at(row); i < matrix.at(row) + matrix.dimension(); i++) {
        out.writeInt(Float.floatToRawIntBits(block[i]));
      }
    }
  }

  /**
   * Reads the state into the rows and says which block is next; 0 if there is no whole state of
   * this training, and then the rows stay as they are.
   */
  long read(FloatMatrix vectors, FloatMatrix contexts) {
    if (!checkpoints.isOn() || !Files.exists(checkpoints.file())) {
      return 0;
    }
    long floats = floats(vectors) + (contexts == vectors ? 0 : floats(contexts));
    long size = Integer.BYTES + key.length + Long.BYTES + floats * Float.BYTES;
    try {
      return file.read(
          (in, bytes) -> {
            if (bytes != size || !begins(in)) {
              throw file.damaged(); // or of another training, which is no better
            }
            long block = in.readLong();
            getRows(vectors, in);
            if (contexts != vectors) {
              getRows(contexts, in);
            }
            return block;
          });
    } catch (IOException e) {
      return 0;
    }
  }

  private boolean begins(DataInput in) throws IOException {
    byte[] found = new byte[key.length];
    if (in.readInt() != key.length) {
      return false;
    }
    in.readBytes(found, 0, found.length);
    return Arrays.equals(found, key);
  }

  private static void getRows(FloatMatrix matrix, DataInput in) throws IOException {
    for (int row = 0; row < matrix.rows(); row++) {
      in.readFloats(matrix.block(row), matrix.at(row), matrix.dimension());
    }
  }

  private static long floats(FloatMatrix matrix) {
    return (long) matrix.rows() * matrix.dimension();
  }
}
