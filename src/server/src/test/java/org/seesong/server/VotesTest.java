package org.seesong.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.server.TestClient.Answer;

class VotesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Path file;
  private ServerOptions options;

  @BeforeEach
  void write() throws IOException {
    TestFolder.CATALOGUE.write(folder.resolve("index"));
    file = folder.resolve("votes.jsonl");
    options = TestFolder.OPTIONS.toBuilder().votes(file).build();
  }

  @Test
  void votesAreAppendedALineEach() throws Exception {
    Files.writeString(file, "{\"song\":\"s0\"}\n{\"song\":\"cut of");
    Instant before = Instant.now();
    try (SeesongServer server = TestFolder.serve(folder, options)) {
      TestClient client = new TestClient(server.uri());
      assertThat(client.get("/api/info").json().get("votes").asBoolean()).isTrue();
      Answer kept =
          client.post(
              "/api/votes", "{\"song\":\"s3\",\"vote\":-1,\"query\":{\"words\":\"a\\n雪\"}}");
      assertThat(kept.status()).isEqualTo(204);
      client.post("/api/votes", "{\"song\":\"s4\",\"vote\":1,\"query\":{}}");
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(4).startsWith("{\"song\":\"s0\"}", "{\"song\":\"cut of");
    JsonNode vote = JSON.readTree(lines.get(2));
    assertThat(vote.get("song").asText()).isEqualTo("s3");
    assertThat(vote.get("vote").asInt()).isEqualTo(-1);
    assertThat(vote.get("query").get("words").asText()).isEqualTo("a\n雪");
    assertThat(Duration.between(before, Instant.parse(vote.get("time").asText())))
        .isLessThan(Duration.ofMinutes(1));
    assertThat(JSON.readTree(lines.get(3)).get("vote").asInt()).isEqualTo(1);
  }

  @Test
  void votesThatSayNothingAreRefused() throws Exception {
    try (SeesongServer server = TestFolder.serve(folder, options)) {
      TestClient client = new TestClient(server.uri());
      assertThat(client.post("/api/votes", "{\"song\":\"s3\",\"vote\":2,\"query\":{}}").message())
          .isEqualTo("vote must be 1 (fits), -1 (does not fit) or 0 (taken back)");
      assertThat(client.post("/api/votes", "{\"vote\":1,\"query\":{}}").message())
          .isEqualTo("the vote needs the id of a song, 'song'");
      assertThat(client.post("/api/votes", "{\"song\":\"s3\",\"vote\":1,\"query\":7}").message())
          .isEqualTo("query must be the object that was asked with");
      assertThat(client.post("/api/votes", "{\"song\":\"x\",\"vote\":1,\"query\":{}}").code())
          .isEqualTo("song-unknown");
      assertThat(client.post("/api/votes", "{\"sogn\":\"s1\"}").code()).isEqualTo("field-unknown");
      Answer large = client.post("/api/votes", "{\"song\":\"" + "x".repeat(20_000));
      assertThat(large.status()).isEqualTo(413);
      assertThat(large.message())
          .isEqualTo("the request is larger than 16384 bytes; this is the most for JSON here");
      assertThat(client.send("POST", "/api/votes", "text/plain", new byte[3], Map.of()).status())
          .isEqualTo(415);
    }
    assertThat(file).isEmptyFile();
  }

  @Test
  void withoutAFileThereAreNoVotes() throws Exception {
    try (SeesongServer server = TestFolder.serve(folder, TestFolder.OPTIONS)) {
      Answer refused =
          new TestClient(server.uri())
              .post("/api/votes", "{\"song\":\"s3\",\"vote\":1,\"query\":{}}");
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.message())
          .isEqualTo("this server takes no votes; start it with --votes FILE");
    }
  }

  @Test
  void twoServersShareAFolderButNoFileOfVotes() throws Exception {
    try (SeesongServer one = TestFolder.serve(folder, options)) {
      assertThatThrownBy(() -> TestFolder.serve(folder, options))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(
              "another server writes votes to "
                  + file
                  + " (process "
                  + ProcessHandle.current().pid()
                  + " on ")
          .hasMessageEndingWith("); give this one a file of its own");
      ServerOptions own = options.toBuilder().votes(folder.resolve("others.jsonl")).build();
      try (SeesongServer two = TestFolder.serve(folder, own)) {
        List<String> songs = new TestClient(one.uri()).search("{\"keyword\":\"雪\"}").songs();
        assertThat(songs).isNotEmpty();
        assertThat(new TestClient(two.uri()).search("{\"keyword\":\"雪\"}").songs())
            .isEqualTo(songs);
      }
    }
    TestFolder.serve(folder, options).close();
  }

  @Test
  void aFileThatCannotBeWrittenIsToldAtTheStart() {
    ServerOptions nowhere =
        TestFolder.OPTIONS.toBuilder().votes(folder.resolve("no/such/file")).build();
    assertThatThrownBy(() -> TestFolder.serve(folder, nowhere))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no/such/file");
  }
}
