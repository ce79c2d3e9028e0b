package org.seesong.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.seesong.build.CatalogueSnapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a snapshot of an index. */
@Command(
    name = "snapshot",
    description = {
      "Takes a snapshot of an index, also while others build, add, remove or search. Files are"
          + " linked where the file system can, which costs neither time nor space, else copied."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  seesong index snapshot my-index --to backups/monday")
final class IndexSnapshotCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "Folder that a build made.")
  private Path folder;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR2",
      description = "New folder, which is searched and added to like the first.")
  private Path to;

  @Option(names = "--copy", description = "Copy in any case, such as for another disk's sake.")
  private boolean copy;

  private final Console console;

  IndexSnapshotCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    CatalogueSnapshot.take(folder, to, copy);
    console.data("snapshot of " + folder + " in " + to);
    return Seesong.DONE;
  }
}
