package org.seesong.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * The real songs and photographs, which are not part of the repository: a folder {@code
 * shared/data} beside the checkout, or where the environment variable {@code SEESONG_SHARED_DATA}
 * points.
 */
public final class SharedData {
  private SharedData() {}

  /**
   * A file or folder of the real data; the calling test is skipped where it is absent.
   *
   * @param name path below the data folder
   * @return the existing file or folder
   */
  public static Path require(String name) {
    String configured = System.getenv("SEESONG_SHARED_DATA");
    Path folder =
        configured != null
            ? Path.of(configured)
            : Path.of(System.getProperty("seesong.root", ".")).resolve("../shared/data");
    Path file = folder.resolve(name).toAbsolutePath().normalize();
    Assumptions.assumeTrue(
        Files.exists(file), () -> "skipped: needs the real data, but there is no " + file);
    return file;
  }
}
