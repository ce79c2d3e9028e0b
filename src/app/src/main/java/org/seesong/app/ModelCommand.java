package org.seesong.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seesong.encoder.DescriptorEncoder;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelDescription;
import org.seesong.encoder.ModelException;
import org.seesong.encoder.ModelHome;
import org.seesong.encoder.TextModelDescription;
import org.seesong.encoder.TextModelHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks after the models that encode pictures and texts. */
@Command(
    name = "model",
    description =
        "Imports, fetches, lists, verifies and removes the models that encode pictures and texts.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(import | fetch | random | list | verify | remove)",
    subcommands = {
      ModelImportCommand.class,
      ModelFetchCommand.class,
      ModelRandomCommand.class,
      ModelCommand.ListAll.class,
      ModelCommand.Verify.class,
      ModelCommand.Remove.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  seesong model fetch vgg19",
      "  seesong model list",
      "%nModels live in $SEESONG_HOME/models, or .seesong/models in the user's home folder,",
      "imported text encoders in text-models beside it."
    })
final class ModelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "model: say import, fetch, random, list, verify or remove");
  }

  static Map<String, Object> describe(ModelDescription model) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", model.name());
    map.put("encoder", model.encoderId());
    map.put("engine", model.engine().id());
    map.put("precision", model.precision().id());
    map.put("dimension", model.dimension());
    map.put("classes", model.classNames().size());
    map.put("size", model.size());
    map.put("scale", model.scaling());
    map.put("channelOrder", model.channelOrder().toString());
    map.put("layout", model.layout().toString());
    map.put("input", model.inputName());
    map.put("output", model.outputName());
    map.put("sha256", model.sha256());
    map.put("weights", model.weights());
    map.put("trained", model.trained());
    return map;
  }

  /** Lists what can encode pictures and texts. */
  @Command(
      name = "list",
      description = "Lists the encoders that can be used.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {"  seesong model list", "  seesong model list --json"})
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
      if (json) {
        console.json(descriptor());
      } else {
        console.data("descriptor: built in, colour and texture, needs no model");
      }
      for (ModelDescription model : home.list()) {
        if (json) {
          console.json(describe(model));
        } else {
          console.data(line(model));
        }
      }
      List<String> problems = new ArrayList<>(home.problems());
      TextModelHome texts = TextModelHome.fromEnvironment();
      for (String name : texts.names()) {
        try {
          TextModelDescription model = texts.describe(name);
          if (json) {
            console.json(TextModelImport.describe(model));
          } else {
            console.data(TextModelImport.line(model));
          }
        } catch (ModelException e) {
          problems.add(e.getMessage());
        }
      }
      problems.forEach(problem -> console.log("seesong: " + problem));
      return problems.isEmpty() ? Seesong.DONE : Seesong.REJECTED;
    }

    /** It has no file, so fewer facts. */
    private static Map<String, Object> descriptor() {
      Map<String, Object> map = new LinkedHashMap<>();
      try (ImageEncoder encoder = new DescriptorEncoder()) {
        map.put("name", ModelHome.DESCRIPTOR);
        map.put("encoder", encoder.id());
        map.put("engine", "java");
        map.put("dimension", encoder.dimension());
        map.put("size", encoder.inputSize());
        map.put("trained", true);
      }
      return map;
    }

    private static String line(ModelDescription model) {
      return String.format(
          Locale.ROOT,
          "%s: encoder %s in %s, %d numbers a picture, %d x %d pixels%s%s%s",
          model.name(),
          model.encoderId(),
          model.engine().id(),
          model.dimension(),
          model.size(),
          model.size(),
          model.classNames().isEmpty() ? "" : ", " + model.classNames().size() + " classes",
          model.trained() ? "" : ", UNTRAINED",
          model.note().isEmpty() ? "" : ", " + model.note());
    }
  }

  /** Checks that a model's files are what was imported. */
  @Command(
      name = "verify",
      description = "Checks that a model's files are still those that were imported.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  seesong model verify vgg19")
  static final class Verify implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "Model to check.")
    private String name;

    private final Console console;

    Verify(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws Exception {
      TextModelHome texts = TextModelHome.fromEnvironment();
      if (texts.has(name)) {
        texts.verify(name);
      } else {
        ModelHome.fromEnvironment().verify(name);
      }
      console.data(name + ": unchanged");
      return Seesong.DONE;
    }
  }

  /** Removes a model. */
  @Command(
      name = "remove",
      description = {
        "Removes a model, whole or damaged, without asking. Indexes that were built with it stay,"
            + " but new pictures, or words, can be asked by only once it is imported again."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  seesong model remove mobilenet_v2")
  static final class Remove implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "Model to remove, see 'seesong model list'.")
    private String name;

    private final Console console;

    Remove(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws Exception {
      TextModelHome texts = TextModelHome.fromEnvironment();
      long bytes = texts.has(name) ? texts.remove(name) : ModelHome.fromEnvironment().remove(name);
      console.data(String.format(Locale.ROOT, "removed %s: %,d MB freed", name, bytes / 1_000_000));
      return Seesong.DONE;
    }
  }
}
