package org.seesong.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seesong.query.SongFinder;
import org.seesong.query.SongHit;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopQuery;
import org.seesong.server.TestClient.Answer;

/** Boosts of keywords, and the charset of JSON. */
class BoostApiTest {
  @TempDir static Path folder;
  private static SeesongServer server;
  private static SongFinder finder;
  private static TestClient client;

  @BeforeAll
  static void start() throws Exception {
    TestFolder.CATALOGUE.write(folder.resolve("index"));
    server = TestFolder.serve(folder, TestFolder.OPTIONS);
    finder = SongFinder.open(folder);
    client = new TestClient(server.uri());
  }

  @AfterAll
  static void stop() throws Exception {
    finder.close();
    server.close();
  }

  private static List<String> songs(TwoHopQuery query, TwoHopOptions options) throws Exception {
    return finder.find(query, options).songs().stream().map(SongHit::id).toList();
  }

  @Test
  void keywordsAreBoostedInAnySpelling() throws Exception {
    TwoHopOptions options = TwoHopOptions.builder().boosts("风:2", "雪:-0.5").build();
    TwoHopQuery song = new TwoHopQuery.Song("s1");
    assertThat(client.search("{\"song\":\"s1\",\"boosts\":[\"風:2\",\"雪:-0.5\"]}").songs())
        .isEqualTo(songs(song, options))
        .isNotEqualTo(songs(song, TwoHopOptions.DEFAULT));
  }

  @Test
  void anAddressRepeatsThem() throws Exception {
    byte[] picture = TestFolder.png(9, 9, 99);
    assertThat(client.raw("?boosts=%E9%A3%8E:2&boosts=%E9%9B%AA:-0.5", picture).songs())
        .isNotEmpty()
        .isNotEqualTo(client.raw("", picture).songs());
  }

  @Test
  void oneThatNothingCarriesIsNoted() throws Exception {
    Answer answer = client.search("{\"keyword\":\"雪\",\"boosts\":[\"风风\"]}");
    assertThat(answer.json().get("notes").get(0).asText())
        .startsWith("no picture and no song of the index carries the keyword '风风'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[\"風:1\",\"风:2\"]|query-invalid|keyword '风' is boosted twice; give it one weight",
        "[\"风:0\"]|query-invalid|boost of keyword '风' must be -10.0 to 10.0, not 0; got: 0.0",
        "[{\"风\":1}]|request-invalid|boosts in the request must be a list of texts; got: {\"风\":1}"
      })
  void othersAreRefused(String boosts, String code, String message) throws Exception {
    Answer answer = client.search("{\"keyword\":\"雪\",\"boosts\":" + boosts + "}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.message()).isEqualTo(message);
  }

  private static Answer inCharset(String charset) throws Exception {
    byte[] body = "{\"keyword\":\"雪\"}".getBytes(StandardCharsets.UTF_8);
    String type = "application/json; charset=" + charset;
    return client.send("POST", "/api/search", type, body, Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"utf-16", "\"ISO-8859-1\""})
  void jsonOfAnotherCharsetIsRefused(String charset) throws Exception {
    Answer answer = inCharset(charset);
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.code()).isEqualTo("type-unsupported");
    assertThat(answer.message()).startsWith("JSON must be in UTF-8; got: charset ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"UTF-8\"", "utf-8", "US-ASCII"})
  void jsonInUtf8IsRead(String charset) throws Exception {
    assertThat(inCharset(charset).status()).isEqualTo(200);
  }
}
