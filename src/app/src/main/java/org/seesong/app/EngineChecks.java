package org.seesong.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seesong.encoder.EncoderException;
import org.seesong.encoder.Engine;
import org.seesong.encoder.ModelDescription;
import org.seesong.encoder.ModelFile;
import org.seesong.encoder.ModelHome;
import org.seesong.encoder.TextModel;
import org.seesong.encoder.TextModelHome;

/** What the doctor looks at of engines and models. */
final class EngineChecks {
  private EngineChecks() {}

  static List<Finding> engines() {
    List<Finding> findings = new ArrayList<>();
    for (Engine engine : Engine.values()) {
      findings.add(engine(engine));
    }
    return findings;
  }

  /** Starts it, unless that would leave something on the disk that was not there before. */
  private static Finding engine(Engine engine) {
    if (!engine.isUnpacked()) {
      return Finding.ok(
          engine.id(), "not started yet on this machine; the first start unpacks 604 MB");
    }
    try {
      return Finding.ok(engine.id(), engine.start() + " starts");
    } catch (EncoderException e) {
      String[] parts = e.getMessage().split("; ", 2);
      return Finding.problem(
          engine.id(), parts[0], parts.length > 1 ? parts[1] : "see the user guide on encoders");
    }
  }

  /** All installed models by their checksums, and the text models. */
  static List<Finding> models(ModelHome home) {
    List<Finding> findings = new ArrayList<>();
    try {
      for (ModelDescription model : home.list()) {
        findings.add(model(home, model));
      }
      for (String damage : home.problems()) {
        findings.add(
            Finding.problem("model", damage, "seesong model remove NAME, then import it again"));
      }
    } catch (IOException e) {
      findings.add(
          Finding.problem(
              "model", Failures.message(e), "see that " + home.folder() + " can be read"));
    }
    if (findings.isEmpty()) {
      findings.add(
          Finding.warning(
              "model",
              "none installed, so pictures are told apart by colour and texture alone",
              "seesong model fetch vgg19, or seesong model import --help"));
    }
    for (TextModel text : TextModel.values()) {
      findings.add(
          text.isInstalled()
              ? Finding.ok("text model", text.id())
              : Finding.warning(
                  "text model",
                  text.id() + " is not on the class path",
                  "start by the launcher, or add the artifact that the guide names"));
    }
    findings.addAll(importedTexts());
    return findings;
  }

  private static List<Finding> importedTexts() {
    TextModelHome home = TextModelHome.fromEnvironment();
    List<Finding> findings = new ArrayList<>();
    try {
      for (String name : home.names()) {
        findings.add(importedText(home, name));
      }
    } catch (IOException e) {
      findings.add(
          Finding.problem(
              "text model", Failures.message(e), "see that " + home.folder() + " can be read"));
    }
    return findings;
  }

  private static Finding importedText(TextModelHome home, String name) {
    try {
      home.verify(name);
      return Finding.ok("text model", name + " in " + home.folder() + ", unchanged");
    } catch (IOException e) {
      return Finding.problem(
          "text model",
          Failures.message(e),
          "seesong model remove " + name + ", then import it again");
    }
  }

  private static Finding model(ModelHome home, ModelDescription model) {
    try {
      home.verify(model.name());
    } catch (IOException e) {
      return Finding.problem(
          "model",
          Failures.message(e),
          "seesong model remove " + model.name() + ", then import it again");
    }
    long bytes = model.files().stream().mapToLong(ModelFile::bytes).sum();
    String text =
        String.format(
            Locale.ROOT,
            "%s in %s, %,d MB, unchanged",
            model.name(),
            model.engine().id(),
            bytes / 1_000_000);
    return model.trained()
        ? Finding.ok("model", text)
        : Finding.warning(
            "model",
            text + ", but UNTRAINED: its vectors mean nothing",
            "it is for tests of load and speed; seesong model remove " + model.name());
  }
}
