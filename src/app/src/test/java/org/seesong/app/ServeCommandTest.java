package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.index.TestCatalogue;

@Timeout(120)
class ServeCommandTest {
  private static final Pattern ADDRESS = Pattern.compile("seesong serves .* at (http://\\S+/)");

  @TempDir static Path temporary;
  private static Path index;

  private record Outcome(int code, String data, String log) {}

  @BeforeAll
  static void writeIndex() throws IOException {
    index = temporary.toRealPath().resolve("index");
    TestCatalogue.random(new TestCatalogue.Size(60, 90, 5, 4, 50), 8).write(index);
  }

  /** A command that fails before it serves. */
  private static Outcome run(Object... arguments) {
    List<String> all = new ArrayList<>(List.of("serve"));
    for (Object argument : arguments) {
      all.add(argument.toString());
    }
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    int code =
        Seesong.run(
            all.toArray(String[]::new),
            new PrintStream(data, true, StandardCharsets.UTF_8),
            new PrintStream(log, true, StandardCharsets.UTF_8));
    return new Outcome(
        code, data.toString(StandardCharsets.UTF_8), log.toString(StandardCharsets.UTF_8));
  }

  private static Process start(Path log, Object... arguments) throws IOException {
    return new ProcessBuilder(command(List.of(), arguments)).redirectError(log.toFile()).start();
  }

  private static List<String> command(List<String> java, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java);
    command.addAll(
        List.of(
            "-Xmx300m",
            "-cp",
            System.getProperty("java.class.path"),
            "org.seesong.app.Seesong",
            "serve"));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return command;
  }

  private static URI address(Process process) throws IOException {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    Matcher matcher = ADDRESS.matcher(String.valueOf(lines.readLine()));
    assertThat(matcher.matches()).isTrue();
    return URI.create(matcher.group(1));
  }

  @Test
  void aSignalEndsItInOrder() throws Exception {
    Path log = temporary.resolve("serve.log");
    Process process = start(log, index, "--port", 0, "--log");
    try {
      URI server = address(process);
      assertThat(server.getHost()).isEqualTo("127.0.0.1");
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(server.resolve("/api/search"))
                      .header("Content-Type", "application/json")
                      .POST(BodyPublishers.ofString("{\"pictures\":[{\"id\":\"p7\"}]}"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"songs\":[{\"id\":");
      process.destroy(); // SIGTERM
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(Files.readString(log))
          .contains(
              "seesong: pictures from outside cannot be asked by: the encoder installed under the"
                  + " name 'descriptor' is 'descriptor-2' (912 dimensions), but the index was built"
                  + " with 'descriptor-1' (5 dimensions)")
          .containsPattern(
              "20[0-9-]+T[0-9:.]+\\S* INFO requests - [0-9a-z]+ POST /api/search 200 [0-9.]+ ms")
          .contains("seesong: stopping; requests in work are finished")
          .doesNotContain("Exception");
    } finally {
      process.destroyForcibly();
    }
  }

  /** As on a full disk, the file takes the first bytes of a vote and no more. */
  @Test
  void aVoteThatCannotBeWrittenLeavesNothingInItsFile() throws Exception {
    Path shell = Path.of("/bin/sh");
    assumeThat(shell).exists();
    String kept = ("{\"song\":\"s1\"}" + " ".repeat(1008) + "\n").repeat(20); // a line has 1,023
    Path votes = Files.writeString(temporary.resolve("votes.jsonl"), kept);
    Path log = temporary.resolve("votes.log");
    List<String> command = new ArrayList<>(List.of(shell.toString(), "-c"));
    command.add("ulimit -f 40 && exec \"$0\" \"$@\""); // 40 times 512 bytes
    command.addAll(command(List.of("-XX:-UsePerfData"), index, "--port", 0, "--votes", votes));
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(address(process).resolve("/api/votes"))
                      .header("Content-Type", "application/json")
                      .POST(BodyPublishers.ofString("{\"song\":\"s1\",\"vote\":1,\"query\":{}}"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(votes).hasContent(kept);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aPortInUseIsToldWithTheRemedy() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Outcome outcome = run(index, "--port", taken.getLocalPort());
      assertThat(outcome.code()).isEqualTo(Seesong.FAILED);
      assertThat(outcome.log())
          .contains(
              "seesong: cannot listen on 127.0.0.1, port "
                  + taken.getLocalPort()
                  + ": another program does, or this machine has no such address; name another"
                  + " with --port or --host\n");
      assertThat(outcome.data()).isEmpty();
    }
  }

  @Test
  void aMissingFolderIsToldWithTheRemedy() {
    Path missing = temporary.resolve("missing").toAbsolutePath();
    Outcome outcome = run(missing);
    assertThat(outcome.code()).isEqualTo(Seesong.FAILED);
    assertThat(outcome.log())
        .isEqualTo(
            "seesong: there is no index at " + missing + "; make one with 'seesong build'\n");
  }

  @Test
  void anIndexWithoutSongsIsToldWithTheRemedy() throws IOException {
    Path empty = temporary.toRealPath().resolve("empty");
    TestCatalogue.random(new TestCatalogue.Size(5, 0, 3, 4, 9), 1).write(empty);
    Outcome outcome = run(empty);
    assertThat(outcome.code()).isEqualTo(Seesong.FAILED);
    assertThat(outcome.log())
        .isEqualTo(
            "seesong: index "
                + empty
                + " has no songs, so no song can be found; build it again from a catalogue that"
                + " has\n");
  }

  @Test
  void wrongOptionsAreWrongUsage() throws IOException {
    assertThat(run(index, "--port", 70_000).log())
        .isEqualTo("seesong: port must be 0 to 65535; got: 70000\n");
    assertThat(run(index, "--port", 70_000).code()).isEqualTo(Seesong.USAGE);
    Path token = Files.writeString(temporary.resolve("token"), "short\n");
    Outcome outcome = run(index, "--token-file", token);
    assertThat(outcome.code()).isEqualTo(Seesong.USAGE);
    assertThat(outcome.log())
        .isEqualTo(
            "seesong: a token must have 16 or more printable ASCII characters without spaces; got"
                + " 5 characters\n");
    Files.write(token, new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 'b'});
    assertThat(run(index, "--token-file", token).log())
        .contains("a token must have 16 or more printable ASCII characters");
    Files.writeString(token, "x".repeat(5000));
    outcome = run(index, "--token-file", token);
    assertThat(outcome.code()).isEqualTo(Seesong.USAGE);
    assertThat(outcome.log())
        .isEqualTo(
            "seesong: --token-file "
                + token
                + " has more than 4096 bytes; name a file that holds the token and nothing else\n");
    assertThat(run(index, "--token-file", temporary).log())
        .isEqualTo(
            "seesong: --token-file "
                + temporary
                + " is a folder; name a file that holds the token\n");
    assertThat(run(index, "--cors", "*").log()).contains("an origin must read scheme://host");
    assertThat(run(index, "--max-megapixels", 0).log())
        .isEqualTo("seesong: --max-megapixels must be above 0 and at most 2000; got: 0.0\n");
    assertThat(run(index, "--token-file", temporary.resolve("none")).code())
        .isEqualTo(Seesong.FAILED);
  }
}
