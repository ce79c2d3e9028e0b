package org.seesong.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.seesong.testing.Fuzzing;

/** Record files: what is read of a damaged one is what was written, or it is refused. */
public final class RecordFuzz {
  static final String SPACE = "fuzz";
  private static final Path FILE = Fuzzing.file(".records");

  private RecordFuzz() {}

  /** Runs one input. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Files.write(FILE, input);
    try (RecordFile records = RecordFile.openForReading(FILE, SPACE, 4)) {
      for (ContentKey key : records.keys()) {
        if (records.read(key).length != 4) {
          throw new IllegalStateException("a record of another length: " + key);
        }
      }
    } catch (IOException e) {
      require(e.getMessage() != null, e);
    }
    try {
      RecordFile.verify(FILE);
    } catch (IOException e) {
      require(e.getMessage() != null, e);
    }
  }

  private static void require(boolean condition, Exception e) {
    if (!condition) {
      throw new IllegalStateException("a refusal that says nothing", e);
    }
  }
}
