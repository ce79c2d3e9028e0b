package org.seesong.app;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.seesong.app.demo.DemoCatalogue;
import org.seesong.encoder.ModelHome;
import org.seesong.encoder.Precision;
import org.seesong.model.onnx.Calibration;
import org.seesong.model.onnx.RangeMethod;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The numbers a network computes with, and what int8 needs to be told. */
final class PrecisionOption {
  @Option(
      names = "--precision",
      paramLabel = "NUMBERS",
      defaultValue = "float32",
      description = {
        "float32, or int8: about a quarter of the processor time and memory, and nearly the same"
            + " vectors, in a space of their own (default: ${DEFAULT-VALUE})."
      })
  private Precision precision;

  @Option(
      names = "--calibrate",
      paramLabel = "DIR",
      description = {
        "For int8: at least "
            + Calibration.LEAST
            + " pictures like those to be encoded; the ranges of the network's activations come"
            + " from up to "
            + Calibration.MOST
            + " of them (default: the demo's)."
      })
  private Path folder;

  @Option(
      names = "--range-method",
      paramLabel = "METHOD",
      defaultValue = "PERCENTILE",
      description = {
        "For int8: how ranges are chosen, min_max, percentile (without the rarest 1 in 10,000) or"
            + " entropy (default: percentile)."
      })
  private RangeMethod method;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** What calibration needs; deletes what it wrote when closed. */
  record Pictures(Optional<Calibration> calibration, Optional<Path> written) implements Closeable {
    @Override
    public void close() throws IOException {
      if (written.isPresent()) {
        try (Stream<Path> tree = Files.walk(written.get())) {
          for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
          }
        }
      }
    }
  }

  boolean isInt8() {
    return precision == Precision.INT8;
  }

  /** A name with the numbers behind it, unless they are float32. */
  String nameOf(String network) {
    return isInt8() ? network + "-" + precision.id() : network;
  }

  /** Finds the pictures; closing the result comes after the import. */
  Pictures pictures(ModelHome home) throws IOException {
    if (!isInt8()) {
      for (String option : List.of("--calibrate", "--range-method")) {
        if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
          throw new ParameterException(
              spec.commandLine(), option + " is for int8; say --precision int8 as well");
        }
      }
      return new Pictures(Optional.empty(), Optional.empty());
    }
    if (folder != null) {
      return new Pictures(Optional.of(calibration(folder)), Optional.empty());
    }
    Files.createDirectories(home.folder());
    Path written = Files.createTempDirectory(home.folder(), ".calibration");
    Pictures none = new Pictures(Optional.empty(), Optional.of(written));
    try {
      Path root = DemoCatalogue.writeTo(written).pictureRoot();
      return new Pictures(Optional.of(calibration(root)), Optional.of(written));
    } catch (IOException | RuntimeException e) {
      none.close();
      throw e;
    }
  }

  private Calibration calibration(Path root) throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(root)) {
      files = tree.filter(Files::isRegularFile).sorted().toList();
    }
    try {
      return new Calibration(files, method);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), root + ": " + e.getMessage(), e);
    }
  }
}
