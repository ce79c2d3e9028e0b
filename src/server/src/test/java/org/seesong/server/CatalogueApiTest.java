package org.seesong.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.index.PictureDocument;
import org.seesong.index.SongDocument;
import org.seesong.index.TestCatalogue;
import org.seesong.index.Thumbnail;
import org.seesong.server.TestClient.Answer;

class CatalogueApiTest {
  private static final String ODD_ID = "fólder/雪 1+2%?#.jpg";

  @TempDir static Path folder;
  private static SeesongServer server;
  private static TestClient client;

  @BeforeAll
  static void start() throws IOException {
    TestCatalogue some = TestFolder.CATALOGUE;
    List<PictureDocument> pictures = new ArrayList<>(some.pictures());
    PictureDocument first = pictures.get(0);
    pictures.set(0, renamed(first, ODD_ID, first.thumbnail()));
    pictures.set(1, renamed(pictures.get(1), "p1", Thumbnail.none()));
    new TestCatalogue(pictures, some.songs(), some.identity()).write(folder.resolve("index"));
    server = TestFolder.serve(folder, TestFolder.OPTIONS);
    client = new TestClient(server.uri());
  }

  private static PictureDocument renamed(PictureDocument picture, String id, Thumbnail thumbnail) {
    return new PictureDocument(
        id,
        picture.path(),
        picture.keywords(),
        picture.labels(),
        picture.imageEmbedding(),
        picture.graphEmbedding(),
        thumbnail);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static String escaped(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Test
  void infoTellsWhatThereIs() throws Exception {
    JsonNode info = client.get("/api/info").json();
    assertThat(info.get("version").asText()).isEqualTo("9.9");
    assertThat(info.get("songs").asInt()).isEqualTo(90);
    assertThat(info.get("pictures").asInt()).isEqualTo(60);
    assertThat(info.get("keywords").asInt()).isEqualTo(6);
    assertThat(info.get("encoder").asText()).isEqualTo("descriptor-1");
    assertThat(info.get("encodes").asBoolean()).isTrue();
    assertThat(info.get("words").asBoolean()).isFalse();
    assertThat(info.get("votes").asBoolean()).isFalse();
    assertThat(info.get("maxUploadBytes").asInt()).isEqualTo(20_000_000);
  }

  @Test
  void fieldsAreCountedAsTheCatalogueHasThem() throws Exception {
    List<SongDocument> songs = TestFolder.CATALOGUE.songs();
    JsonNode fields = client.get("/api/info").json().get("fields");
    assertThat(fields.findValuesAsText("field"))
        .containsExactly("language", "artist", "genre", "year", "popularity");
    for (JsonNode value : fields.get(0).get("values")) {
      long expected =
          songs.stream()
              .filter(song -> song.details().language().equals(value.get("value").asText()))
              .count();
      assertThat(value.get("songs").asLong()).isEqualTo(expected);
    }
    assertThat(fields.get(0).get("values").findValuesAsText("value"))
        .containsExactlyInAnyOrder("zh", "en");
    // A list of values is offered by its parts.
    assertThat(fields.get(2).get("values").findValuesAsText("value"))
        .containsExactly("rock", "pop");
    assertThat(fields.get(2).get("values").get(0).get("songs").asInt()).isEqualTo(90);
    assertThat(fields.get(3).get("min").asInt())
        .isEqualTo(
            songs.stream().mapToInt(s -> s.details().year()).filter(y -> y > 0).min().getAsInt());
    assertThat(fields.get(3).get("max").asInt())
        .isEqualTo(songs.stream().mapToInt(s -> s.details().year()).max().getAsInt());
  }

  @Test
  void keywordsHaveTheirCounts() throws Exception {
    JsonNode keywords = client.get("/api/keywords").json().get("keywords");
    assertThat(keywords).hasSize(6);
    JsonNode snow = keywords.get(keywords.findValuesAsText("keyword").indexOf("雪"));
    long songs =
        TestFolder.CATALOGUE.songs().stream()
            .filter(song -> song.keywords().stream().anyMatch(k -> k.keyword().equals("雪")))
            .count();
    assertThat(snow.get("songs").asLong()).isEqualTo(songs);
  }

  @Test
  void samplesShowDifferentKeywordsAndStayTheSame() throws Exception {
    Answer answer = client.get("/api/pictures?sample=3");
    List<String> ids = answer.json().get("pictures").findValuesAsText("id");
    assertThat(new TreeSet<>(ids)).hasSizeBetween(1, 3).hasSameSizeAs(ids);
    assertThat(client.get("/api/pictures?sample=3").body()).isEqualTo(answer.body());
    assertThat(client.get("/api/pictures?sample=0").message())
        .isEqualTo("sample must be 1 to 24; got: '0'");
    assertThat(client.get("/api/pictures?samples=3").message())
        .isEqualTo(
            "the query of the address has an unknown field 'samples'; near ones: sample; known:"
                + " sample");
  }

  @Test
  void picturesAreFoundByIdsOfAnyLetters() throws Exception {
    Answer odd = client.get("/api/pictures/" + escaped(ODD_ID));
    assertThat(odd.status()).isEqualTo(200);
    assertThat(odd.json().get("id").asText()).isEqualTo(ODD_ID);
    assertThat(odd.json().get("path").asText()).isEqualTo("photos/0.jpg");
    assertThat(odd.json().get("keywords"))
        .hasSameSizeAs(TestFolder.CATALOGUE.pictures().get(0).keywords());
    Answer unknown = client.get("/api/pictures/p999");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.code()).isEqualTo("picture-unknown");
    assertThat(unknown.message()).isEqualTo("the index has no picture 'p999'");
    assertThat(client.get("/api/pictures/%ff").code()).isEqualTo("request-invalid");
  }

  @Test
  void thumbnailsComeOnceAndAreThenConfirmed() throws Exception {
    Answer first = client.get("/api/pictures/" + escaped(ODD_ID) + "/thumbnail");
    assertThat(first.header("Content-Type")).isEqualTo("image/jpeg");
    assertThat(first.body()).containsExactly(1, 0);
    assertThat(first.header("Cache-Control")).isEqualTo("private, max-age=600");
    String tag = first.header("ETag");
    Answer again =
        client.get(
            "/api/pictures/" + escaped(ODD_ID) + "/thumbnail",
            Map.of("If-None-Match", "\"other\", W/" + tag));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.header("ETag")).isEqualTo(tag);
    assertThat(client.get("/api/pictures/p2/thumbnail").header("ETag")).isNotEqualTo(tag);
    Answer none = client.get("/api/pictures/p1/thumbnail");
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.code()).isEqualTo("thumbnail-none");
    assertThat(client.get("/api/pictures/p999/thumbnail").code()).isEqualTo("picture-unknown");
  }

  @Test
  void songsAreToldWhole() throws Exception {
    for (SongDocument song : TestFolder.CATALOGUE.songs().subList(0, 20)) {
      JsonNode json = client.get("/api/songs/" + song.id()).json();
      assertThat(json.get("title").asText()).isEqualTo(song.details().title());
      assertThat(json.get("artist").asText()).isEqualTo(song.details().artist());
      assertThat(json.get("language").asText()).isEqualTo(song.details().language());
      assertThat(json.get("year").isNull()).isEqualTo(song.details().year() == 0);
      assertThat(json.get("year").asInt()).isEqualTo(song.details().year());
      assertThat(json.get("popularity").isNull())
          .isEqualTo(Double.isNaN(song.details().popularity()));
      assertThat(json.get("attributes").get("genre").asText())
          .isEqualTo(song.details().attributes().get("genre"));
      assertThat(json.get("firstLines").get(0).asText()).isEqualTo(song.firstLines().get(0));
      assertThat(json.get("keywords")).hasSameSizeAs(song.keywords());
    }
    assertThat(client.get("/api/songs/s999").code()).isEqualTo("song-unknown");
    assertThat(client.get("/api/songs/s1?fields=title").message())
        .isEqualTo("this address takes no parameters; got: fields");
  }
}
