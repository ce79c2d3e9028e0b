package org.seesong.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.seesong.index.CatalogueIndex;

/**
 * The files of an open index, which Lucene never changes: one that somebody cut short gives faults
 * of the processor or zeros in place of its content. Deleted and replaced files do no harm, for
 * what is open stays. Immutable.
 */
final class OpenFiles {
  private final Path folder;
  private final Map<String, State> files;

  /** The file system's key of a file, null if it has none, and its length. */
  private record State(Object key, long length) {
    static Optional<State> of(Path file) throws IOException {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return Optional.of(new State(now.fileKey(), now.size()));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    }
  }

  private OpenFiles(Path folder, Map<String, State> files) {
    this.folder = folder;
    this.files = files;
  }

  /** The files of an index as they are now. */
  static OpenFiles of(CatalogueIndex index) throws IOException {
    Map<String, State> files = new HashMap<>();
    for (String name : index.reader().getIndexCommit().getFileNames()) {
      State.of(index.folder().resolve(name)).ifPresent(state -> files.put(name, state));
    }
    return new OpenFiles(index.folder(), Map.copyOf(files));
  }

  /** A file that has become shorter since; nothing if all are whole. */
  Optional<String> damaged() throws IOException {
    for (Map.Entry<String, State> file : files.entrySet()) {
      State was = file.getValue();
      boolean shorter =
          State.of(folder.resolve(file.getKey()))
              .filter(now -> Objects.equals(now.key(), was.key()) && now.length() < was.length())
              .isPresent();
      if (shorter) {
        return Optional.of(file.getKey());
      }
    }
    return Optional.empty();
  }
}
