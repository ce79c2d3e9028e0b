package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.image.HostileFiles;
import org.seesong.image.PictureFiles;
import org.seesong.testing.Trials;
import org.slf4j.LoggerFactory;

/**
 * Damaged and hostile pictures through the command line and the server, both with a heap of 256 MB:
 * a build leaves out what it cannot read and the server refuses it, and both go on.
 */
class HostileImagesTest {
  private static final Pattern ADDRESS = Pattern.compile("seesong serves .* at (http://\\S+/)");
  private static final int GOOD = 6;

  @TempDir Path folder;

  private Process start(Path log, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            "org.seesong.app.Seesong"));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ProcessBuilder(command).redirectError(log.toFile()).start();
  }

  private static byte[] good(int number) {
    return PictureFiles.write(PictureFiles.scene(90, 60, number), "png");
  }

  /** Writes a catalogue of some good pictures and many others. Returns its build's log. */
  private String build(int files) throws Exception {
    Files.writeString(
        folder.resolve("songs.jsonl"),
        """
        {"id":"1","title":"The sea","lyrics":"the sea the sea"}
        {"id":"2","title":"At sea","lyrics":"sea and sky"}
        """);
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    StringBuilder table = new StringBuilder("path,keywords\n");
    for (int i = 0; i < GOOD; i++) {
      Files.write(pictures.resolve("good" + i), good(i));
      table.append("pictures/good").append(i).append(i % 2 == 0 ? ",sea\n" : ",sky\n");
    }
    HostileFiles hostile = new HostileFiles(Trials.seed(), List.of());
    for (int i = 0; i < files; i++) {
      Files.write(pictures.resolve("file" + i), hostile.next().bytes());
      table.append("pictures/file").append(i).append(",sea\n");
    }
    Files.writeString(folder.resolve("pictures.csv"), table);
    Path log = folder.resolve("build.log");
    Process process =
        start(
            log,
            "build",
            "--songs",
            folder.resolve("songs.jsonl"),
            "--pictures",
            folder.resolve("pictures.csv"),
            "--segmenter",
            "unicode",
            "--encoder",
            "descriptor",
            "--max-left-out",
            "1",
            "--out",
            folder.resolve("index"));
    try {
      process.getInputStream().readAllBytes();
      assertThat(process.waitFor()).as(Files.readString(log)).isEqualTo(3);
      return Files.readString(log);
    } finally {
      process.destroyForcibly();
    }
  }

  private static HttpResponse<String> ask(HttpClient client, URI server, byte[] picture)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/api/search?fill=true"))
            .header("Content-Type", "image/jpeg")
            .timeout(Duration.ofSeconds(60))
            .POST(BodyPublishers.ofByteArray(picture))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static JsonNode songs(String answer) throws IOException {
    JsonNode songs = new ObjectMapper().readTree(answer).get("songs");
    assertThat(songs).isNotEmpty();
    return songs;
  }

  private void serve(int files) throws Exception {
    Path log = folder.resolve("serve.log");
    Process process = start(log, "serve", folder.resolve("index"), "--port", 0);
    try {
      BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
      Matcher matcher = ADDRESS.matcher(String.valueOf(lines.readLine()));
      assertThat(matcher.matches()).as(Files.readString(log)).isTrue();
      URI server = URI.create(matcher.group(1));
      HttpClient client = HttpClient.newHttpClient();
      String before = ask(client, server, good(1)).body();
      Map<Integer, Integer> statuses = new TreeMap<>();
      long worst = 0;
      HostileFiles hostile = new HostileFiles(Trials.seed() + 1, List.of());
      for (int i = 0; i < files; i++) {
        HostileFiles.Hostile file = hostile.next();
        long start = System.nanoTime();
        HttpResponse<String> answer = ask(client, server, file.bytes());
        worst = Math.max(worst, System.nanoTime() - start);
        assertThat(answer.statusCode())
            .as("file %d, %s: %s", i, file.name(), answer.body())
            .isIn(200, 400, 413, 415, 422);
        statuses.merge(answer.statusCode(), 1, Integer::sum);
      }
      LoggerFactory.getLogger(HostileImagesTest.class)
          .warn("{} files: {}; slowest {} ms", files, statuses, worst / 1_000_000);
      assertThat(songs(ask(client, server, good(1)).body())).isEqualTo(songs(before));
      assertThat(Files.readString(log)).doesNotContain("OutOfMemoryError", "\tat ");
    } finally {
      process.destroyForcibly();
    }
  }

  private void buildAndServe(int files) throws Exception {
    String log = build(files);
    LoggerFactory.getLogger(HostileImagesTest.class).warn(log.substring(log.length() - 400));
    assertThat(log).doesNotContain("OutOfMemoryError", "\tat ");
    serve(files);
  }

  @Test
  void aBuildAndAServerGoOn() throws Exception {
    buildAndServe(Trials.count(200));
  }

  @Test
  @Tag("slow")
  void alsoThroughMany() throws Exception {
    buildAndServe(Trials.count(10_000));
  }
}
