package org.seesong.app;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks after the index that a build made. */
@Command(
    name = "index",
    description =
        "Looks after an index: takes snapshots, gives back the space of what was removed.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      IndexSnapshotCommand.class,
      IndexCompactCommand.class,
      CommandLine.HelpCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  seesong index snapshot my-index --to backups/monday",
      "  seesong index compact my-index"
    })
final class IndexCommand implements Runnable {
  private static final String INNER = "index";

  @Spec private CommandSpec spec;

  /**
   * A build's folder holds its index in a folder of its own; that one may be named as well. The
   * folder above a build that is itself called index is neither.
   */
  static Path indexOf(Path folder) {
    Path inner = folder.resolve(INNER);
    return Files.isDirectory(inner) && !Files.isDirectory(inner.resolve(INNER)) ? inner : folder;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command: snapshot or compact");
  }
}
