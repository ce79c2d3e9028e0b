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
      description = "Name to use it by (default: vgg19-random, or vgg19-random-int8).")
  private String name;

  @Mixin private EngineOption engine;

  @Mixin private PrecisionOption precision;

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
    String called = name == null ? precision.nameOf("vgg19-random") : name;
    WeightInstall.requireName(called, spec.commandLine());
    ModelHome home = ModelHome.fromEnvironment();
    engine.require(precision, spec);
    try (PrecisionOption.Pictures pictures = precision.pictures(home);
        WeightSource weights = Vgg19.random(seed)) {
      WeightInstall install =
          new WeightInstall(
              console,
              new Vgg19.Target(
                  home, called, engine.engine(), List.of(), replace, pictures.calibration()));
      install.requireFree();
      WeightInstall.report(console, install.run(weights), json);
    }
    return Seesong.DONE;
  }
}
