package org.seesong.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.FSDirectory;

/** What is in a folder, before an index is read from it or written to it. */
final class IndexFolder {
  private static final String INNER = "index";

  /** Folders that a message names. */
  private static final int MOST_NAMED = 5;

  private IndexFolder() {}

  /** Makes the folder if it is absent; refuses one that holds anything but an index of ours. */
  static void requireWritable(Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IOException(
          "cannot write index " + folder + ": it is a file; name a folder instead");
    }
    Files.createDirectories(folder);
    try (FSDirectory directory = FSDirectory.open(folder)) {
      if (DirectoryReader.indexExists(directory)) {
        requireOurs(folder, directory);
      } else {
        requireNoOtherFiles(folder);
      }
    }
  }

  private static void requireOurs(Path folder, FSDirectory directory) throws IOException {
    Map<String, String> data;
    try {
      data = SegmentInfos.readLatestCommit(directory).getUserData();
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(
          "cannot write index "
              + folder
              + ": the index that is there cannot be read ("
              + e.getMessage()
              + "); delete the folder or name another",
          e);
    }
    if (!data.containsKey(IndexMetadata.LAYOUT)) {
      throw new IOException(
          "cannot write index "
              + folder
              + ": it holds a Lucene index that Seesong did not make; name another folder");
    }
  }

  private static void requireNoOtherFiles(Path folder) throws IOException {
    List<String> others;
    try (Stream<Path> files = Files.list(folder)) {
      others =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !isLeftover(name))
              .sorted()
              .toList();
    }
    if (!others.isEmpty()) {
      throw new IOException(
          "cannot write index "
              + folder
              + ": the folder holds other files, such as '"
              + others.get(0)
              + "'; name an empty or a new folder");
    }
  }

  /** Files that a build leaves when it is killed, or when its commit is lost; Lucene's names. */
  private static boolean isLeftover(String name) {
    return name.startsWith("_")
        || name.startsWith("pending_")
        || name.equals("write.lock")
        || name.equals("songs.kept");
  }

  /**
   * Finds the index of a folder: the folder itself, or the folder {@value #INNER} in it, where a
   * build puts the index. Refuses a path that holds neither.
   */
  static Path requireIndex(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      throw new IOException("there is no index at " + folder + "; " + CatalogueIndex.HOW_TO_MAKE);
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          folder + " is a file, not the folder of an index; " + CatalogueIndex.HOW_TO_MAKE);
    }
    Path inner = folder.resolve(INNER);
    boolean built = Files.isDirectory(inner);
    if (isIndex(folder)) {
      return folder;
    }
    if (built && isIndex(inner)) {
      return inner;
    }
    throw new IOException(
        "the folder "
            + folder
            + (built
                ? " holds no index, nor does the folder '" + INNER + "' in it; "
                : " holds no index; ")
            + below(folder)
            + CatalogueIndex.HOW_TO_MAKE);
  }

  /** Names indexes in folders of a folder; "" if there are none. */
  private static String below(Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.filter(Files::isDirectory).sorted().toList()) {
        if (found.size() < MOST_NAMED && (isIndex(each) || isIndex(each.resolve(INNER)))) {
          found.add(each.getFileName().toString());
        }
      }
    }
    return found.isEmpty() ? "" : "folders in it do: " + String.join(", ", found) + "; ";
  }

  private static boolean isIndex(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false; // Lucene would make it
    }
    try (FSDirectory directory = FSDirectory.open(folder)) {
      return DirectoryReader.indexExists(directory);
    }
  }
}
