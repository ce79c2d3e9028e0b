package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.seesong.app.Seesong;

/**
 * A command line run in this JVM.
 *
 * @param code exit code
 * @param data what it wrote to standard output
 * @param log what it wrote to standard error
 */
record CommandRun(int code, String data, String log) {
  /**
   * Runs a command; models are looked for in the folder that {@link #home} was given last. A build
   * that names no encoder gets the built-in one.
   */
  static CommandRun of(Object... all) {
    List<Object> arguments = new ArrayList<>(List.of(all));
    if (arguments.contains("build") && !arguments.contains("--encoder")) {
      arguments.addAll(List.of("--encoder", "descriptor"));
    }
    return run(arguments);
  }

  private static CommandRun run(List<Object> arguments) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    int code =
        Seesong.run(
            arguments.stream().map(Object::toString).toArray(String[]::new),
            new PrintStream(data, true, StandardCharsets.UTF_8),
            new PrintStream(log, true, StandardCharsets.UTF_8));
    return new CommandRun(
        code, data.toString(StandardCharsets.UTF_8), log.toString(StandardCharsets.UTF_8));
  }

  /** Options that suit small catalogues. */
  private static final Map<String, Object> SUITABLE =
      Map.of(
          "--segmenter", "unicode",
          "--text-encoder", "none",
          "--samples", "50k",
          "--dim", 8,
          "--threads", 1);

  /** A build with options that suit small catalogues, unless they are given. */
  static CommandRun build(Object songs, Object pictures, Path out, Object... more) {
    List<Object> arguments = new ArrayList<>();
    arguments.addAll(List.of("build", "--songs", songs, "--pictures", pictures, "--out", out));
    arguments.addAll(List.of(more));
    SUITABLE.forEach(
        (name, value) -> {
          if (!arguments.contains(name)) {
            arguments.addAll(List.of(name, value));
          }
        });
    return of(arguments.toArray());
  }

  /** Sets the folder that stands for SEESONG_HOME from now on. */
  static void home(Path folder) {
    System.setProperty("seesong.home", folder.toString());
  }

  CommandRun ends(int expected) {
    assertThat(code).as("exit code; log: %s", log).isEqualTo(expected);
    return this;
  }

  /** Asserts that it failed with this message, whole, and printed no data. */
  void fails(int expected, String message) {
    ends(expected);
    assertThat(messages()).isEqualTo(message);
    assertThat(data).isEmpty();
  }

  /** The log without a build's lines of progress. */
  String messages() {
    return String.join(
        "\n",
        log.lines().filter(line -> !line.endsWith(" ...") && !line.matches(".* CPU\\)")).toList());
  }

  /** The data, a JSON value a line. */
  List<JsonNode> json() {
    ObjectMapper mapper = new ObjectMapper();
    return data.lines()
        .map(
            line -> {
              try {
                return mapper.readTree(line);
              } catch (IOException e) {
                throw new AssertionError("not JSON: " + line, e);
              }
            })
        .toList();
  }

  /** The names of an object's fields in their order. */
  static List<String> keys(JsonNode object) {
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }
}
