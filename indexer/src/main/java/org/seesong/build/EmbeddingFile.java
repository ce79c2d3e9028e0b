package org.seesong.build;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.seesong.embedding.Checkpoints;
import org.seesong.io.FileDamage;
import org.seesong.io.FramedFile;
import org.seesong.vector.FloatMatrix;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Caches a learned embedding, so that a build that was killed after learning does not learn again.
 *
 * <p>One file an embedding, named for its id, a {@link FramedFile}: rows, dimension, the floats.
 */
final class EmbeddingFile {
  private static final String CODEC = "SeesongEmbedding";
  private static final int VERSION = 2;
  private static final String SUFFIX = ".embedding";
  private static final String STATE_SUFFIX = ".training";
  private static final Duration STATE_INTERVAL = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddingFile.class);

  private EmbeddingFile() {}

  private static FramedFile file(Path folder, String id) {
    return new FramedFile(folder.resolve(id + SUFFIX), CODEC, VERSION);
  }

  /** The embedding of this id if it is there and whole. */
  static Optional<FloatMatrix> read(Path folder, String id) {
    if (!Files.exists(folder.resolve(id + SUFFIX))) {
      return Optional.empty();
    }
    FramedFile file = file(folder, id);
    try {
      return Optional.of(file.read((in, bytes) -> matrix(file, in, bytes)));
    } catch (IOException damaged) {
      LOG.warn("{}; it will be learned again", damaged.getMessage());
      return Optional.empty();
    }
  }

  private static FloatMatrix matrix(FramedFile file, DataInput in, long bytes) throws IOException {
    int rows = in.readInt();
    int dimension = in.readInt();
    if (rows < 0
        || dimension < 1
        || bytes != 2 * Integer.BYTES + (long) rows * dimension * Float.BYTES) {
      throw file.damaged();
    }
    FloatMatrix matrix = FloatMatrix.large(rows, dimension);
    for (int row = 0; row < rows; row++) {
      in.readFloats(matrix.block(row), matrix.at(row), dimension);
    }
    return matrix;
  }

  /** Where the training of an embedding keeps its state until the embedding is written. */
  static Checkpoints checkpoints(Path folder, String id) {
    return Checkpoints.every(STATE_INTERVAL, folder.resolve(id + STATE_SUFFIX));
  }

  /** What is wrong with a file, for people to read; nothing if its checksum is right. */
  static Optional<String> problem(Path file) throws IOException {
    return FramedFile.isWhole(file)
        ? Optional.empty()
        : Optional.of(
            new FileDamage.Range(0, Files.size(file)).in(file)
                + "; the learned graph embedding is lost; run the same 'seesong build' again, which"
                + " learns it anew");
  }

  static boolean isEmbedding(String file) {
    return file.endsWith(SUFFIX);
  }

  static boolean isState(String file) {
    return file.endsWith(STATE_SUFFIX);
  }

  /**
   * Writes an embedding and then removes the states of trainings and those of other ids. If it
   * cannot be written, all of these stay. An interruption does not end the writing.
   */
  static void write(Path folder, String id, FloatMatrix matrix) throws IOException {
    boolean interrupted = Thread.interrupted(); // which would close the file that is written
    try {
      while (!isWritten(folder, id, matrix)) {
        interrupted = true;
      }
    } catch (IOException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          "cannot keep the embedding "
              + id
              + " in "
              + folder
              + ": "
              + cause.getMessage()
              + "; picture vectors are kept, so build again when it can be written",
          e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    removeOthers(folder, id + SUFFIX);
  }

  /** False if an interruption ended the writing. */
  private static boolean isWritten(Path folder, String id, FloatMatrix matrix) throws IOException {
    try {
      file(folder, id).write(out -> put(matrix, out));
      return true;
    } catch (IOException e) {
      if (e.getCause() instanceof ClosedByInterruptException && Thread.interrupted()) {
        return false;
      }
      throw e;
    }
  }

  private static void put(FloatMatrix matrix, DataOutput out) throws IOException {
    out.writeInt(matrix.rows());
    out.writeInt(matrix.dimension());
    for (int row = 0; row < matrix.rows(); row++) {
      for (int i = matrix.at(row); i < matrix.at(row) + matrix.dimension(); i++) {
        out.writeInt(Float.floatToIntBits(matrix.block(row)[i]));
      }
    }
  }

  private static void removeOthers(Path folder, String keep) throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, "*{" + SUFFIX + "," + STATE_SUFFIX + ",.tmp}")) {
      for (Path file : files) {
        if (!file.getFileName().toString().equals(keep)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
