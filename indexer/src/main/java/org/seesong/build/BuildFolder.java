package org.seesong.build;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.seesong.image.ImageDecoder;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.CatalogueIndexWriter;
import org.seesong.io.AtomicFiles;

/**
 * The folder that holds all a build makes, locked while it is built in.
 *
 * <pre>
 * index/                     the Lucene index: all that a search needs
 * model/                     what the build fitted, see {@link ModelFolder}
 * vectors/ENCODER.vectors    image embeddings, and vectors of lines of lyrics, by content, reused by
 *                            later builds
 * vectors/ENCODER-N.classes  most probable classes by content, if used, see {@link ClassFile}
 * vectors/thumbnails-V.records small pictures by content, likewise; V is that of decoding
 * work/ID.embedding          the learned graph embedding
 * work/KEY.propagated        keywords of pictures, see {@link PropagatedKeywords}
 * report.json                counts, times and sizes of the last build
 * keywords.csv               the keywords with their frequencies and samples
 * problems.txt               rows and pictures the last build or addition left out
 * build.lock                 held by the process that builds, adds, removes or compacts
 * </pre>
 */
final class BuildFolder implements AutoCloseable {
  private static final long POLL_MILLIS = 100;

  private final Path root;
  private final FileChannel lockFile;
  private final FileLock lock;

  /** Without a lock if the folder is only read. */
  private BuildFolder(Path root, FileChannel lockFile, FileLock lock) {
    this.root = root;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  static BuildFolder open(Path root) throws IOException {
    return open(
        root,
        Duration.ZERO,
        "another build is running in " + root + "; wait for it or choose another folder");
  }

  /** The folder of an index that is there, for changing it. */
  static BuildFolder openBuilt(Path root, Duration timeout) throws IOException {
    CatalogueIndex.open(root.resolve("index")).close();
    return open(
        root,
        timeout,
        "another build, add, remove or compact is running in "
            + root
            + "; run this again when it has ended, or give --wait SECONDS");
  }

  /** For reading only: takes no lock, opens and makes nothing. */
  static BuildFolder look(Path root) {
    return new BuildFolder(root, null, null);
  }

  private static BuildFolder open(Path root, Duration timeout, String busy) throws IOException {
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
      FileLock lock = lock(channel, timeout);
      if (lock == null) {
        throw new IOException(busy);
      }
      CatalogueIndexWriter.requireWritable(root.resolve("index"));
      BuildFolder folder = new BuildFolder(root, channel, lock);
      for (Path inner :
          List.of(root, folder.index(), folder.vectors(), folder.work(), folder.model())) {
        AtomicFiles.removeLeftovers(inner);
      }
      folder.removeEarlierThumbnails();
      return folder;
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

  /** Null if others hold it until the timeout or this thread is interrupted. */
  private static FileLock lock(FileChannel channel, Duration timeout) throws IOException {
    long start = System.nanoTime();
    FileLock lock = tryLock(channel);
    try {
      while (lock == null && System.nanoTime() - start < timeout.toNanos()) {
        Thread.sleep(POLL_MILLIS);
        lock = tryLock(channel);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return lock;
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this very process builds there in another thread
    }
  }

  /** Thumbnails that an earlier version of the program decoded. */
  private void removeEarlierThumbnails() throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(vectors(), "thumbnails*.records*")) {
      for (Path file : files) {
        if (!file.toString().startsWith(thumbnails().toString())) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  Path index() {
    return root.resolve("index");
  }

  Path vectors() {
    return root.resolve("vectors");
  }

  Path vectors(String encoderId) {
    return root.resolve("vectors").resolve(encoderId + ".vectors");
  }

  Path thumbnails() {
    return root.resolve("vectors").resolve("thumbnails-" + ImageDecoder.VERSION + ".records");
  }

  Path work() {
    return root.resolve("work");
  }

  Path model() {
    return root.resolve("model");
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
    if (lock != null) {
      try (lockFile) {
        lock.release();
      }
    }
  }
}
