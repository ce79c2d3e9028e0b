package org.seesong.app;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seesong.encoder.ImportRequest;
import org.seesong.encoder.ModelDescription;
import org.seesong.encoder.ModelHome;
import org.seesong.model.Download;
import org.seesong.model.OnnxImport;
import org.seesong.model.PublishedWeights;
import org.seesong.model.Vgg19;
import org.seesong.model.WeightSource;
import org.seesong.model.onnx.OnnxFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Downloads published weights and imports them. */
@Command(
    name = "fetch",
    description = "Downloads published weights, verifies and imports them.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  seesong model fetch vgg19",
      "  seesong model fetch vgg19 --url https://mirror.example/vgg19.h5",
      "  seesong model fetch mobilenet_v2 --url https://releases.example/mobilenet_v2.onnx",
      "",
      "vgg19 is Keras' file of 575 MB; the model made of it takes as much. A download that was",
      "stopped goes on where it was when run again. Without a connection, get the file by other",
      "means and say: seesong model import --keras FILE --name vgg19",
      "",
      "The SHA-256 it expects was taken from public listings of the file, as its makers publish an",
      "MD5 only (cbe5617147190e668d6c5d5026f83318); --sha256 expects another.",
      "",
      "mobilenet_v2 is a file of 9 MB among those of Seesong's releases: --url says where it is."
    })
final class ModelFetchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "What to fetch: vgg19 or mobilenet_v2.")
  private String model;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Fetch it from here, https only; it must be the same file, or see --sha256.")
  private URI url;

  @Option(
      names = "--sha256",
      paramLabel = "HEX",
      description = "Expect this SHA-256 instead of the published file's.")
  private String sha256;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name to use it by (default: as it is published, with -int8 for int8).")
  private String name;

  @Mixin private EngineOption engine;

  @Mixin private PrecisionOption precision;

  @Mixin private LabelsOption labels;

  @Option(names = "--replace", description = "Replace a model of this name.")
  private boolean replace;

  @Option(names = "--json", description = "Print the description as JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final Console console;

  ModelFetchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    PublishedWeights weights = weights();
    String called = name == null ? precision.nameOf(weights.name()) : name;
    WeightInstall.requireName(called, spec.commandLine());
    ModelHome home = ModelHome.fromEnvironment();
    ModelDescription installed =
        isMobileNet() ? mobileNet(weights, called, home) : vgg19(weights, called, home);
    WeightInstall.report(console, installed, json);
    return Seesong.DONE;
  }

  private boolean isMobileNet() {
    return model.equals(PublishedWeights.MOBILENET_V2);
  }

  private ModelDescription vgg19(PublishedWeights weights, String called, ModelHome home)
      throws IOException, InterruptedException {
    List<String> classNames = labels.withoutBackground();
    engine.require(precision, spec);
    try (PrecisionOption.Pictures pictures = precision.pictures(home)) {
      WeightInstall install =
          new WeightInstall(
              console,
              new Vgg19.Target(
                  home, called, engine.engine(), classNames, replace, pictures.calibration()));
      install.requireFree();
      Path file = download(weights, home, ".h5");
      ModelDescription installed;
      try (WeightSource source = Vgg19.keras(file, classNames.size())) {
        installed = install.run(source);
      }
      Files.delete(file); // the model holds every weight of it that counts
      return installed;
    }
  }

  private ModelDescription mobileNet(PublishedWeights weights, String called, ModelHome home)
      throws IOException, InterruptedException {
    for (String option : List.of("--engine", "--labels")) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new ParameterException(spec.commandLine(), option + " is for vgg19");
      }
    }
    WeightInstall.requireFree(home, called, replace);
    try (PrecisionOption.Pictures pictures = precision.pictures(home)) {
      Path file = download(weights, home, ".onnx");
      ImportRequest request = OnnxFile.open(file).request(called);
      ModelDescription installed =
          OnnxImport.install(
              home,
              new OnnxImport.Source(
                  file,
                  replace ? request.replacing() : request,
                  Optional.empty(),
                  pictures.calibration()));
      Files.delete(file);
      return installed;
    }
  }

  private Path download(PublishedWeights weights, ModelHome home, String ending)
      throws IOException, InterruptedException {
    // Begins with a dot, so the home takes it for no model; another file has another name.
    Path folder = Files.createDirectories(home.folder().resolve(".downloads"));
    Path file = folder.resolve(weights.name() + "-" + weights.sha256().substring(0, 12) + ending);
    try (ProgressMeter meter = ProgressMeter.ofBytes(console, "fetching " + weights.name())) {
      long total = weights.bytes().orElse(-1);
      Download.fetch(weights, file, done -> meter.update(done, total));
    }
    return file;
  }

  private PublishedWeights weights() {
    try {
      PublishedWeights weights = isMobileNet() ? mobileNet() : vgg19();
      weights = sha256 == null ? weights : weights.withSha256(sha256);
      return url == null ? weights : weights.from(url);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private PublishedWeights mobileNet() {
    if (url == null) {
      throw new ParameterException(
          spec.commandLine(),
          "mobilenet_v2 is among the files of Seesong's releases; say where those are:"
              + " --url https://.../mobilenet_v2.onnx");
    }
    return PublishedWeights.mobileNetV2(url);
  }

  private PublishedWeights vgg19() {
    if (!model.equals(PublishedWeights.VGG19.name())) {
      throw new ParameterException(
          spec.commandLine(),
          "nothing is published as '"
              + model
              + "' that we know of; there are: vgg19, "
              + PublishedWeights.MOBILENET_V2);
    }
    return PublishedWeights.VGG19;
  }
}
