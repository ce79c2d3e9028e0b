package org.seesong.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.lucene.util.IOUtils;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexSnapshot;

/**
 * Takes a snapshot of a built folder while others build, add or remove there: the index of the
 * newest commit, its model, and the reports. Cached image embeddings stay behind, since that file
 * grows; a build in the snapshot encodes anew.
 */
public final class CatalogueSnapshot {
  private CatalogueSnapshot() {}

  /**
   * Takes a snapshot; it appears whole or not at all.
   *
   * @param to the new folder, absent or empty
   * @param copy whether to copy the index's files where they could be linked
   * @throws IOException if there is no index, the new folder holds something, or it cannot be
   *     written
   */
  public static void take(Path folder, Path to, boolean copy) throws IOException {
    Path root = folder.toAbsolutePath().normalize();
    Path target = to.toAbsolutePath().normalize();
    CatalogueIndex.open(root.resolve("index")).close();
    requireEmpty(target);
    Path parent = target.getParent();
    Files.createDirectories(parent);
    Path temporary = parent.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      Files.createDirectories(temporary.resolve("index"));
      IndexSnapshot.take(root.resolve("index"), temporary.resolve("index"), copy);
      copyModel(root, temporary);
      for (String name : List.of("keywords.csv", "report.json", ReportFiles.SUMS)) {
        copyIfThere(root.resolve(name), temporary.resolve(name));
      }
      IOUtils.fsync(temporary, true);
      Files.deleteIfExists(target); // an empty folder gives way
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      IOUtils.fsync(parent, true);
    } catch (IOException | RuntimeException e) {
      try {
        IOUtils.rm(temporary);
      } catch (IOException alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
      throw e;
    }
  }

  private static void requireEmpty(Path target) throws IOException {
    if (target.getParent() == null) {
      throw new IOException("cannot take a snapshot to " + target + ": it is no new folder");
    }
    if (!Files.exists(target)) {
      return;
    }
    boolean empty = Files.isDirectory(target);
    if (empty) {
      try (Stream<Path> files = Files.list(target)) {
        empty = files.findAny().isEmpty();
      }
    }
    if (!empty) {
      throw new IOException(
          "cannot take a snapshot to " + target + ": it is there already; name a new folder");
    }
  }

  private static void copyModel(Path root, Path temporary) throws IOException {
    Path to = Files.createDirectories(temporary.resolve("model"));
    try (CatalogueIndex index = CatalogueIndex.open(temporary.resolve("index"))) {
      ModelFolder model = new ModelFolder(root.resolve("model"), index.metadata());
      if (model.isThere()) {
        for (Path file : model.files()) {
          copyIfThere(file, to.resolve(file.getFileName()));
        }
      }
    }
  }

  private static void copyIfThere(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      Files.copy(from, to);
      IOUtils.fsync(to, false);
    }
  }
}
