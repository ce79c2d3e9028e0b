package org.seesong.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.seesong.keyword.ScriptFolder;
import org.seesong.testing.Fuzzing;

/** Assertions of ConceptNet, packed or not. */
public final class ConceptFuzz {
  private static final Path FILE = Fuzzing.file(".csv");
  private static final ScriptFolder FOLDER = ScriptFolder.builtIn();

  private ConceptFuzz() {}

  /** Runs one input. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Files.write(FILE, input);
    try {
      ConceptNet.read(FILE, Set.of("zh", "en"), FOLDER, lines -> {});
    } catch (IOException e) {
      if (e.getMessage() == null) {
        throw new IllegalStateException(e);
      }
    }
  }
}
