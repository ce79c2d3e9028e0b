package org.seesong.build;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.util.IOUtils;
import org.seesong.image.ImageDecoder;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.CatalogueIndexWriter;
import org.seesong.io.AtomicFiles;
import org.seesong.io.ProcessLock;

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
 * work/parts/STAGE-KEY/      parts of a stage that is under way, see {@link BuildParts}
 * report.json                counts, times and sizes of the last build
 * keywords.csv               the keywords with their frequencies and samples
 * problems.txt               rows and pictures the last build or addition left out
 * SHA256SUMS                 of the three files above, see {@link ReportFiles}
 * build.lock                 held by the process that builds, adds, removes or compacts
 * build.lock.holder          who that is, while it holds it
 * </pre>
 */
final class BuildFolder implements AutoCloseable {
  private final Path root;
  private final Optional<ProcessLock> lock;

  /** Without a lock if the folder is only read. */
  private BuildFolder(Path root, Optional<ProcessLock> lock) {
    this.root = root;
    this.lock = lock;
  }

  static BuildFolder open(Path root) throws IOException {
    return open(
        root,
        Duration.ZERO,
        "another build is running in " + root,
        "wait for it or choose another folder");
  }

  /** The folder of an index that is there, for changing it. */
  static BuildFolder openBuilt(Path root, Duration timeout) throws IOException {
    CatalogueIndex.open(root.resolve("index")).close();
    return open(
        root,
        timeout,
        "another build, add, remove or compact is running in " + root,
        "run this again when it has ended, or give --wait SECONDS");
  }

  /** For reading only: takes no lock, opens and makes nothing. */
  static BuildFolder look(Path root) {
    return new BuildFolder(root, Optional.empty());
  }

  private static BuildFolder open(Path root, Duration timeout, String busy, String remedy)
      throws IOException {
    for (Path path = root; path != null; path = path.getParent()) {
      requireNoFile(root, path);
    }
    for (String inner : List.of("vectors", "work")) {
      requireNoFile(root, root.resolve(inner));
    }
    Files.createDirectories(root.resolve("vectors"));
    Files.createDirectories(root.resolve("work"));
    Path lockFile = root.resolve("build.lock");
    ProcessLock lock =
        ProcessLock.obtain(lockFile, timeout)
            .orElseThrow(
                () -> new IOException(busy + " (" + ProcessLock.holder(lockFile) + "); " + remedy));
    try {
      CatalogueIndexWriter.requireWritable(root.resolve("index"));
      BuildFolder folder = new BuildFolder(root, Optional.of(lock));
      for (Path inner :
          List.of(root, folder.index(), folder.vectors(), folder.work(), folder.model())) {
        AtomicFiles.removeLeftovers(inner);
      }
      folder.removeEarlierThumbnails();
      return folder;
    } catch (IOException | RuntimeException e) {
      IOUtils.closeWhileHandlingException(lock);
      throw e;
    }
  }

  private static void requireNoFile(Path root, Path path) throws IOException {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new IOException(
          root + " cannot hold an index: " + path + " is a file; choose another folder");
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

  Path parts() {
    return root.resolve("work").resolve("parts");
  }

  Path root() {
    return root;
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

  /** Writes and checks the three files above. */
  ReportFiles reports() {
    return new ReportFiles(root);
  }

  @Override
  public void close() throws IOException {
    if (lock.isPresent()) {
      lock.get().close();
    }
  }
}
