package org.seesong.encoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.lucene.util.IOUtils;

/** Removes models: gone at once, and what a crash leaves of their files is hidden. */
final class RemovedModels {
  /** What their folders begin with. */
  private static final String PREFIX = ".removed-";

  private RemovedModels() {}

  /**
   * Removes a model's folder, and what earlier calls left.
   *
   * @param home where the models are
   * @return the bytes that its files took
   */
  static long remove(Path home, String name) throws IOException {
    Path gone = home.resolve(PREFIX + UUID.randomUUID());
    Files.move(home.resolve(name), gone, StandardCopyOption.ATOMIC_MOVE);
    long bytes = 0;
    try (Stream<Path> files = Files.walk(gone)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    for (Path each : all(home)) {
      try {
        IOUtils.rm(each);
      } catch (IOException e) {
        if (Files.exists(each)) {
          throw e;
        } // else another call removed it at the same time
      }
    }
    return bytes;
  }

  private static List<Path> all(Path home) throws IOException {
    try (Stream<Path> entries = Files.list(home)) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith(PREFIX))
          .sorted()
          .toList();
    }
  }
}
