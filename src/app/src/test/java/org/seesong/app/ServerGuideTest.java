package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.server.SeesongServer;
import org.seesong.server.ServerOptions;
import picocli.CommandLine.Option;

/** Runs the requests of the server's guide and of the README as they stand there. */
class ServerGuideTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BOUNDARY = "the-forms-boundary";

  /** Words of a shell: in single quotes or without spaces. */
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  @TempDir static Path folder;
  private static SeesongServer server;

  @BeforeAll
  static void serveTheDemo() throws IOException {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    int code = Seesong.run(new String[] {"demo", "--dir", folder.toString()}, nowhere, nowhere);
    assertThat(code).isZero();
    Path queries = folder.resolve("catalogue/queries");
    Files.copy(queries.resolve("snow.jpg"), folder.resolve("photo.jpg"));
    Files.copy(queries.resolve("sun.jpg"), folder.resolve("other.jpg"));
    server =
        SeesongServer.start(
            folder.resolve("index"),
            ServerOptions.DEFAULT.toBuilder().port(0).votes(folder.resolve("votes.jsonl")).build());
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private static List<String> commands(String file) throws IOException {
    Path root = Path.of(System.getProperty("seesong.root", "../.."));
    return Files.readAllLines(root.resolve(file)).stream()
        .filter(line -> line.startsWith("curl "))
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> everyExampleIsAnswered() throws IOException {
    List<String> all = new ArrayList<>(commands("src/docs/server.md"));
    assertThat(all).hasSizeGreaterThan(15);
    all.addAll(commands("README.md"));
    return all.stream().map(line -> DynamicTest.dynamicTest(line, () -> run(line)));
  }

  private static HttpResponse<byte[]> run(String command) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder();
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    String method = "GET";
    byte[] body = new byte[0];
    List<String> words = words(command);
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith("http://127.0.0.1:8901/")) {
        request.uri(URI.create(server.uri() + word.substring("http://127.0.0.1:8901/".length())));
        continue;
      }
      String value = words.get(++i);
      switch (word) {
        case "-H" -> request.header(value.split(": ", 2)[0], value.split(": ", 2)[1]);
        case "-d" -> body = value.getBytes(StandardCharsets.UTF_8);
        case "--data-binary" -> body = Files.readAllBytes(folder.resolve(value.substring(1)));
        case "-F" -> addPart(form, value);
        default -> throw new IllegalArgumentException("no option of the guide's: " + word);
      }
      method = word.equals("-H") ? method : "POST";
    }
    if (form.size() > 0) {
      form.write(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
      body = form.toByteArray();
      request.header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
    }
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient()
            .send(
                request.method(method, BodyPublishers.ofByteArray(body)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isIn(200, 204);
    if (answer.uri().getPath().equals("/api/search")) {
      assertThat(JSON.readTree(answer.body()).get("songs")).isNotEmpty();
    }
    return answer;
  }

  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command);
    while (matcher.find()) {
      words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }
    return words;
  }

  private static void addPart(ByteArrayOutputStream form, String value) throws IOException {
    String name = value.substring(0, value.indexOf('='));
    String content = value.substring(value.indexOf('=') + 1);
    boolean file = content.startsWith("@");
    form.write(
        ("--"
                + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\""
                + name
                + "\""
                + (file ? "; filename=\"" + content.substring(1) + "\"" : "")
                + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    form.write(
        file
            ? Files.readAllBytes(folder.resolve(content.substring(1)))
            : content.getBytes(StandardCharsets.UTF_8));
    form.write("\r\n".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theServersAnswerIsTheCommandLines() throws Exception {
    HttpResponse<byte[]> answer =
        run(
            "curl --data-binary @photo.jpg -H 'Content-Type: image/jpeg'"
                + " 'http://127.0.0.1:8901/api/search?songs=7&words=night'");
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    String[] arguments = {
      "search",
      folder.resolve("index").toString(),
      folder.resolve("photo.jpg").toString(),
      "--songs",
      "7",
      "--words",
      "night",
      "--json"
    };
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    PrintStream out = new PrintStream(data, true, StandardCharsets.UTF_8);
    assertThat(Seesong.run(arguments, out, nowhere)).isZero();
    JsonNode command = JSON.readTree(data.toByteArray());
    JsonNode served = JSON.readTree(answer.body());
    for (String field : List.of("confidence", "songs", "pictures", "spaces", "words")) {
      assertThat(served.get(field)).as(field).isEqualTo(command.get(field));
    }
  }

  @Test
  void theGuideNamesEveryErrorsCode() throws IOException {
    Path root = Path.of(System.getProperty("seesong.root", "../.."));
    String guide = Files.readString(root.resolve("src/docs/server.md"));
    Pattern code = Pattern.compile("ApiException\\(\\s*\\d{3},\\s*\"([a-z-]+)\"");
    Set<String> codes = new TreeSet<>();
    Path sources = root.resolve("src/server/src/main/java/org/seesong/server");
    try (Stream<Path> files = Files.list(sources)) {
      for (Path file : files.toList()) {
        code.matcher(Files.readString(file)).results().forEach(found -> codes.add(found.group(1)));
      }
    }
    assertThat(codes).hasSizeGreaterThan(15);
    assertThat(codes).allSatisfy(each -> assertThat(guide).contains("`" + each + "`"));
  }

  @Test
  void theGuideNamesEveryOption() throws IOException {
    Path root = Path.of(System.getProperty("seesong.root", "../.."));
    String guide = Files.readString(root.resolve("src/docs/server.md"));
    for (Field field : ServeCommand.class.getDeclaredFields()) {
      Option option = field.getAnnotation(Option.class);
      if (option != null) {
        assertThat(guide).contains("| `" + option.names()[0]);
      }
    }
  }
}
