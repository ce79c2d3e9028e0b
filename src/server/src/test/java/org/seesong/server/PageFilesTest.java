package org.seesong.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seesong.server.TestClient.Answer;

/** How the page's files are sent. */
class PageFilesTest {
  @TempDir static Path folder;
  private static SeesongServer server;
  private static TestClient client;

  @BeforeAll
  static void start() throws Exception {
    TestFolder.CATALOGUE.write(folder.resolve("index"));
    server =
        TestFolder.serve(
            folder.resolve("index"), ServerOptions.DEFAULT.toBuilder().port(0).build());
    client = new TestClient(server.uri());
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate, GZIP;q=0.5, br", "br,gzip ; q=1.0"})
  void filesAreZippedForThoseWhoTakeThat(String accepted) throws Exception {
    byte[] plain = client.get("/style.css").body();
    Answer zipped = client.get("/style.css", Map.of("Accept-Encoding", accepted));
    assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(zipped.header("Vary")).isEqualTo("Accept-Encoding");
    assertThat(zipped.body()).hasSizeLessThan(plain.length / 2);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes())
        .isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip;q=0", "gzip;q=0.0, br", "xgzip", "*;q=0"})
  void othersGetThemAsTheyAre(String accepted) throws Exception {
    Answer answer = client.get("/style.css", Map.of("Accept-Encoding", accepted));
    assertThat(answer.header("Content-Encoding")).isEmpty();
    assertThat(answer.header("Vary")).isEqualTo("Accept-Encoding");
    assertThat(answer.body()).isEqualTo(client.get("/style.css").body());
  }

  @Test
  void bothFormsHaveATagOfTheirOwn() throws Exception {
    String plain = client.get("/style.css").header("ETag");
    Map<String, String> zip = Map.of("Accept-Encoding", "gzip");
    String zipped = client.get("/style.css", zip).header("ETag");
    assertThat(zipped).isNotEqualTo(plain).isNotEmpty();
    assertThat(
            client
                .get("/style.css", Map.of("Accept-Encoding", "gzip", "If-None-Match", zipped))
                .status())
        .isEqualTo(304);
    assertThat(
            client
                .get("/style.css", Map.of("Accept-Encoding", "gzip", "If-None-Match", plain))
                .status())
        .isEqualTo(200);
  }
}
