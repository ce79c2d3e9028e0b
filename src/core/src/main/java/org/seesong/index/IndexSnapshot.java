package org.seesong.index;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;

/**
 * Takes a copy of an index's newest commit, also while others write the index. Lucene writes each
 * file once and never again, so a hard link is as good as a copy and costs neither time nor space;
 * deleting or compacting the original leaves the links as they are.
 */
public final class IndexSnapshot {
  /** A commit may vanish while its files are being linked; the next try finds a newer one. */
  private static final int TRIES = 100;

  private IndexSnapshot() {}

  /**
   * Links or copies the files of the newest commit.
   *
   * @param copy whether to copy in any case; else files are linked where the file system can
   * @throws IOException if there is no index or the files cannot be linked or copied
   */
  public static List<String> take(Path index, Path to, boolean copy) throws IOException {
    Path from = IndexFolder.requireIndex(index.toAbsolutePath());
    if (!Files.isDirectory(to)) {
      throw new NotDirectoryException(to.toString());
    }
    for (int i = 0; ; i++) {
      List<String> done = new ArrayList<>();
      try {
        take(from, to, copy, done);
        IOUtils.fsync(to, true);
        CatalogueIndex.open(to).close();
        return done;
      } catch (NoSuchFileException e) {
        delete(to, done, e);
        if (i + 1 == TRIES) {
          throw new IOException(
              "index " + from + " changes faster than its files can be linked; try again", e);
        }
      } catch (IOException | RuntimeException e) {
        delete(to, done, e);
        throw e;
      }
    }
  }

  private static void delete(Path folder, List<String> names, Exception failure) {
    for (String name : names) {
      try {
        Files.deleteIfExists(folder.resolve(name));
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }

  private static void take(Path from, Path to, boolean copy, List<String> done) throws IOException {
    Collection<String> files;
    try (FSDirectory directory = FSDirectory.open(from)) {
      files = SegmentInfos.readLatestCommit(directory).files(true);
    }
    for (String name : files) {
      if (Files.exists(to.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(
            to.resolve(name).toString(),
            null,
            "is there already; a snapshot needs an empty folder");
      }
      done.add(name);
      boolean linked = !copy && link(from.resolve(name), to.resolve(name));
      if (!linked) {
        Files.copy(from.resolve(name), to.resolve(name));
        IOUtils.fsync(to.resolve(name), false);
      }
    }
  }

  /** False where the file system has no links or both folders are not in the same one. */
  private static boolean link(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
      return true;
    } catch (NoSuchFileException e) {
      throw e;
    } catch (UnsupportedOperationException | IOException e) {
      return false;
    }
  }
}
