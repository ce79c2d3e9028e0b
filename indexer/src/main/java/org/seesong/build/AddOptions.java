package org.seesong.build;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.seesong.catalogue.CatalogueOptions;

/**
 * What to add to an index.
 *
 * @param folder the folder that a build made
 * @param catalogue files with new songs and pictures
 * @param threads threads for decoding and comparing, at least 1
 * @param strict whether a row or picture that must be left out, or a value ignored, is a failure
 * @param leftOut how many rows and pictures may be left out
 * @param patience how long to wait for others who are changing the index
 */
public record AddOptions(
    Path folder,
    CatalogueOptions catalogue,
    int threads,
    boolean strict,
    LeftOutLimit leftOut,
    Duration patience) {
  public AddOptions {
    folder = folder.toAbsolutePath().normalize();
    Objects.requireNonNull(catalogue, "catalogue");
    Objects.requireNonNull(leftOut, "leftOut");
    Objects.requireNonNull(patience, "patience");
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1; got: " + threads);
    }
  }

  /**
   * Options with the default limit of what may be left out.
   *
   * @param folder the folder that a build made
   * @param catalogue files with new songs and pictures
   * @param threads threads for decoding and comparing, at least 1
   * @param strict whether a row or picture that must be left out is a failure
   * @param patience how long to wait for others who are changing the index
   */
  public AddOptions(
      Path folder, CatalogueOptions catalogue, int threads, boolean strict, Duration patience) {
    this(folder, catalogue, threads, strict, LeftOutLimit.DEFAULT, patience);
  }
}
