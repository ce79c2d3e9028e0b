package org.seesong.build;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.store.ChecksumIndexInput;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.NoLockFactory;
import org.seesong.embedding.Checkpoints;
import org.seesong.io.FileDamage;
import org.seesong.knn.LuceneVectors;
import org.seesong.vector.FloatMatrix;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a learned embedding, so that a build that was killed after learning does not learn again.
 *
 * <p>One file an embedding, named for its id: Lucene's codec header, the id, rows, dimension, the
 * floats, and a footer with their checksum. Written to a temporary name, synced and renamed.
 */
final class EmbeddingFile {
  private static final String CODEC = "SeesongEmbedding";
  private static final int VERSION = 1;
  private static final String SUFFIX = ".embedding";
  private static final String STATE_SUFFIX = ".training";
  private static final Duration STATE_INTERVAL = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddingFile.class);

  private EmbeddingFile() {}

  /** The embedding of this id if it is there and whole. */
  static Optional<FloatMatrix> read(Path folder, String id) throws IOException {
    if (!Files.exists(folder.resolve(id + SUFFIX))) {
      return Optional.empty();
    }
    try (FSDirectory directory = FSDirectory.open(folder);
        ChecksumIndexInput in = LuceneVectors.openChecked(directory, id + SUFFIX)) {
      CodecUtil.checkHeader(in, CODEC, VERSION, VERSION);
      String found = in.readString();
      int rows = in.readVInt();
      int dimension = in.readVInt();
      if (!found.equals(id)
          || rows < 0
          || dimension < 1
          || (long) rows * dimension * Float.BYTES > in.length()) {
        return Optional.empty();
      }
      FloatMatrix matrix = FloatMatrix.large(rows, dimension);
      for (int row = 0; row < rows; row++) {
        in.readFloats(matrix.block(row), matrix.at(row), dimension);
      }
      CodecUtil.checkFooter(in);
      return Optional.of(matrix);
    } catch (EOFException
        | CorruptIndexException
        | IndexFormatTooNewException
        | IndexFormatTooOldException damaged) {
      LOG.warn(
          "{} is damaged and will be learned again: {}",
          folder.resolve(id + SUFFIX),
          damaged.getMessage());
      return Optional.empty();
    }
  }

  /** Where the training of an embedding keeps its state until the embedding is written. */
  static Checkpoints checkpoints(Path folder, String id) {
    return Checkpoints.every(STATE_INTERVAL, folder.resolve(id + STATE_SUFFIX));
  }

  /**
   * Compares a file of the folder with its checksum.
   *
   * @return what is wrong, for people to read; nothing if nothing is
   */
  static Optional<String> problem(Path folder, String file) throws IOException {
    try (FSDirectory directory = FSDirectory.open(folder, NoLockFactory.INSTANCE);
        IndexInput in = directory.openInput(file, IOContext.READONCE)) {
      CodecUtil.checksumEntireFile(in);
      return Optional.empty();
    } catch (EOFException | CorruptIndexException | IllegalArgumentException e) {
      Path path = folder.resolve(file);
      return Optional.of(
          new FileDamage.Range(0, Files.size(path)).in(path)
              + " ("
              + e.getMessage()
              + "); the learned network vectors are lost; run the same 'seesong build' again, which"
              + " learns them anew");
    }
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
      throw new IOException(
          "cannot keep the embedding "
              + id
              + " in "
              + folder
              + ": "
              + e.getMessage()
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
      writeAside(folder, id, matrix);
      return true;
    } catch (IOException e) {
      boolean interrupted = Thread.interrupted();
      try {
        remove(folder, "*.tmp", "");
      } catch (IOException alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
      if (interrupted && e instanceof ClosedByInterruptException) {
        return false;
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      throw e;
    }
  }

  private static void writeAside(Path folder, String id, FloatMatrix matrix) throws IOException {
    try (FSDirectory directory = FSDirectory.open(folder)) {
      String temporary;
      try (IndexOutput out = directory.createTempOutput(id, "new", IOContext.DEFAULT)) {
        temporary = out.getName();
        CodecUtil.writeHeader(out, CODEC, VERSION);
        out.writeString(id);
        out.writeVInt(matrix.rows());
        out.writeVInt(matrix.dimension());
        for (int row = 0; row < matrix.rows(); row++) {
          for (int i = matrix.at(row); i < matrix.at(row) + matrix.dimension(); i++) {
            out.writeInt(Float.floatToIntBits(matrix.block(row)[i]));
          }
        }
        CodecUtil.writeFooter(out);
      }
      directory.sync(List.of(temporary));
      directory.rename(temporary, id + SUFFIX);
      directory.syncMetaData();
    }
  }

  private static void removeOthers(Path folder, String keep) throws IOException {
    remove(folder, "*{" + SUFFIX + "," + STATE_SUFFIX + ",.tmp}", keep);
  }

  private static void remove(Path folder, String names, String keep) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, names)) {
      for (Path file : files) {
        if (!file.getFileName().toString().equals(keep)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
