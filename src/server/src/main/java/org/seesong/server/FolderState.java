package org.seesong.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What shows cheaply that an index was written or replaced: which folder it is, and its newest
 * commit. Equal states, equal content.
 *
 * @param directory the file system's key of the folder of Lucene's files
 * @param generation of the newest commit
 * @param commit the file system's key of the commit's file
 */
record FolderState(Object directory, long generation, Object commit) {
  /** Lucene's files of commits end in their generation to the base of 36. */
  private static final Pattern COMMIT = Pattern.compile("segments_([0-9a-z]{1,12})");

  /**
   * The state of an index.
   *
   * @param folder the folder that a build made, or the folder {@code index} in it
   * @return nothing where there is no commit just now, such as while a folder is replaced
   */
  static Optional<FolderState> of(Path folder) throws IOException {
    for (Path candidate : List.of(folder, folder.resolve("index"))) {
      Optional<FolderState> state = ofLucene(candidate);
      if (state.isPresent()) {
        return state;
      }
    }
    return Optional.empty();
  }

  private static Optional<FolderState> ofLucene(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      long newest =
          files
              .map(file -> COMMIT.matcher(file.getFileName().toString()))
              .filter(Matcher::matches)
              .mapToLong(matcher -> Long.parseLong(matcher.group(1), Character.MAX_RADIX))
              .max()
              .orElse(-1);
      if (newest < 0) {
        return Optional.empty();
      }
      String name = "segments_" + Long.toString(newest, Character.MAX_RADIX);
      return Optional.of(
          new FolderState(key(folder), newest, key(folder.resolve(name.toLowerCase(Locale.ROOT)))));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty(); // not there, or replaced in this moment
    }
  }

  /** Where the file system has no keys, the time of making. */
  private static Object key(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    return Objects.requireNonNullElse(attributes.fileKey(), attributes.creationTime())
        + "/"
        + (attributes.isDirectory() ? "" : attributes.lastModifiedTime());
  }

  /** Whether this is a later commit to the same folder. */
  boolean follows(FolderState before) {
    return directory.equals(before.directory) && generation > before.generation;
  }
}
