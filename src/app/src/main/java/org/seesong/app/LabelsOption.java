package org.seesong.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.seesong.encoder.ClassNames;
import picocli.CommandLine.Option;

/** What the classes of a network are called. */
final class LabelsOption {
  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = {
        "Keep the network's own classes; FILE names them, a line each in the order of its output."
            + " Pictures of a catalogue without labels get their keywords from them."
      })
  private Path file;

  boolean isGiven() {
    return file != null;
  }

  /** The names; none if the option is not given. */
  List<String> names() throws IOException {
    return file == null ? List.of() : ClassNames.read(file);
  }

  /**
   * The names for VGG-19. Some files begin with a class for the background, which its weights do
   * not have.
   */
  List<String> withoutBackground() throws IOException {
    List<String> names = names();
    boolean background = !names.isEmpty() && names.get(0).equalsIgnoreCase("background");
    return background ? names.subList(1, names.size()) : names;
  }
}
