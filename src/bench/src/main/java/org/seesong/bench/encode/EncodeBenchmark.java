package org.seesong.bench.encode;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.seesong.app.EncoderChoice;
import org.seesong.app.ProcessMemory;
import org.seesong.bench.encode.ClassNeighbours.PictureClass;
import org.seesong.bench.output.Output;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelDescription;
import org.seesong.encoder.ModelHome;
import org.seesong.encoder.Precision;
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
      "  src/bench/run encode --encoder mobilenet_v2 --precision float32,int8 --pictures photos \\",
      "      --compare 2000",
      "  src/bench/run encode --encoder mobilenet_v2,mobilenet_v2-int8 --pictures photos --classes"
          + " 3000",
      "",
      "Reading and resizing the pictures is not counted. firstVectorMillis is from the JVM's",
      "start to the first vector; cpuMillisPerPicture is of the whole process. Several precisions"
          + " take",
      "turns, NAME and NAME-int8, so that what else the machine does meets all; memory is then that"
          + " of",
      "all. To compare engines there is org.seesong.bench.onnx.EncodeComparison."
    })
public final class EncodeBenchmark implements Callable<Integer> {
  private static final int MOST_PICTURES = 64;

  @Option(
      names = "--encoder",
      paramLabel = "NAME,...",
      split = ",",
      defaultValue = EncoderChoice.AUTO,
      description = "Encoders to measure, see 'seesong model list' (default: ${DEFAULT-VALUE}).")
  private List<String> encoders;

  @Option(
      names = "--precision",
      paramLabel = "NUMBERS,...",
      split = ",",
      defaultValue = "float32",
      description = "float32 is the encoder itself, int8 is NAME-int8 (default: ${DEFAULT-VALUE}).")
  private List<Precision> precisions;

  @Option(
      names = "--compare",
      paramLabel = "N",
      defaultValue = "0",
      description = {
        "Compare the vectors of the first two encoders or precisions on N pictures, evenly of all:"
            + " their cosine, and how many of the five nearest are the same (default:"
            + " ${DEFAULT-VALUE})."
      })
  private int compared;

  @Option(
      names = "--classes",
      paramLabel = "N",
      defaultValue = "0",
      description = {
        "Instead, tell of N pictures, evenly of all, how often the nearest other one lies in the"
            + " same folder, and how that differs from the first encoder (default:"
            + " ${DEFAULT-VALUE})."
      })
  private int classes;

  @Option(
      names = "--run",
      paramLabel = "N",
      defaultValue = "0",
      description = {
        "Instead, read and encode N files of --pictures, over and over if there are fewer, and tell"
            + " memory and CPU time every thousand (default: ${DEFAULT-VALUE})."
      })
  private int run;

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
    List<Measured> all = new ArrayList<>();
    try {
      long begin = System.currentTimeMillis();
      long start = begin - ManagementFactory.getRuntimeMXBean().getStartTime();
      for (String called : names(home)) {
        long opened = System.currentTimeMillis();
        ImageEncoder open = home.open(called, threads);
        List<RgbImage> noise = List.of(EncodeCost.noise(open.inputSize(), 1));
        open.encode(noise);
        double first = start + System.currentTimeMillis() - opened;
        all.add(new Measured(open, home.find(called), first));
      }
      if (classes > 0) {
        classes(all.stream().map(Measured::encoder).toList());
        return 0;
      }
      if (run > 0) {
        run(all.get(0).encoder());
        return 0;
      }
      measure(all);
      if (compared > 0 && all.size() > 1) {
        compare(all.get(0).encoder(), all.get(1).encoder());
      }
    } finally {
      all.forEach(one -> one.encoder().close());
    }
    return 0;
  }

  private List<String> names(ModelHome home) throws IOException {
    List<String> names = new ArrayList<>();
    for (String encoder : encoders) {
      String name = encoder.equals(EncoderChoice.AUTO) ? EncoderChoice.best(home) : encoder;
      for (Precision precision : precisions) {
        names.add(precision == Precision.INT8 ? name + "-" + precision.id() : name);
      }
    }
    return names;
  }

  /** An encoder that is measured. */
  private record Measured(ImageEncoder encoder, Optional<ModelDescription> model, double first) {}

  private void measure(List<Measured> all) throws IOException {
    List<RgbImage> some = pictures(all.get(0).encoder().inputSize(), MOST_PICTURES, false);
    for (int batch : batches) {
      EncodeCost.forgetPeak();
      List<EncodeCost.Meter> meters =
          all.stream().map(one -> new EncodeCost.Meter(one.encoder(), some, batch)).toList();
      meters.forEach(EncodeCost.Meter::round);
      meters.forEach(EncodeCost.Meter::reset);
      do {
        meters.forEach(EncodeCost.Meter::round);
      } while (meters.get(0).wallNanos() < seconds * 1_000_000_000L);
      for (int i = 0; i < all.size(); i++) {
        Measured one = all.get(i);
        String engine = one.model().map(found -> found.engine().id()).orElse("java");
        int used = one.model().isPresent() ? threads() : 1;
        print(meters.get(i).cost(engine, one.encoder().id(), used, one.first()));
      }
    }
  }

  /** What a build does with pictures, without the rest of it. */
  private void run(ImageEncoder open) throws IOException {
    ImageDecoder decoder = new ImageDecoder();
    List<Path> files = files();
    int side = open.inputSize();
    List<RgbImage> waiting = new ArrayList<>();
    long begin = System.nanoTime();
    long cpu = EncodeCost.cpuNanos();
    for (int i = 0; i < run; i++) {
      try {
        RgbImage image = decoder.decode(files.get(i % files.size()), ImageSize.square(side));
        waiting.add(image.resizedTo(side, side));
      } catch (ImageException e) {
        output.log("left out: " + e.getMessage());
      }
      if (waiting.size() == open.preferredBatch() || i == run - 1) {
        open.encode(waiting);
        waiting.clear();
      }
      if ((i + 1) % 1000 == 0 || i == run - 1) {
        output.data(
            String.format(
                Locale.ROOT,
                "%,d pictures: %,d MB that is no file now, %,d MB peak; %.1f CPU-ms and %.1f ms a"
                    + " picture",
                i + 1,
                ProcessMemory.anonymousBytes().orElse(0) >> 20,
                ProcessMemory.peakBytes().orElse(0) >> 20,
                (EncodeCost.cpuNanos() - cpu) / 1e6 / (i + 1),
                (System.nanoTime() - begin) / 1e6 / (i + 1)));
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> tree = Files.walk(pictures)) {
      List<Path> files = tree.filter(Files::isRegularFile).sorted().toList();
      if (files.isEmpty()) {
        throw new IOException(pictures + " holds no picture that can be read");
      }
      return files;
    }
  }

  private void compare(ImageEncoder first, ImageEncoder second) throws IOException {
    EncodeAgreement agreement =
        EncodeAgreement.of(first, second, pictures(first.inputSize(), compared, true));
    if (json) {
      output.json(agreement.toMap());
      return;
    }
    output.data(
        String.format(
            Locale.ROOT,
            "%s against %s, %d pictures: cosine mean %.4f, 1st percentile %.4f; of the five nearest"
                + " %.3f among the other's five, %.3f among ten",
            second.id(),
            first.id(),
            agreement.pictures(),
            agreement.meanCosine(),
            agreement.firstPercentile(),
            agreement.fiveInFive(),
            agreement.fiveInTen()));
  }

  private void classes(List<ImageEncoder> all) throws IOException {
    List<PictureClass> shown = new ArrayList<>();
    List<RgbImage> images = new ArrayList<>();
    pictures(
        all.get(0).inputSize(),
        classes,
        true,
        (file, image) -> {
          Path folder = file.toAbsolutePath().getParent();
          shown.add(
              new PictureClass(
                  String.valueOf(folder.getParent().getFileName()),
                  String.valueOf(folder.getFileName())));
          images.add(image);
        });
    double[][] first = null;
    for (ImageEncoder encoder : all) {
      float[][] vectors = PictureVectors.of(encoder, images);
      PictureVectors.centre(vectors);
      double[][] right = ClassNeighbours.right(vectors, shown);
      first = first == null ? right : first;
      print(encoder.id(), ClassNeighbours.of(right, shown, first));
    }
  }

  private void print(String id, ClassNeighbours found) {
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("model", id);
      line.putAll(found.toMap());
      output.json(line);
      return;
    }
    StringJoiner sets = new StringJoiner(", ");
    found
        .bySet()
        .forEach((set, share) -> sets.add(set + String.format(Locale.ROOT, " %.3f", share)));
    output.data(
        String.format(
            Locale.ROOT,
            "%s, %d pictures: nearest of the same class %.3f (%+.3f +-%.3f to the first), of the"
                + " five nearest %.3f; %s",
            id,
            found.pictures(),
            found.nearest(),
            found.gain(),
            found.gainInterval(),
            found.ofFive(),
            sets));
  }

  private void check() {
    for (int batch : batches) {
      require("--batch", batch, 1, 1024);
    }
    require("--threads", threads, 0, 1024);
    require("--seconds", seconds, 1, 3600);
    require("--compare", compared, 0, 100_000);
    require("--classes", classes, 0, 100_000);
    require("--run", run, 0, 10_000_000);
    if (run > 0 && pictures == null) {
      throw new ParameterException(spec.commandLine(), "--run needs --pictures DIR");
    }
    if (classes > 0 && pictures == null) {
      throw new ParameterException(spec.commandLine(), "--classes needs --pictures DIR");
    }
    if (compared > 0 && (pictures == null || encoders.size() * precisions.size() < 2)) {
      throw new ParameterException(
          spec.commandLine(), "--compare needs --pictures DIR and --precision float32,int8");
    }
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

  /** Pictures of a side, the first ones or evenly of all. */
  private List<RgbImage> pictures(int side, int most, boolean evenly) throws IOException {
    if (pictures == null) {
      return IntStream.range(0, 8).mapToObj(seed -> EncodeCost.noise(side, seed)).toList();
    }
    List<RgbImage> some = new ArrayList<>();
    pictures(side, most, evenly, (file, image) -> some.add(image));
    return some;
  }

  private void pictures(int side, int most, boolean evenly, BiConsumer<Path, RgbImage> sink)
      throws IOException {
    ImageDecoder decoder = new ImageDecoder();
    List<Path> files = files();
    int taken = Math.min(most, files.size());
    int some = 0;
    for (int i = 0; i < files.size() && some < taken; i++) {
      if (evenly && (long) i * taken / files.size() < some) {
        continue;
      }
      try {
        RgbImage image = decoder.decode(files.get(i), ImageSize.square(side));
        sink.accept(files.get(i), image.resizedTo(side, side));
        some++;
      } catch (ImageException e) {
        output.log("left out: " + e.getMessage());
      }
    }
    if (some == 0) {
      throw new IOException(pictures + " holds no picture that can be read");
    }
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
