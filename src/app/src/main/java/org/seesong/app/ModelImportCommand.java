package org.seesong.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seesong.encoder.ChannelOrder;
import org.seesong.encoder.ImportRequest;
import org.seesong.encoder.ModelDescription;
import org.seesong.encoder.ModelHome;
import org.seesong.encoder.PixelLayout;
import org.seesong.encoder.TextImport;
import org.seesong.encoder.TextModelHome;
import org.seesong.model.OnnxImport;
import org.seesong.model.Vgg19;
import org.seesong.model.WeightSource;
import org.seesong.model.onnx.OnnxFile;
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
    description =
        "Imports a model and tries it: an ONNX file, a TensorFlow SavedModel, or weights of"
            + " VGG-19; with --text an ONNX file that encodes texts.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  seesong model import --keras vgg19_weights_tf_dim_ordering_tf_kernels.h5 --name vgg19",
      "  seesong model import --safetensors model.safetensors --name vgg19-torch",
      "  seesong model import --saved-model mobilenet_v2_savedmodel --name mobilenet_v2 \\",
      "      --trust --output embedding --scale '(p-128)/128' \\",
      "      --classes-output probabilities --labels imagenet_labels.txt",
      "  seesong model import --onnx dinov2.onnx --name dinov2 \\",
      "      --scale '(p/255-[.485,.456,.406])/[.229,.224,.225]' --precision int8",
      "  seesong model import --onnx model.onnx --text --tokenizer tokenizer.json \\",
      "      --name gte-small --pooling mean",
      "",
      "The same network with other weights makes another vector space: build and search with",
      "the same model."
    })
final class ModelImportCommand implements Callable<Integer> {
  /** Options that say how pictures are fed. */
  private static final List<String> FEEDING =
      List.of(
          "--input",
          "--output",
          "--classes-output",
          "--size",
          "--scale",
          "--channels",
          "--layout",
          "--signature");

  private static final String OF_PICTURES = " is for networks of pictures, not with --text";

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

  @Option(
      names = "--trust",
      description = {
        "For --saved-model: run it. A SavedModel is a program with your rights, so say this only of"
            + " one whose makers you trust."
      })
  private boolean trust;

  @Option(names = "--replace", description = "Replace a model of this name.")
  private boolean replace;

  @Option(names = "--json", description = "Print the description as JSON.")
  private boolean json;

  @ArgGroup(
      validate = false,
      heading = "%nFor --onnx and --saved-model; weight files know it themselves:%n")
  private final Feeding feeding = new Feeding();

  @ArgGroup(validate = false, heading = "%nFor --onnx, of a text encoder in place of pictures':%n")
  private final TextModelImport text = new TextModelImport();

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

    @Option(
        names = "--onnx",
        paramLabel = "FILE",
        description = {
          "A network exported to ONNX, with one input of pictures and one vector a picture."
        })
    private Path onnx;

    /** The option that was given. */
    private String option() {
      if (onnx != null) {
        return "--onnx";
      }
      return savedModel != null ? "--saved-model" : keras != null ? "--keras" : "--safetensors";
    }
  }

  /** How to feed a SavedModel. */
  private static final class Feeding {
    @Option(
        names = "--input",
        paramLabel = "NAME",
        defaultValue = "",
        description = "Its input, float32 [N, size, size, 3] (default: its only one).")
    private String input;

    @Option(
        names = "--output",
        paramLabel = "NAME",
        defaultValue = "",
        description = "Its output, float32 [N, dimension] (default: its only one).")
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
        names = "--layout",
        paramLabel = "ORDER",
        description =
            "For --onnx: order of the input's axes, NCHW or NHWC (default: as it states).")
    private PixelLayout layout;

    @Option(
        names = "--signature",
        paramLabel = "NAME",
        defaultValue = "serving_default",
        description = "For --saved-model: signature to call (default: ${DEFAULT-VALUE}).")
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
    if (text.isWanted()) {
      return text();
    }
    refuse(TextModelImport.OPTIONS, " is for --text");
    ModelHome home = ModelHome.fromEnvironment();
    if (TextModelHome.fromEnvironment().has(name)) {
      throw new ParameterException(
          spec.commandLine(), "'" + name + "' is a text encoder; choose another name");
    }
    ModelDescription model =
        switch (source.option()) {
          case "--onnx" -> onnx(home);
          case "--saved-model" -> savedModel(home);
          default -> weights(home);
        };
    WeightInstall.report(console, model, json);
    return Seesong.DONE;
  }

  private int text() throws IOException {
    if (source.onnx == null) {
      throw new ParameterException(
          spec.commandLine(), "--text needs --onnx, not " + source.option());
    }
    refuse(
        List.of("--engine", "--precision", "--calibrate", "--range-method", "--labels", "--trust"),
        OF_PICTURES);
    refuse(FEEDING, OF_PICTURES);
    if (ModelHome.fromEnvironment().find(name).isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "'" + name + "' encodes pictures; choose another name");
    }
    TextImport request = text.request(name, source.onnx, replace, feeding.note, spec);
    console.log("importing " + source.onnx + " ...");
    text.report(console, TextModelHome.fromEnvironment().importOnnx(request), json);
    return Seesong.DONE;
  }

  private ModelDescription savedModel(ModelHome home) throws IOException {
    refuse(
        List.of("--engine", "--precision", "--calibrate", "--range-method"),
        " is for weights and --onnx; a SavedModel runs in TensorFlow as it is");
    refuse(List.of("--layout"), " is for --onnx; a SavedModel has its channels last");
    ImportRequest request = request(feeding.scale, feeding.channels, feeding.note);
    request = trust ? request.trusting() : request;
    console.log("importing " + source.savedModel + " ...");
    return home.importSavedModel(source.savedModel, replace ? request.replacing() : request);
  }

  private ModelDescription onnx(ModelHome home) throws IOException, InterruptedException {
    refuse(List.of("--engine"), " is for weights; an ONNX file runs in ONNX Runtime");
    refuse(List.of("--signature", "--trust"), " is for --saved-model");
    OnnxFile file = OnnxFile.open(source.onnx);
    ImportRequest request =
        request(
            told(file, "scaling", "--scale", feeding.scale),
            channels(file),
            told(file, "note", "--note", feeding.note));
    if (feeding.output.isEmpty()) {
      request = request.withTensors("", feeding.input, file.fact("output").orElse(""));
    }
    try (PrecisionOption.Pictures pictures = precision.pictures(home)) {
      console.log("importing " + source.onnx + " ...");
      return OnnxImport.install(
          home,
          new OnnxImport.Source(
              source.onnx,
              replace ? request.replacing() : request,
              Optional.ofNullable(feeding.layout),
              pictures.calibration()));
    }
  }

  /** What the command line says, or else the file, or else what is usual. */
  private String told(OnnxFile file, String fact, String option, String value) {
    return isGiven(option) ? value : file.fact(fact).orElse(value);
  }

  private ChannelOrder channels(OnnxFile file) {
    String order = told(file, "channels", "--channels", feeding.channels.name());
    try {
      return ChannelOrder.valueOf(order);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          source.onnx + " says its channels are '" + order + "'; say --channels RGB or BGR",
          e);
    }
  }

  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private void refuse(List<String> options, String reason) {
    options.stream()
        .filter(this::isGiven)
        .findFirst()
        .ifPresent(
            option -> {
              throw new ParameterException(spec.commandLine(), option + reason);
            });
  }

  private ImportRequest request(String scale, ChannelOrder channels, String note)
      throws IOException {
    if (labels.isGiven() == feeding.classesOutput.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "of a model's classes both are needed: --classes-output and --labels");
    }
    try {
      return ImportRequest.of(name, scale)
          .withTensors(feeding.signature, feeding.input, feeding.output)
          .withClasses(feeding.classesOutput, labels.names())
          .withPicture(feeding.size, channels)
          .withFacts(true, note);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private ModelDescription weights(ModelHome home) throws IOException, InterruptedException {
    String known =
        " is for --onnx and --saved-model; with " + source.option() + " it is known from the file";
    refuse(FEEDING, known);
    refuse(List.of("--note", "--trust"), known);
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
