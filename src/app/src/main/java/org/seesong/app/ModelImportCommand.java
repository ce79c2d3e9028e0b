package org.seesong.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.seesong.encoder.ChannelOrder;
import org.seesong.encoder.ImportRequest;
import org.seesong.encoder.ModelDescription;
import org.seesong.encoder.ModelHome;
import org.seesong.model.Vgg19;
import org.seesong.model.WeightSource;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Brings a model into the model home: a SavedModel as it is, or VGG-19's weights. */
@Command(
    name = "import",
    description = "Imports a model and tries it: a TensorFlow SavedModel, or weights of VGG-19.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  seesong model import --keras vgg19_weights_tf_dim_ordering_tf_kernels.h5 --name vgg19",
      "  seesong model import --safetensors model.safetensors --name vgg19-torch",
      "  seesong model import --saved-model mobilenet_v2_savedmodel --name mobilenet_v2 \\",
      "      --output embedding --scale '(p-128)/128' \\",
      "      --classes-output probabilities --labels imagenet_labels.txt",
      "",
      "The same network with other weights makes another vector space: build and search with",
      "the same model."
    })
final class ModelImportCommand implements Callable<Integer> {
  @ArgGroup(multiplicity = "1", heading = "One of:%n")
  private Source source;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "Name to use it by: small letters, digits, '.', '_' and '-'.")
  private String name;

  @Mixin private EngineOption engine;

  @Mixin private PrecisionOption precision;

  @Mixin private LabelsOption labels;

  @Option(names = "--replace", description = "Replace a model of this name.")
  private boolean replace;

  @Option(names = "--json", description = "Print the description as JSON.")
  private boolean json;

  @ArgGroup(validate = false, heading = "%nFor --saved-model; weight files know it themselves:%n")
  private final Feeding feeding = new Feeding();

  @Spec private CommandSpec spec;

  private final Console console;

  ModelImportCommand(Console console) {
    this.console = console;
  }

  /** What is imported; picocli sees to it that there is exactly one. */
  private static final class Source {
    @Option(
        names = "--saved-model",
        paramLabel = "DIR",
        description = "A TensorFlow SavedModel: a folder with saved_model.pb and variables.")
    private Path savedModel;

    @Option(
        names = "--keras",
        paramLabel = "FILE",
        description = {
          "Weights of VGG-19 as Keras publishes them:"
              + " vgg19_weights_tf_dim_ordering_tf_kernels.h5 (not the ..._notop.h5)."
        })
    private Path keras;

    @Option(
        names = "--safetensors",
        paramLabel = "FILE",
        description = "Weights of VGG-19 as torchvision or timm publish them, .safetensors.")
    private Path safetensors;
  }

  /** How to feed a SavedModel. */
  private static final class Feeding {
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
        names = "--classes-output",
        paramLabel = "NAME",
        defaultValue = "",
        description = "Output of class probabilities, for --labels: float32 [N, classes].")
    private String classesOutput;

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
  }

  @Override
  public Integer call() throws Exception {
    ModelHome home = ModelHome.fromEnvironment();
    ModelDescription model = source.savedModel != null ? savedModel(home) : weights(home);
    WeightInstall.report(console, model, json);
    return Seesong.DONE;
  }

  private ModelDescription savedModel(ModelHome home) throws IOException {
    ImportRequest request = request();
    if (spec.commandLine().getParseResult().hasMatchedOption("--engine")) {
      throw new ParameterException(
          spec.commandLine(), "--engine is for weights; a SavedModel runs in TensorFlow");
    }
    console.log("importing " + source.savedModel + " ...");
    return home.importSavedModel(source.savedModel, replace ? request.replacing() : request);
  }

  private ImportRequest request() throws IOException {
    if (labels.isGiven() == feeding.classesOutput.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "of a SavedModel's classes both are needed: --classes-output and --labels");
    }
    try {
      return ImportRequest.of(name, feeding.scale)
          .withTensors(feeding.signature, feeding.input, feeding.output)
          .withClasses(feeding.classesOutput, labels.names())
          .withPicture(feeding.size, feeding.channels)
          .withFacts(true, feeding.note);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private ModelDescription weights(ModelHome home) throws IOException, InterruptedException {
    String kind = source.keras != null ? "--keras" : "--safetensors";
    for (String option :
        List.of(
            "--input",
            "--output",
            "--classes-output",
            "--size",
            "--scale",
            "--channels",
            "--signature",
            "--note")) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new ParameterException(
            spec.commandLine(),
            option + " is for --saved-model; with " + kind + " it is known from the file");
      }
    }
    WeightInstall.requireName(name, spec.commandLine());
    List<String> classNames = labels.withoutBackground();
    engine.require(precision, spec);
    try (PrecisionOption.Pictures pictures = precision.pictures(home)) {
      WeightInstall install =
          new WeightInstall(
              console,
              new Vgg19.Target(
                  home, name, engine.engine(), classNames, replace, pictures.calibration()));
      install.requireFree();
      try (WeightSource weights =
          source.keras != null
              ? Vgg19.keras(source.keras, classNames.size())
              : Vgg19.safetensors(source.safetensors, classNames.size())) {
        return install.run(weights);
      }
    }
  }
}
