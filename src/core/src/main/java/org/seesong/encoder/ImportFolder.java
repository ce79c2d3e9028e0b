package org.seesong.encoder;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a model is put together before it takes its place: a hidden folder in the home, deleted on
 * closing. Beside it lies a locked file, by which the next import tells what a killed one left from
 * what is still being made; it deletes the former, and puts a model back that was being replaced.
 */
final class ImportFolder implements Closeable {
  private static final String PREFIX = ".import-";
  private static final String LOCK = ".lock";
  private static final String MODEL = "model";
  private static final String REPLACED = "replaced";

  /** Nobody holds the lock of a folder for the moment between making the two. */
  private static final Duration UNLOCKED = Duration.ofHours(1);

  private final Path lockFile;
  private final FileChannel lock;
  private final Path folder;

  /** How folders are moved; tests make it fail. */
  private Moves moves = (from, to) -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);

  private boolean keep;

  /** Moves a folder in one step. */
  @FunctionalInterface
  interface Moves {
    void move(Path from, Path to) throws IOException;
  }

  void use(Moves other) {
    moves = other;
  }

  private ImportFolder(Path lockFile, FileChannel lock, Path folder) {
    this.lockFile = lockFile;
    this.lock = lock;
    this.folder = folder;
  }

  /**
   * Clears away what killed imports left, and makes a new folder.
   *
   * @param home where the models are; exists
   */
  static ImportFolder create(Path home) throws IOException {
    clear(home);
    Path lockFile = Files.createTempFile(home, PREFIX, LOCK);
    FileChannel lock = FileChannel.open(lockFile, StandardOpenOption.WRITE);
    ImportFolder made = new ImportFolder(lockFile, lock, folderOf(lockFile));
    try {
      lock.lock();
      Files.createDirectories(made.model());
      return made;
    } catch (IOException e) {
      made.close();
      throw e;
    }
  }

  /** The folder that will be the model's. */
  Path model() {
    return folder.resolve(MODEL);
  }

  /** Makes it the model, in place of the one that was there. */
  void moveTo(Path target) throws IOException {
    if (!Files.exists(target)) {
      moves.move(model(), target);
      sync(target.getParent());
      return;
    }
    Path aside = Files.createDirectory(folder.resolve(REPLACED)).resolve(target.getFileName());
    moves.move(target, aside);
    try {
      moves.move(model(), target);
    } catch (IOException | RuntimeException e) {
      putBack(aside, target, e);
      throw e;
    }
    sync(target.getParent());
  }

  /** Makes the move survive a crash of the machine. */
  private static void sync(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Some systems cannot open a folder; the move itself was done.
    }
  }

  /** Should this fail too, the only copy of the model that was there lies in this folder. */
  private void putBack(Path aside, Path target, Exception failure) throws IOException {
    try {
      moves.move(aside, target);
    } catch (IOException | RuntimeException e) {
      keep = true;
      IOException both =
          new IOException(
              "the new model could not take the place of "
                  + target
                  + " ("
                  + failure.getMessage()
                  + "), nor could the old one be put back ("
                  + e.getMessage()
                  + "); the old one is in "
                  + aside
                  + "; move it to "
                  + target
                  + ", or run the next import, which does",
              failure);
      both.addSuppressed(e);
      throw both;
    }
  }

  /** Deletes the folder, unless it holds the only copy of a model. */
  @Override
  public void close() throws IOException {
    try (lock) {
      if (!keep) {
        deleteTree(folder);
        Files.deleteIfExists(lockFile);
      }
    }
  }

  private static void clear(Path home) throws IOException {
    List<Path> hidden;
    try (Stream<Path> entries = Files.list(home)) {
      hidden =
          entries
              .filter(path -> path.getFileName().toString().startsWith(PREFIX))
              .sorted()
              .toList();
    }
    for (Path path : hidden) {
      if (path.getFileName().toString().endsWith(LOCK)) {
        clearLocked(path);
      } else if (!Files.exists(path.resolveSibling(path.getFileName() + LOCK)) && isOld(path)) {
        deleteTree(path);
      }
    }
  }

  private static void clearLocked(Path lockFile) throws IOException {
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
      if (channel.tryLock() != null) {
        Path folder = folderOf(lockFile);
        putBack(folder.resolve(REPLACED));
        deleteTree(folder);
        Files.deleteIfExists(lockFile);
      }
    } catch (OverlappingFileLockException e) {
      // Another thread of this process is at it.
    } catch (NoSuchFileException e) {
      // Its owner has just finished.
    }
  }

  private static void putBack(Path replaced) throws IOException {
    if (Files.isDirectory(replaced)) {
      try (Stream<Path> models = Files.list(replaced)) {
        for (Path model : models.toList()) {
          Path home = replaced.getParent().resolveSibling(model.getFileName());
          if (!Files.exists(home)) {
            Files.move(model, home, StandardCopyOption.ATOMIC_MOVE);
          }
        }
      }
    }
  }

  private static boolean isOld(Path path) throws IOException {
    FileTime changed = Files.getLastModifiedTime(path);
    return changed.toInstant().isBefore(Instant.now().minus(UNLOCKED));
  }

  private static Path folderOf(Path lockFile) {
    String name = lockFile.getFileName().toString();
    return lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length()));
  }

  private static void deleteTree(Path root) throws IOException {
    if (Files.exists(root)) {
      try (Stream<Path> walk = Files.walk(root)) {
        for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
