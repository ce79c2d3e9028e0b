package org.seesong.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.seesong.testing.Fuzzing;

/** Safetensors headers: read, or refused with a reason. */
public final class SafetensorsFuzz {
  private static final Path FILE = Fuzzing.file(".safetensors");

  private SafetensorsFuzz() {}

  /** Runs one input. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Files.write(FILE, input);
    try {
      SafetensorsFile.read(FILE);
    } catch (WeightsException e) {
      if (e.getMessage() == null) {
        throw new IllegalStateException(e);
      }
    }
  }
}
