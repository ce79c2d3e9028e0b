package org.seesong.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures; each measurement is a command of its own. */
@Command(
    name = "bench",
    description = "Measures speed and quality.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(embed | encode | search)",
    subcommands = {BenchEmbedCommand.class, BenchEncodeCommand.class, BenchSearchCommand.class})
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "bench: say what to measure: embed, encode or search");
  }
}
