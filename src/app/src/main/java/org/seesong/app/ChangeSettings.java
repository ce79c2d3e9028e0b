package org.seesong.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What all commands that change an index ask for. */
final class ChangeSettings {
  @Parameters(index = "0", paramLabel = "DIR", description = "Folder that a build made.")
  private Path folder;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = {
        "How long to wait for another build, add, remove or compact in this folder (default:"
            + " not at all)."
      })
  private int wait;

  /** The folder that a build made, not the index within it. */
  Path folder() {
    Path parent = folder.toAbsolutePath().normalize().getParent();
    if (!Files.isDirectory(folder.resolve("index"))
        && parent != null
        && Files.exists(parent.resolve("build.lock"))) {
      throw new UsageException(
          new IllegalArgumentException(
              folder + " is the index within a folder that a build made; name " + parent));
    }
    return folder;
  }

  Duration timeout() {
    if (wait < 0) {
      throw new UsageException(
          new IllegalArgumentException("--wait must be at least 0; got: " + wait));
    }
    return Duration.ofSeconds(wait);
  }
}
