package org.seesong.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Memory of this process, where the system tells. */
public final class ProcessMemory {
  private ProcessMemory() {}

  /**
   * The most it ever held, files included.
   *
   * @return bytes
   */
  public static OptionalLong peakBytes() {
    return bytes("VmHWM:");
  }

  /**
   * Memory of this process that is no file's, now.
   *
   * @return bytes
   */
  public static OptionalLong anonymousBytes() {
    return bytes("RssAnon:");
  }

  private static OptionalLong bytes(String field) {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return OptionalLong.empty(); // not Linux
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst();
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty(); // a figure for people, not worth a failure
    }
  }
}
