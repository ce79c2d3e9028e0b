package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
    HttpResponse<byte[]> answer = CurlCommand.run(command, server.uri(), folder);
    if (answer.uri().getPath().equals("/api/search")) {
      assertThat(JSON.readTree(answer.body()).get("songs")).isNotEmpty();
    }
    return answer;
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
