package org.seesong.model;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A folder that appears whole or not at all: its files are written to a hidden folder beside it,
 * which takes its name at the end. If that does not come, closing deletes all; what a killed
 * process left is deleted by the next one that makes a folder of the same name. A lock keeps two
 * processes from making the same folder at once.
 */
final class NewFolder implements Closeable {
  private final Path target;
  private final Path hidden;
  private final FileChannel lockFile;

  private NewFolder(Path target, Path hidden, FileChannel lockFile) {
    this.target = target;
    this.hidden = hidden;
    this.lockFile = lockFile;
  }

  /**
   * Starts a folder.
   *
   * @throws FileAlreadyExistsException if there is one of this name, or one is being made
   * @throws IOException if it cannot be made
   */
  static NewFolder create(Path folder) throws IOException {
    Path target = folder.toAbsolutePath().normalize();
    Path parent = Objects.requireNonNull(target.getParent(), "parent of " + target);
    Files.createDirectories(parent);
    requireAbsent(target);
    String name = "." + target.getFileName();
    FileChannel lockFile = lock(target);
    NewFolder made = new NewFolder(target, parent.resolve(name + ".part"), lockFile);
    try {
      requireAbsent(target);
      delete(made.hidden);
      Files.createDirectory(made.hidden);
      return made;
    } catch (IOException e) {
      made.close();
      throw e;
    }
  }

  /** Where to write. */
  Path path() {
    return hidden;
  }

  /** Gives the folder its name; its files must have been synced. */
  void finish() throws IOException {
    for (Path folder : contents(hidden).stream().filter(Files::isDirectory).toList()) {
      sync(folder);
    }
    Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE);
    sync(target.getParent());
  }

  @Override
  public void close() throws IOException {
    try (lockFile) {
      delete(hidden);
      Files.deleteIfExists(lockName(target));
    }
  }

  private static void requireAbsent(Path target) throws IOException {
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(
          target.toString(), null, "exists already; delete it first or choose another name");
    }
  }

  private static Path lockName(Path target) {
    return target.resolveSibling("." + target.getFileName() + ".lock");
  }

  private static FileChannel lock(Path target) throws IOException {
    FileChannel channel =
        FileChannel.open(lockName(target), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another thread of this process holds it.
    }
    if (lock == null) {
      channel.close();
      throw new FileAlreadyExistsException(
          target.toString(), null, "is being made by another import; wait for it");
    }
    return channel;
  }

  /** Deletes a folder, which need not exist, with all in it. */
  private static void delete(Path folder) throws IOException {
    for (Path path : contents(folder)) {
      Files.delete(path);
    }
  }

  /** A folder and all in it, deepest first. */
  private static List<Path> contents(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> contents = new ArrayList<>(paths.toList());
      contents.sort(Comparator.reverseOrder());
      return contents;
    }
  }

  /** Makes the names in a folder survive a power cut, where the system can. */
  private static void sync(Path folder) throws IOException {
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
