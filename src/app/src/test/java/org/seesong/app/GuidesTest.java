package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.app.demo.DemoCatalogue;

/**
 * Runs every command in the bash blocks of two guides as it stands there, one after the other, by
 * the songs and pictures of the demo.
 */
class GuidesTest {
  private static final List<String> GUIDES =
      List.of("src/docs/first-catalogue.md", "src/docs/operating.md");
  private static final Pattern BLOCK = Pattern.compile("^```bash\n(.*?)^```", flags());
  private static final Pattern ADDRESS = Pattern.compile("seesong serves .* at (http://\\S+/)");
  private static final List<String> FIELDS =
      List.of("id", "title", "artist", "language", "year", "mood", "lyrics");

  private static final List<String> COMMANDS =
      List.of(
          "build",
          "add",
          "remove",
          "search",
          "serve",
          "push",
          "evaluate",
          "index snapshot",
          "model fetch");
  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]+");
  private static final Pattern METRIC = Pattern.compile("seesong_[a-z_]+");

  /** Options that name what is made. */
  private static final Set<String> OUTPUTS = Set.of("--out", "--to", "--votes");

  @TempDir static Path folder;
  private static Thread serving;
  private static URI server;

  private static int flags() {
    return Pattern.DOTALL | Pattern.MULTILINE;
  }

  @BeforeAll
  static void writeWhatTheReaderHas() throws IOException {
    Path demo = folder.resolve("demo");
    DemoCatalogue catalogue = DemoCatalogue.writeTo(demo);
    List<String> rows = new ArrayList<>();
    ObjectMapper json = new ObjectMapper();
    for (String line : Files.readAllLines(catalogue.songs())) {
      rows.add(row(json.readTree(line)));
    }
    String header = String.join(",", FIELDS) + "\n";
    Files.writeString(folder.resolve("songs.csv"), header + String.join("", rows));
    Files.writeString(
        folder.resolve("new-songs.csv"), header + rows.get(0).replace("demo-", "new-"));
    Files.writeString(folder.resolve("gone.txt"), "demo-003\n");
    Files.move(demo.resolve("pictures"), folder.resolve("photos"));
    Files.copy(demo.resolve("queries/flower.jpg"), folder.resolve("photo.jpg"));
    Path added = Files.createDirectories(folder.resolve("new-photos/snow"));
    Files.copy(demo.resolve("queries/snow.jpg"), added.resolve("IMG_2.jpg"));
  }

  private static String row(JsonNode song) {
    List<String> values = new ArrayList<>();
    for (String field : FIELDS) {
      values.add('"' + song.path(field).asText().replace("\"", "\"\"") + '"');
    }
    return String.join(",", values) + "\n";
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (serving != null) {
      serving.interrupt();
      serving.join();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyCommandDoesWhatTheGuideSays() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String guide : GUIDES) {
      List<String> commands =
          BLOCK.matcher(text(guide)).results().flatMap(block -> block.group(1).lines()).toList();
      assertThat(commands).hasSizeGreaterThan(12);
      commands.forEach(line -> tests.add(DynamicTest.dynamicTest(line, () -> run(line))));
    }
    return tests.stream();
  }

  private static String text(String guide) throws IOException {
    Path root = Path.of(System.getProperty("seesong.root", "../.."));
    return Files.readString(root.resolve(guide));
  }

  /** Options stand in sentences and tables, too. */
  @Test
  void everyOptionIsThere() throws IOException {
    StringBuilder help = new StringBuilder();
    for (String command : COMMANDS) {
      ByteArrayOutputStream data = new ByteArrayOutputStream();
      PrintStream out = new PrintStream(data, true, StandardCharsets.UTF_8);
      List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
      arguments.add("--help");
      assertThat(Seesong.run(arguments.toArray(String[]::new), out, out)).as(command).isZero();
      help.append(data.toString(StandardCharsets.UTF_8));
    }
    Set<String> known = found(OPTION, help.toString());
    for (String guide : GUIDES) {
      String ours = text(guide).replaceAll("(?m)^curl .*", "");
      assertThat(found(OPTION, ours)).hasSizeGreaterThan(8).isSubsetOf(known);
    }
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  private static void run(String command) throws Exception {
    if (command.startsWith("seesong serve ")) {
      serve(command);
    } else if (command.startsWith("seesong ")) {
      seesong(command);
    } else if (command.startsWith("curl ")) {
      HttpResponse<byte[]> answer = CurlCommand.run(command, server, folder);
      assertThat(answer.body()).isNotEmpty();
      if (command.endsWith("/metrics")) {
        Set<String> there = found(METRIC, new String(answer.body(), StandardCharsets.UTF_8));
        assertThat(found(METRIC, text(GUIDES.get(1)))).hasSizeGreaterThan(5).isSubsetOf(there);
      }
    } else {
      shell(command);
    }
    if (server != null) {
      CurlCommand.run("curl http://127.0.0.1:8901/api/info", server, folder);
    }
  }

  private static List<String> arguments(String command) {
    List<String> arguments = new ArrayList<>();
    String before = "";
    for (String word : CurlCommand.words(command).subList(1, CurlCommand.words(command).size())) {
      boolean isFile = OUTPUTS.contains(before) || Files.exists(folder.resolve(word));
      arguments.add(isFile ? folder.resolve(word).toString() : word);
      before = word;
    }
    return arguments;
  }

  private static void seesong(String command) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    int code =
        Seesong.run(
            arguments(command).toArray(String[]::new),
            new PrintStream(data, true, StandardCharsets.UTF_8),
            new PrintStream(messages, true, StandardCharsets.UTF_8));
    String said = messages.toString(StandardCharsets.UTF_8);
    if (command.startsWith("seesong doctor")) {
      assertThat(code).as(said).isIn(0, 1); // as the machine is
    } else {
      assertThat(code).as(said).isZero();
    }
    assertThat(data.toString(StandardCharsets.UTF_8)).as(said).isNotBlank();
  }

  /** As it stands there, but for the port, until the next one. */
  private static void serve(String command) throws InterruptedException {
    stop();
    List<String> arguments = arguments(command);
    int port = arguments.indexOf("--port");
    if (port < 0) {
      arguments.addAll(List.of("--port", "0"));
    } else {
      arguments.set(port + 1, "0");
    }
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(data, true, StandardCharsets.UTF_8);
    serving = new Thread(() -> Seesong.run(arguments.toArray(String[]::new), out, out), "serve");
    serving.start();
    Optional<String> address = Optional.empty();
    while (serving.isAlive() && address.isEmpty()) {
      Thread.sleep(50);
      Matcher matcher = ADDRESS.matcher(data.toString(StandardCharsets.UTF_8));
      address = matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
    assertThat(address).as(data.toString(StandardCharsets.UTF_8)).isPresent();
    server = URI.create(address.orElseThrow());
  }

  private static void shell(String command) throws Exception {
    Process process =
        new ProcessBuilder("bash", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    byte[] said = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).as(new String(said, StandardCharsets.UTF_8)).isZero();
  }
}
