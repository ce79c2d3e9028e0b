package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Help is data and ends well; wrong usage is told in the log and ends with its own code. */
class HelpAndUsageTest {
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return Seesong.run(
        arguments,
        new PrintStream(data, true, StandardCharsets.UTF_8),
        new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  private String data() {
    return data.toString(StandardCharsets.UTF_8);
  }

  private String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  static Stream<Arguments> commands() {
    return Stream.of(
        Arguments.of("", "build"),
        Arguments.of("build", "--songs"),
        Arguments.of("add", "--wait"),
        Arguments.of("remove", "--ids"),
        Arguments.of("index", "snapshot"),
        Arguments.of("index snapshot", "--to"),
        Arguments.of("index compact", "--wait"),
        Arguments.of("search", "--songs-per-picture"),
        Arguments.of("encode", "--encoder"),
        Arguments.of("info", "--json"),
        Arguments.of("evaluate", "--split"),
        Arguments.of("vote", "--voter"),
        Arguments.of("model", "verify"),
        Arguments.of("model import", "--saved-model"),
        Arguments.of("model list", "--json"),
        Arguments.of("model verify", "NAME"),
        Arguments.of("push", "--two-collections"),
        Arguments.of("model remove", "NAME"),
        Arguments.of("doctor", "--port"),
        Arguments.of("completion", "zsh"),
        Arguments.of("man", "man1"),
        Arguments.of("demo", "--photos"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHelps(String command, String expected) {
    String[] arguments = (command + " --help").strip().split(" ");
    assertThat(run(arguments)).isEqualTo(Seesong.DONE);
    String name = ("seesong " + command).strip();
    assertThat(data()).startsWith("Usage: " + name).contains(expected);
    assertThat(data().lines()).allMatch(line -> line.length() <= 160);
    assertThat(log()).isEmpty();
  }

  /** All commands and those of commands, by their names on the command line. */
  private static Stream<String> names(CommandSpec command, String prefix) {
    return command.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(each -> !each.name().equals("help"))
        .flatMap(
            each -> {
              String name = prefix + each.name();
              return Stream.concat(Stream.of(name), names(each, name + " "));
            });
  }

  static List<String> everyCommand() {
    Console console = new Console(System.out, System.err);
    CommandLine all = new CommandLine(Seesong.class, new CommandFactory(console));
    return names(all.getCommandSpec(), "").toList();
  }

  @ParameterizedTest
  @MethodSource("everyCommand")
  void everyCommandTeachesByAnExampleOfItself(String command) {
    assertThat(run((command + " --help").split(" "))).isEqualTo(Seesong.DONE);
    assertThat(data().lines().dropWhile(line -> !line.matches("Examples?:")))
        .as("lines of examples in the help of %s", command)
        .anyMatch(line -> line.contains("seesong " + command));
  }

  @Test
  void theManualPageTellsAllCommandsAndOptions() {
    assertThat(run("man")).isEqualTo(Seesong.DONE);
    String page = data();
    assertThat(page).startsWith(".TH \"SEESONG\" \"1\"\n").doesNotContain("${", "%n");
    for (String command : everyCommand()) {
      assertThat(page).contains("\n.SS \"seesong " + command.replace("-", "\\-") + "\"\n");
    }
    assertThat(page)
        .contains(
            """
            .B "\\-\\-songs\\-per\\-picture=N"
            Find this many songs for each picture, in place of \\-\\-songs.
            """,
            """
            .B "\\-\\-json"
            """,
            """
              seesong search my\\-index photo.jpg
            """);
    // No line but macros begins as one.
    assertThat(page.lines().filter(line -> line.startsWith(".") || line.startsWith("'")))
        .allMatch(line -> line.matches("\\.(TH|SH|SS|TP|PP|B|EX|EE)( \".*\")*"));
  }

  @Test
  void theLineOfJavaIsTakenBackWhereTheLauncherSaysSo() {
    PrintStream stream = new PrintStream(log, true, StandardCharsets.UTF_8);
    Seesong.takeBackNotice(stream);
    assertThat(log()).isEmpty();
    System.setProperty("seesong.takeback", "1");
    try {
      Seesong.takeBackNotice(stream);
    } finally {
      System.clearProperty("seesong.takeback");
    }
    assertThat(log()).isEqualTo("\u001b[A\u001b[2K");
  }

  @Test
  void theHelpNamesTheNetworksThatAutoPrefers() {
    assertThat(run("build", "--help")).isZero();
    assertThat(data().replaceAll("\\s+", " "))
        .contains("(of several the first of vgg19, vgg19-int8, mobilenet_v2,");
  }

  @Test
  void theVersionIsData() {
    assertThat(run("--version")).isEqualTo(Seesong.DONE);
    assertThat(data()).startsWith("seesong ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "sing; seesong: Unmatched argument at index 0: 'sing'; seesong",
        "search; seesong: Missing required parameter: 'DIR'; seesong search",
        "search a b --songs many; seesong: Invalid value for option '--songs': 'many' is not an"
            + " int; seesong search",
        "build --songs a --out b; seesong: Missing required option: '--pictures=FILE|DIR'; seesong"
            + " build",
        "build --songs a --pictures b --out c --samples 1.5; seesong: Invalid value for option"
            + " '--samples': '1.5' is not a whole number of at least 1, such as 500000, 500k or"
            + " 10M; seesong build",
        "build --songs a --pictures b --out c --dim 8 --dim 0; seesong: option '--dim' should be"
            + " specified only once; seesong build",
        "index; seesong: name a command: snapshot or compact; seesong index",
        "encode; seesong: Missing required parameter: 'PICTURE'; seesong encode",
        "model; seesong: model: say import, fetch, random, list, verify or remove; seesong model",
        "model import --name x; seesong: Error: Missing required argument (specify one of"
            + " these): (--saved-model=DIR | --keras=FILE | --safetensors=FILE | --onnx=FILE);"
            + " seesong model import",
      })
  void wrongUsageIsToldWithWhereToLook(String line, String message, String command) {
    assertThat(run(line.split(" "))).isEqualTo(Seesong.USAGE);
    assertThat(log().lines().findFirst()).contains(message);
    assertThat(log()).endsWith("Try '" + command + " --help'.\n");
    assertThat(data()).isEmpty();
  }

  @Test
  void benchmarksAreElsewhere() {
    assertThat(run("bench", "search", "--json")).isEqualTo(Seesong.USAGE);
    assertThat(log())
        .isEqualTo("seesong: benchmarks are not part of the program; src/bench/run runs them\n");
    assertThat(run("--help")).isEqualTo(Seesong.DONE);
    assertThat(data()).doesNotContain("bench");
  }

  @Test
  void aLikelyNameIsSuggested() {
    assertThat(run("serch")).isEqualTo(Seesong.USAGE);
    assertThat(log()).contains("Did you mean: seesong search");
  }

  @Test
  void nothingAtAllShowsWhatThereIs() {
    assertThat(run()).isEqualTo(Seesong.USAGE);
    assertThat(log()).startsWith("Usage: seesong").contains("build", "search", "demo");
    assertThat(data()).isEmpty();
  }

  @Test
  void aStackTraceIsShownWhenAskedFor() {
    assertThat(run("search", "gone-index", "gone.jpg")).isEqualTo(Seesong.FAILED);
    assertThat(log().lines()).hasSize(1);
    log.reset();
    assertThat(run("search", "gone-index", "gone.jpg", "--stacktrace")).isEqualTo(Seesong.FAILED);
    assertThat(log()).contains("    at org.seesong.");
  }
}
