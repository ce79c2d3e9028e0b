package org.seesong.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seesong.image.ChannelOrder;
import org.seesong.image.ImportRequest;
import org.seesong.image.ModelDescription;
import org.seesong.image.ModelHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks after the models that encode pictures. */
@Command(
    name = "model",
    description = "Imports, lists and verifies the models that encode pictures.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(import | list | verify)",
    subcommands = {
      ModelCommand.Import.class,
      ModelCommand.ListAll.class,
      ModelCommand.Verify.class
    },
    footer = {
      "%nModels live in $SEESONG_HOME/models, or .seesong/models in the user's home folder."
    })
final class ModelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "model: say import, list or verify");
  }

  static Map<String, Object> describe(ModelDescription model) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", model.name());
    map.put("encoder", model.encoderId());
    map.put("dimension", model.dimension());
    map.put("size", model.size());
    map.put("scale", model.scaling());
    map.put("channelOrder", model.channelOrder().toString());
    map.put("input", model.inputName());
    map.put("output", model.outputName());
    map.put("sha256", model.sha256());
    map.put("trained", model.trained());
    return map;
  }

  /** Copies a SavedModel into the model home. */
  @Command(
      name = "import",
      description = "Copies a TensorFlow SavedModel into the model home and tries it.",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      footerHeading = "%nExample:%n",
      footer =
          "  seesong model import --saved-model mobilenet_v2_savedmodel --name mobilenet_v2 "
              + "--input image --output embedding --size 224 --scale '(p-128)/128'")
  static final class Import implements Callable<Integer> {
    @Option(
        names = "--saved-model",
        required = true,
        paramLabel = "DIR",
        description = "Folder with saved_model.pb and variables.")
    private Path savedModel;

    @Option(
        names = "--name",
        required = true,
        paramLabel = "NAME",
        description = "Name to use it by: small letters, digits, '.', '_' and '-'.")
    private String name;

    @Option(
        names = "--input",
        paramLabel = "NAME",
        defaultValue = "",
        description = "Input of its signature, float32 [N, size, size, 3] (default: its only one).")
    private String input;

    @Option(
        names = "--output",
        paramLabel = "NAME",
        defaultValue = "",
        description = "Output of its signature, float32 [N, dimension] (default: its only one).")
    private String output;

    @Option(
        names = "--size",
        paramLabel = "N",
        defaultValue = "0",
        description = "Side of the square picture it takes, in pixels (default: as it states).")
    private int size;

    @Option(
        names = "--scale",
        paramLabel = "FORMULA",
        defaultValue = "p/255",
        description = {
          "What it wants of a byte p: for example '(p-128)/128' or"
              + " '(p/255-[.485,.456,.406])/[.229,.224,.225]', one number a channel"
              + " (default: ${DEFAULT-VALUE})."
        })
    private String scale;

    @Option(
        names = "--channels",
        paramLabel = "ORDER",
        defaultValue = "RGB",
        description = "RGB or BGR (default: ${DEFAULT-VALUE}).")
    private ChannelOrder channels;

    @Option(
        names = "--signature",
        paramLabel = "NAME",
        defaultValue = "serving_default",
        description = "Signature to call (default: ${DEFAULT-VALUE}).")
    private String signature;

    @Option(
        names = "--note",
        paramLabel = "TEXT",
        defaultValue = "",
        description = "Where it comes from or its licence; shown by 'model list'.")
    private String note;

    @Option(names = "--replace", description = "Replace a model of this name.")
    private boolean replace;

    @Option(names = "--json", description = "Print the description as JSON.")
    private boolean json;

    private final Console console;

    Import(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws Exception {
      ImportRequest request = request();
      console.log("importing " + savedModel + " ...");
      ModelDescription model =
          ModelHome.fromEnvironment()
              .importSavedModel(savedModel, replace ? request.replacing() : request);
      if (json) {
        console.json(describe(model));
      } else {
        console.data(
            String.format(
                Locale.ROOT,
                "imported %s: encoder %s, %d numbers a picture; use it with --encoder %s",
                name,
                model.encoderId(),
                model.dimension(),
                name));
      }
      return Seesong.DONE;
    }

    private ImportRequest request() {
      try {
        return ImportRequest.of(name, scale)
            .withTensors(signature, input, output)
            .withPicture(size, channels)
            .withFacts(true, note);
      } catch (IllegalArgumentException e) {
        throw new UsageException(e);
      }
    }
  }

  /** Lists what can encode pictures. */
  @Command(
      name = "list",
      description = "Lists the encoders that can be used.",
      mixinStandardHelpOptions = true)
  static final class ListAll implements Callable<Integer> {
    @Option(names = "--json", description = "Print an object a line.")
    private boolean json;

    private final Console console;

    ListAll(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws Exception {
      ModelHome home = ModelHome.fromEnvironment();
      if (!json) {
        console.data("descriptor: built in, colour and texture, needs no model");
      }
      for (ModelDescription model : home.list()) {
        if (json) {
          console.json(describe(model));
        } else {
          console.data(line(model));
        }
      }
      List<String> problems = home.problems();
      problems.forEach(problem -> console.log("seesong: " + problem));
      return problems.isEmpty() ? Seesong.DONE : Seesong.REJECTED;
    }

    private static String line(ModelDescription model) {
      return String.format(
          Locale.ROOT,
          "%s: encoder %s, %d numbers a picture, %d x %d pixels%s%s",
          model.name(),
          model.encoderId(),
          model.dimension(),
          model.size(),
          model.size(),
          model.trained() ? "" : ", UNTRAINED",
          model.note().isEmpty() ? "" : ", " + model.note());
    }
  }

  /** Checks that a model's files are what was imported. */
  @Command(
      name = "verify",
      description = "Checks that a model's files are still those that were imported.",
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "Model to check.")
    private String name;

    private final Console console;

    Verify(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws Exception {
      ModelHome.fromEnvironment().verify(name);
      console.data(name + ": unchanged");
      return Seesong.DONE;
    }
  }
}
