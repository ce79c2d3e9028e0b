package org.seesong.app;

import java.util.List;
import java.util.concurrent.Callable;
import org.seesong.encoder.ModelHome;
import org.seesong.model.Vgg19;
import org.seesong.model.WeightSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes up a network of a known shape. */
@Command(
    name = "random",
    description = "Makes an untrained network for tests of load and speed; it cannot see.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = {
      "  seesong model random vgg19 --seed 1",
      "",
      "Everything its vectors are in says 'untrained': the encoder's id, the index, answers."
    })
final class ModelRandomCommand implements Callable<Integer> {
  private static final String VGG19 = "vgg19";

  @Parameters(paramLabel = "SHAPE", description = "Shape of the network: vgg19.")
  private String shape;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same gives the same weights (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "vgg19-random",
      description = "Name to use it by (default: ${DEFAULT-VALUE}).")
  private String name;

  @Mixin private EngineOption engine;

  @Option(names = "--replace", description = "Replace a model of this name.")
  private boolean replace;

  @Option(names = "--json", description = "Print the description as JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final Console console;

  ModelRandomCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    if (!shape.equals(VGG19)) {
      throw new ParameterException(
          spec.commandLine(), "unknown shape '" + shape + "'; there is: " + VGG19);
    }
    WeightInstall.requireName(name, spec.commandLine());
    WeightInstall install =
        new WeightInstall(
            console,
            new Vgg19.Target(
                ModelHome.fromEnvironment(), name, engine.engine(), List.of(), replace));
    install.requireFree();
    try (WeightSource weights = Vgg19.random(seed)) {
      WeightInstall.report(console, install.run(weights), json);
    }
    return Seesong.DONE;
  }
}
