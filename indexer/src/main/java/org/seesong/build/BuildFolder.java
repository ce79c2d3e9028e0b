package org.seesong.build;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.seesong.index.CatalogueIndexWriter;

/**
 * The folder that holds all a build makes, locked while it is built in.
 *
 * <pre>
 * index/                     the Lucene index: all that a search needs
 * vectors/ENCODER.vectors    picture vectors by content, reused by later builds
 * vectors/thumbnails.records small pictures by content, likewise
 * work/ID.embedding          the learned network vectors
 * report.json                counts, times and sizes of the last build
 * keywords.csv               the keywords with their frequencies and samples
 * problems.txt               rows and pictures left out, with their places
 * build.lock                 held by the process that builds
 * </pre>
 */
final class BuildFolder implements AutoCloseable {
  private final Path root;
  private final FileChannel lockFile;
  private final FileLock lock;

  private BuildFolder(Path root, FileChannel lockFile, FileLock lock) {
    this.root = root;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  static BuildFolder open(Path root) throws IOException {
    for (Path path = root; path != null; path = path.getParent()) {
      requireNoFile(root, path);
    }
    for (String inner : List.of("vectors", "work")) {
      requireNoFile(root, root.resolve(inner));
    }
    Files.createDirectories(root.resolve("vectors"));
    Files.createDirectories(root.resolve("work"));
    FileChannel channel =
        FileChannel.open(
            root.resolve("build.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = tryLock(channel);
      if (lock == null) {
        throw new IOException(
            "another build is running in " + root + "; wait for it or choose another folder");
      }
      CatalogueIndexWriter.requireWritable(root.resolve("index"));
      return new BuildFolder(root, channel, lock);
    } catch (IOException | RuntimeException e) {
      try {
        channel.close();
      } catch (IOException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  private static void requireNoFile(Path root, Path path) throws IOException {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new IOException(
          root + " cannot hold an index: " + path + " is a file; choose another folder");
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this very process builds there in another thread
    }
  }

  Path index() {
    return root.resolve("index");
  }

  Path vectors(String encoderId) {
    return root.resolve("vectors").resolve(encoderId + ".vectors");
  }

  Path thumbnails() {
    return root.resolve("vectors").resolve("thumbnails.records");
  }

  Path work() {
    return root.resolve("work");
  }

  Path report() {
    return root.resolve("report.json");
  }

  Path keywords() {
    return root.resolve("keywords.csv");
  }

  Path problems() {
    return root.resolve("problems.txt");
  }

  @Override
  public void close() throws IOException {
    try (lockFile) {
      lock.release();
    }
  }
}
