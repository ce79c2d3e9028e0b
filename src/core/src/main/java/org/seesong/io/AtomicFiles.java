package org.seesong.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.lucene.util.IOUtils;

/**
 * Writes files so that a crash leaves the old content or the new, never a mixture: into a temporary
 * file beside the target, synced, moved into place, and the folder synced too.
 */
public final class AtomicFiles {
  private static final Pattern TEMPORARY =
      Pattern.compile(".+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.tmp");

  private AtomicFiles() {}

  /**
   * Writes a whole file, replacing one of that name.
   *
   * @param file the file to write; its folder must exist
   * @param content all of its bytes
   * @throws IOException if it cannot be written; the old file is then as it was, and no temporary
   *     file is left
   */
  public static void write(Path file, byte[] content) throws IOException {
    write(
        file,
        channel -> {
          ByteBuffer left = ByteBuffer.wrap(content);
          while (left.hasRemaining()) {
            channel.write(left);
          }
        });
  }

  /** Writes the bytes of a file, one piece after another. */
  public interface Content {
    /**
     * Writes all of them.
     *
     * @param channel an empty file, at its beginning
     * @throws IOException if they cannot be written
     */
    void writeTo(FileChannel channel) throws IOException;
  }

  /**
   * Writes a whole file piece by piece, replacing one of that name.
   *
   * @param file the file to write; its folder must exist
   * @param content writes its bytes
   * @throws IOException if it cannot be written; the old file is then as it was, and no temporary
   *     file is left
   */
  public static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    Path temporary = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      writeSynced(temporary, content);
      move(temporary, target);
    } catch (IOException e) {
      IOException failure = new IOException("cannot write " + target + ": " + e, e);
      delete(temporary, failure);
      throw failure;
    } catch (RuntimeException | Error e) {
      delete(temporary, e);
      throw e;
    }
    IOUtils.fsync(target.getParent(), true);
  }

  private static void delete(Path temporary, Throwable failure) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }

  /**
   * Removes the temporary files of writers that were killed.
   *
   * @param folder a folder in which nobody is writing; does nothing if there is none
   * @throws IOException if they cannot be removed
   */
  public static void removeLeftovers(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.tmp")) {
        for (Path file : files) {
          if (TEMPORARY.matcher(file.getFileName().toString()).matches()) {
            Files.deleteIfExists(file);
          }
        }
      }
    }
  }

  private static void writeSynced(Path file, Content content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      content.writeTo(channel);
      channel.force(true);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      // Some network file systems only know the plain move.
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
