package org.seesong.bench.encode;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.seesong.app.EncoderChoice;
import org.seesong.bench.output.Output;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelDescription;
import org.seesong.encoder.ModelHome;
import org.seesong.image.ImageDecoder;
import org.seesong.image.ImageException;
import org.seesong.image.ImageSize;
import org.seesong.image.RgbImage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures what encoding costs on this machine. */
@Command(
    name = "encode",
    description = "Measures time and memory of encoding pictures.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  seesong model random vgg19",
      "  src/bench/run encode --encoder vgg19-random --batch 1,8 --json",
      "",
      "Reading and resizing the pictures is not counted. firstVectorMillis is from the JVM's",
      "start to the first vector; cpuMillisPerPicture is of the whole process. To compare engines",
      "with the same weights there is org.seesong.bench.onnx.EncodeComparison."
    })
public final class EncodeBenchmark implements Callable<Integer> {
  private static final int MOST_PICTURES = 64;

  @Option(
      names = "--encoder",
      paramLabel = "NAME",
      defaultValue = EncoderChoice.AUTO,
      description = "Encoder to measure, see 'seesong model list' (default: ${DEFAULT-VALUE}).")
  private String encoder;

  @Option(
      names = "--batch",
      paramLabel = "N,...",
      split = ",",
      defaultValue = "1,8",
      description = "Pictures in a call, one line each (default: ${DEFAULT-VALUE}).")
  private List<Integer> batches;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Threads the engine computes with (default: one a processor).")
  private int threads;

  @Option(
      names = "--pictures",
      paramLabel = "DIR",
      description = "Pictures to encode, the first " + MOST_PICTURES + " (default: noise).")
  private Path pictures;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How long each batch size is measured (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(names = "--json", description = "Print an object a line.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final Output output;

  /**
   * The command.
   *
   * @param output where figures go
   */
  public EncodeBenchmark(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws Exception {
    check();
    ModelHome home = ModelHome.fromEnvironment();
    String name = encoder.equals(EncoderChoice.AUTO) ? EncoderChoice.best(home) : encoder;
    Optional<ModelDescription> model = home.find(name);
    try (ImageEncoder open = home.open(name, threads)) {
      List<RgbImage> some = pictures(open.inputSize());
      open.encode(some.subList(0, 1));
      long start = ManagementFactory.getRuntimeMXBean().getStartTime();
      double first = System.currentTimeMillis() - start;
      String engine = model.map(found -> found.engine().id()).orElse("java");
      int used = model.isPresent() ? threads() : 1;
      for (int batch : batches) {
        EncodeCost.forgetPeak();
        EncodeCost.Meter meter = new EncodeCost.Meter(open, some, batch);
        meter.round();
        meter.reset();
        do {
          meter.round();
        } while (meter.wallNanos() < seconds * 1_000_000_000L);
        print(meter.cost(engine, open.id(), used, first));
      }
    }
    return 0;
  }

  private void check() {
    for (int batch : batches) {
      require("--batch", batch, 1, 1024);
    }
    require("--threads", threads, 0, 1024);
    require("--seconds", seconds, 1, 3600);
  }

  private void require(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(),
          option + " must be within " + least + " to " + most + "; got: " + value);
    }
  }

  private int threads() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }

  private List<RgbImage> pictures(int side) throws IOException {
    List<RgbImage> some = new ArrayList<>();
    if (pictures == null) {
      return IntStream.range(0, 8).mapToObj(seed -> EncodeCost.noise(side, seed)).toList();
    }
    ImageDecoder decoder = new ImageDecoder();
    List<Path> files;
    try (Stream<Path> tree = Files.walk(pictures)) {
      files = tree.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      if (some.size() == MOST_PICTURES) {
        break;
      }
      try {
        some.add(decoder.decode(file, ImageSize.square(side)));
      } catch (ImageException e) {
        output.log("left out: " + e.getMessage());
      }
    }
    if (some.isEmpty()) {
      throw new IOException(pictures + " holds no picture that can be read");
    }
    return some;
  }

  private void print(EncodeCost cost) {
    if (json) {
      output.json(cost.toMap());
      return;
    }
    output.data(
        String.format(
            Locale.ROOT,
            "%s, %s, batch %d, %d threads: %.1f CPU-ms and %.1f ms a picture; first vector after"
                + " %.0f ms; peak memory %,d MB",
            cost.engine(),
            cost.model(),
            cost.batch(),
            cost.threads(),
            cost.cpuMillisPerPicture(),
            cost.wallMillisPerPicture(),
            cost.firstVectorMillis(),
            cost.peakRssBytes().orElse(0) >> 20));
  }
}
