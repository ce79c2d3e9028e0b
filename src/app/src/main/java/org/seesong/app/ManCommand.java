package org.seesong.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the manual page. */
@Command(
    name = "man",
    description = "Prints the manual page of all commands, in man's own format.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  seesong man | man -l -", "  seesong man > /usr/local/share/man/man1/seesong.1"})
final class ManCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private final Console console;

  ManCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.data(new ManPage(spec.root()).text().strip());
    return Seesong.DONE;
  }
}
