package org.seesong.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.seesong.model.onnx.OnnxFile;
import org.seesong.testing.Fuzzing;

/** ONNX files: read, or refused with a reason. */
public final class OnnxFuzz {
  private static final Path FILE = Fuzzing.file(".onnx");

  private OnnxFuzz() {}

  /** Runs one input. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Files.write(FILE, input);
    try {
      OnnxFile.open(FILE);
    } catch (WeightsException e) {
      if (e.getMessage() == null) {
        throw new IllegalStateException(e);
      }
    }
  }
}
