package org.seesong.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.testing.SharedData;

/** Runs commands in this JVM against a model home of their own. */
abstract class ModelHomeTestCase {
  private static final String HOME = "seesong.home";

  @TempDir Path temp;
  private String before;

  /**
   * What a command did.
   *
   * @param code the exit code
   * @param data standard output
   * @param log standard error
   */
  record Outcome(int code, String data, String log) {}

  @BeforeEach
  void useHome() {
    before = System.getProperty(HOME);
    System.setProperty(HOME, temp.resolve("home").toString());
  }

  @AfterEach
  void restoreHome() {
    if (before == null) {
      System.clearProperty(HOME);
    } else {
      System.setProperty(HOME, before);
    }
  }

  Path models() {
    return temp.resolve("home/models");
  }

  /** Folders of models, whole or half. */
  List<String> modelNames() throws IOException {
    if (!Files.isDirectory(models())) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(models())) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> !name.equals(".downloads"))
          .sorted()
          .toList();
    }
  }

  static Outcome run(String... arguments) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    int code =
        Seesong.run(
            arguments,
            new PrintStream(data, true, StandardCharsets.UTF_8),
            new PrintStream(log, true, StandardCharsets.UTF_8));
    return new Outcome(
        code, data.toString(StandardCharsets.UTF_8), log.toString(StandardCharsets.UTF_8));
  }

  /** A real network under any name. */
  void importMobilenet(String name) {
    Path mobilenet = SharedData.require("models/mobilenet_v2_savedmodel");
    Outcome outcome =
        run(
            "model",
            "import",
            "--saved-model",
            mobilenet.toString(),
            "--trust",
            "--name",
            name,
            "--output",
            "embedding",
            "--scale",
            "(p-128)/128");
    if (outcome.code() != 0) {
      throw new IllegalStateException(outcome.log());
    }
  }

  /** Says of a model that its weights are random. */
  void markUntrained(String name) throws IOException {
    Path json = models().resolve(name).resolve("model.json");
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode model = (ObjectNode) mapper.readTree(json.toFile());
    // As a version wrote it that did not add a digest.
    model.put("formatVersion", 4).put("trained", false).remove("sha256");
    mapper.writeValue(json.toFile(), model);
  }
}
