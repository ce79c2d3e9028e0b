package org.seesong.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.seesong.testing.Fuzzing;

/** Keras' HDF5 files, by jhdf: read, or refused with a reason. */
public final class Hdf5Fuzz {
  private static final Path FILE = Fuzzing.file(".h5");

  private Hdf5Fuzz() {}

  /** Runs one input. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Files.write(FILE, input);
    try {
      KerasFile.read(FILE);
    } catch (WeightsException e) {
      if (e.getMessage() == null) {
        throw new IllegalStateException(e);
      }
    }
  }
}
