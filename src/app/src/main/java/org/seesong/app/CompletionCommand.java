package org.seesong.app;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what teaches a shell to complete commands, options and files. */
@Command(
    name = "completion",
    description = {
      "Prints a script by which a shell completes Seesong's commands, options and files, for the"
          + " program under whatever path it is called as long as its name is seesong."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(seesong completion bash)                          # this shell",
      "  seesong completion bash > ~/.local/share/bash-completion/completions/seesong",
      "  source <(seesong completion zsh)                           # in ~/.zshrc"
    })
final class CompletionCommand implements Callable<Integer> {
  /** Shells that are taught. */
  enum Shell {
    BASH,
    ZSH
  }

  @Parameters(paramLabel = "bash|zsh", description = "The shell.")
  private Shell shell;

  @Spec private CommandSpec spec;

  private final Console console;

  CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    // One script serves both: in zsh it switches on the emulation of bash's completion itself.
    String script = AutoComplete.bash(Seesong.NAME, spec.root().commandLine());
    String name = shell.name().toLowerCase(Locale.ROOT);
    console.data("# Completes seesong in " + name + "; made by: seesong completion " + name);
    console.data(script.strip());
    return Seesong.DONE;
  }
}
