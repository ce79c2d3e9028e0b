package org.seesong.app;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.Locale;
import org.seesong.encoder.ImportRequest;
import org.seesong.encoder.ModelDescription;
import org.seesong.encoder.ModelHome;
import org.seesong.model.Vgg19;
import org.seesong.model.WeightSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The end that importing, fetching and making up weights have in common. */
final class WeightInstall {
  private final Console console;
  private final Vgg19.Target target;

  WeightInstall(Console console, Vgg19.Target target) {
    this.console = console;
    this.target = target;
  }

  /** Fails for a name that no model may have. */
  static void requireName(String name, CommandLine line) {
    try {
      ImportRequest.of(name, "p");
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, e.getMessage(), e);
    }
  }

  /** Fails at once where the name is taken, rather than after an hour's download. */
  void requireFree() throws IOException {
    requireFree(target.home(), target.name(), target.replace());
  }

  /** Fails where a name is taken. */
  static void requireFree(ModelHome home, String name, boolean replace) throws IOException {
    if (!replace && Files.exists(home.folder().resolve(name))) {
      throw new FileAlreadyExistsException(
          "model '" + name + "' in " + home.folder(),
          null,
          "exists already; choose another --name, or say --replace");
    }
  }

  ModelDescription run(WeightSource weights) throws IOException, InterruptedException {
    long total = weights.network().weightBytes();
    try (ProgressMeter meter = ProgressMeter.ofBytes(console, "converting weights")) {
      return Vgg19.install(weights, target, done -> meter.update(done, total));
    }
  }

  /** Tells what is there now. */
  static void report(Console console, ModelDescription model, boolean json) {
    if (json) {
      console.json(ModelCommand.describe(model));
    } else {
      console.data(
          String.format(
              Locale.ROOT,
              "imported %s: encoder %s, %d numbers a picture; use it with --encoder %s:unit",
              model.name(),
              model.encoderId(),
              model.dimension(),
              model.name()));
    }
    UntrainedNotice.show(console, model.encoderId());
  }
}
