package org.seesong.build;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.seesong.catalogue.CatalogueOptions;

/**
 * What to add to an index; begin with {@link #of}.
 *
 * @param folder the folder that a build made
 * @param catalogue files with new songs and pictures
 * @param threads threads for decoding and comparing, at least 1
 * @param strict whether a row or picture that must be left out, or a value ignored, is a failure
 * @param leftOut how many rows and pictures may be left out
 * @param timeout how long to wait for others who are changing the index
 */
public record AddOptions(
    Path folder,
    CatalogueOptions catalogue,
    int threads,
    boolean strict,
    LeftOutLimit leftOut,
    Duration timeout) {
  public AddOptions {
    folder = folder.toAbsolutePath().normalize();
    Objects.requireNonNull(catalogue, "catalogue");
    Objects.requireNonNull(leftOut, "leftOut");
    Objects.requireNonNull(timeout, "timeout");
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1; got: " + threads);
    }
  }

  /** One thread, not strict, the default limit, no waiting. */
  public static AddOptions of(Path folder, CatalogueOptions catalogue) {
    return new AddOptions(folder, catalogue, 1, false, LeftOutLimit.DEFAULT, Duration.ZERO);
  }

  /** The same with another {@link #threads}. */
  public AddOptions withThreads(int value) {
    return new AddOptions(folder, catalogue, value, strict, leftOut, timeout);
  }

  /** The same with other rules of what may be left out. */
  public AddOptions withLeftOut(boolean isStrict, LeftOutLimit limit) {
    return new AddOptions(folder, catalogue, threads, isStrict, limit, timeout);
  }

  /** The same with another {@link #timeout}. */
  public AddOptions withTimeout(Duration value) {
    return new AddOptions(folder, catalogue, threads, strict, leftOut, value);
  }
}
