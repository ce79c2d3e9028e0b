package org.seesong.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.encoder.TextEncoder;
import org.seesong.query.AnswerLayout;
import org.seesong.query.SearchMode;
import org.seesong.query.SongFinder;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopQuery;
import org.seesong.query.TwoHopQuery.Example;
import org.seesong.query.TwoHopResult;
import org.seesong.server.TestClient.Answer;
import org.seesong.vector.EncodedImage;
import org.seesong.vector.VectorSpace;

class SearchApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final VectorSpace TEXTS = new VectorSpace("test-texts-1", 4);

  @TempDir static Path folder;
  private static SeesongServer server;
  private static SongFinder finder;
  private static TestClient client;

  /** Two texts have two vectors. */
  private static final class Letters implements TextEncoder {
    @Override
    public String id() {
      return TEXTS.id();
    }

    @Override
    public int dimension() {
      return TEXTS.dimension();
    }

    @Override
    public float[][] encode(List<String> texts, Role role) {
      thread = Thread.currentThread().toString();
      return texts.stream().map(Letters::vector).toArray(float[][]::new);
    }

    private static volatile String thread;

    private static float[] vector(String text) {
      float[] vector = new float[4];
      text.chars().forEach(c -> vector[c % 4]++);
      float norm = (float) Math.sqrt(sum(vector));
      for (int i = 0; i < 4; i++) {
        vector[i] /= norm;
      }
      return vector;
    }

    private static double sum(float[] vector) {
      double sum = 0;
      for (float value : vector) {
        sum += value * value;
      }
      return sum;
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }

  @BeforeAll
  static void start() throws IOException {
    TestFolder.CATALOGUE.withTexts(TEXTS, 3).write(folder.resolve("index"));
    server = TestFolder.serve(folder, TestFolder.OPTIONS, new Letters());
    client = new TestClient(server.uri());
    finder =
        SongFinder.builder(folder)
            .encoder(new TestFolder.MeanColour("descriptor-1"))
            .textEncoder(new Letters())
            .open();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    finder.close();
  }

  private static EncodedImage colour(int red, int green, int blue) throws IOException {
    return finder.encode(TestFolder.png(red, green, blue), "a picture");
  }

  /** The library's answer is the server's, but for the time it took. */
  private static void assertSame(Answer answer, TwoHopQuery query, TwoHopOptions options)
      throws IOException {
    assertThat(answer.status())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    TwoHopResult result = finder.find(query, options);
    Map<String, Object> map = AnswerLayout.toMap(result, finder.read(index -> index.metadata()), 0);
    JsonNode expected = JSON.readTree(JSON.writeValueAsBytes(map));
    for (String field : List.of("confidence", "songs", "pictures", "spaces")) {
      assertThat(answer.json().get(field)).as(field).isEqualTo(expected.get(field));
    }
    assertThat(answer.json().get("asked").asInt()).isEqualTo(options.songs());
  }

  @Test
  void aRawPictureIsAnsweredAsTheLibraryDoes() throws Exception {
    TwoHopOptions options =
        TwoHopOptions.builder()
            .songs(4)
            .pictures(6)
            .filters("language=zh", "artist!=artist 1")
            .coverage(0.3)
            .build();
    Answer answer =
        client.raw(
            "?songs=4&nearestPictures=6&filters=language%3Dzh&filters=artist!%3Dartist+1&coverage=0.3",
            TestFolder.png(200, 30, 90));
    assertSame(answer, TwoHopQuery.of(colour(200, 30, 90)), options);
    assertThat(answer.json().get("uploads")).hasSize(1);
    assertThat(answer.json().get("timing").get("encodeMillis").asDouble()).isPositive();
    JsonNode song = answer.json().get("songs").get(0);
    assertThat(song.get("language").asText()).isEqualTo("zh");
    assertThat(song.get("firstLines").get(0).asText()).startsWith("第一行");
  }

  @Test
  void picturesOfAFormCountByTheirSigns() throws Exception {
    TwoHopQuery query =
        new TwoHopQuery.Pictures(
            List.of(
                new Example.Encoded(colour(0, 200, 90), 2),
                new Example.Encoded(colour(250, 0, 0), -0.5),
                new Example.Indexed("p7", 1)));
    Answer answer =
        client.form(
            "{\"pictures\":[{\"upload\":1,\"weight\":2},{\"upload\":0,\"weight\":-0.5},"
                + "{\"id\":\"p7\"}]}",
            TestFolder.png(250, 0, 0),
            TestFolder.png(0, 200, 90));
    assertSame(answer, query, TwoHopOptions.DEFAULT);
    assertThat(answer.json().get("uploads")).hasSize(2);
    Answer both = client.form("", TestFolder.png(250, 0, 0), TestFolder.png(0, 200, 90));
    TwoHopQuery equal =
        new TwoHopQuery.Pictures(
            List.of(
                new Example.Encoded(colour(250, 0, 0), 1),
                new Example.Encoded(colour(0, 200, 90), 1)));
    assertSame(both, equal, TwoHopOptions.DEFAULT);
  }

  @Test
  void aKeyAsksAgainWithoutThePicture() throws Exception {
    Answer first = client.raw("", TestFolder.png(120, 130, 9));
    String key = first.json().get("uploads").get(0).get("key").asText();
    Answer again = client.search("{\"pictures\":[{\"key\":\"" + key + "\"}]}");
    assertThat(again.json().get("songs")).isEqualTo(first.json().get("songs"));
    assertThat(again.json().get("uploads")).isEmpty();
    Answer gone = client.search("{\"pictures\":[{\"key\":\"" + "0".repeat(64) + "\"}]}");
    assertThat(gone.status()).isEqualTo(410);
    assertThat(gone.code()).isEqualTo("upload-gone");
    assertThat(gone.message())
        .isEqualTo(
            "the server no longer remembers the picture with key "
                + "0".repeat(64)
                + "; upload it again");
  }

  @Test
  void keywordsSongsAndPicturesOfTheIndexAreAnswered() throws Exception {
    assertSame(
        client.search("{\"keyword\":\"雪\",\"songs\":3}"),
        new TwoHopQuery.Keyword("雪"),
        TwoHopOptions.builder().songs(3).build());
    assertSame(
        client.search("{\"song\":\"s4\"}"), new TwoHopQuery.Song("s4"), TwoHopOptions.DEFAULT);
    assertSame(
        client.search("{\"pictures\":[{\"id\":\"p3\"}],\"preset\":\"paper\"}"),
        TwoHopQuery.ofPicture("p3"),
        TwoHopOptions.PAPER);
    assertSame(
        client.search(
            "{\"pictures\":[{\"id\":\"p3\"}],\"exclude\":[\"s1\",\"nobody\"],\"versions\":true,"
                + "\"fill\":true,\"exact\":true,\"maxPerArtist\":1,\"songsPerPicture\":2,"
                + "\"nearestPictures\":3,\"pictureFilters\":[\"keyword=雪\"]}"),
        TwoHopQuery.ofPicture("p3"),
        TwoHopOptions.builder()
            .excludedSongs(Set.of("s1", "nobody"))
            .versions(true)
            .fill(true)
            .mode(SearchMode.EXACT)
            .maxPerArtist(1)
            .pictures(3)
            .songsPerPicture(2)
            .pictureFilters("keyword=雪")
            .build());
  }

  @Test
  void wordsAreFoldedAndStandAloneOrBesidePictures() throws Exception {
    TwoHopQuery.Words words = finder.words("会飘雪", "酒");
    assertSame(
        client.search("{\"words\":\"會飄雪\",\"withoutWords\":\"酒\"}"), words, TwoHopOptions.DEFAULT);
    TwoHopQuery.Pictures beside =
        new TwoHopQuery.Pictures(List.of(new Example.Encoded(colour(9, 9, 99), 1)));
    Answer both = client.raw("?words=%E9%9B%AA&wordsWeight=0.25", TestFolder.png(9, 9, 99));
    assertSame(both, finder.words("雪", "").with(beside, 0.25), TwoHopOptions.DEFAULT);
    assertThat(both.json().get("words").asText()).isEqualTo("雪");
    assertThat(both.json().get("withoutWords").isNull()).isTrue();
  }

  @Test
  void threadsAreVirtualWhereThereAreSuch() throws Exception {
    client.search("{\"words\":\"a\"}");
    String expected =
        Runtime.version().feature() >= 21 ? "VirtualThread[#" : "Thread[seesong-http-";
    assertThat(Letters.thread).startsWith(expected);
  }

  @Test
  void keywordsMeetInAnyScript() throws Exception {
    assertThat(client.search("{\"keyword\":\"風\"}").songs())
        .isNotEmpty()
        .isEqualTo(client.search("{\"keyword\":\"风\"}").songs());
    assertThat(client.search("{\"keyword\":\"山\",\"filters\":[\"keyword=風\"]}").songs())
        .isEqualTo(client.search("{\"keyword\":\"山\",\"filters\":[\"keyword=风\"]}").songs());
  }

  @Test
  void filtersThatNothingMeetsAreNoted() throws Exception {
    Answer answer = client.search("{\"keyword\":\"雪\",\"filters\":[\"genre=rok\"]}");
    assertThat(answer.songs()).isEmpty();
    assertThat(answer.json().get("notes").get(0).asText())
        .isEqualTo("no song of the index meets genre=rok; near ones: rock");
  }

  private static void assertRefused(Answer answer, int status, String code, String message)
      throws IOException {
    assertThat(answer.message()).isEqualTo(message);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().get("error").get("request").asText())
        .isEqualTo(answer.header("X-Request-Id"))
        .isNotEmpty();
  }

  @Test
  void unknownFieldsAreNamedWithNearOnes() throws Exception {
    String known = String.join(", ", SearchRequest.FIELDS);
    assertRefused(
        client.search("{\"keywrod\":\"雪\"}"),
        400,
        "field-unknown",
        "the request has an unknown field 'keywrod'; near ones: keyword; known: " + known);
    assertRefused(
        client.search("{\"pictures\":[{\"id\":\"p1\"},{\"wieght\":2}]}"),
        400,
        "field-unknown",
        "pictures[1] has an unknown field 'wieght'; near ones: weight; known: upload, id, key,"
            + " weight");
    assertRefused(
        client.raw("?song=3&sonngs=4", TestFolder.png(1, 1, 1)),
        400,
        "field-unknown",
        "the query of the address has an unknown field 'sonngs'; near ones: songs; known: "
            + known.substring("pictures, ".length()));
  }

  @Test
  void wrongTypesAndShapesAreNamed() throws Exception {
    assertRefused(
        client.search("{\"keyword\":\"雪\",\"songs\":\"ten\"}"),
        400,
        "request-invalid",
        "songs in the request must be a whole number; got: \"ten\"");
    assertRefused(
        client.raw("?songs=ten", TestFolder.png(1, 1, 1)),
        400,
        "request-invalid",
        "songs in the request must be a whole number; got: \"ten\"");
    assertRefused(
        client.search("{\"keyword\":7}"),
        400,
        "request-invalid",
        "keyword in the request must be a text; got: 7");
    assertRefused(
        client.search("{\"keyword\":\"雪\",\"filters\":\"a=b\"}"),
        400,
        "request-invalid",
        "filters in the request must be a list of texts; got: \"a=b\"");
    assertRefused(
        client.search("{\"keyword\":\"雪\",\"fill\":1}"),
        400,
        "request-invalid",
        "fill in the request must be true or false; got: 1");
    assertRefused(
        client.search("[1]"),
        400,
        "json-invalid",
        "the request must be a JSON object such as {\"keyword\":\"snow\"}");
    Answer broken = client.search("{\"keyword\":\n \"雪\",}");
    assertThat(broken.code()).isEqualTo("json-invalid");
    assertThat(broken.message()).startsWith("the request is no JSON at line 2, column ");
    assertThat(client.search("{\"keyword\":\"雪\",\"keyword\":\"山\"}").message())
        .contains("Duplicate field 'keyword'");
    assertThat(client.search("{\"keyword\":\"雪\"} x").code()).isEqualTo("json-invalid");
    Answer deep = client.search("[".repeat(5000));
    assertThat(deep.code()).isEqualTo("json-invalid");
    assertThat(deep.message()).endsWith("depth (21) exceeds the maximum allowed (20)");
    assertThat(client.search("{\"words\":[").message())
        .contains("Unexpected end-of-input")
        .doesNotContain("Source");
    assertThat(client.search("{\"coverage\":NaN}").message()).endsWith("token 'NaN'");
  }

  @Test
  void questionsThatDoNotGoTogetherAreRefused() throws Exception {
    assertRefused(
        client.search("{}"),
        400,
        "request-invalid",
        "say what to search by: upload a picture, or name pictures, words, a keyword or a song");
    assertRefused(
        client.search("{\"keyword\":\"雪\",\"song\":\"s1\"}"),
        400,
        "request-invalid",
        "search by one of these at a time: keyword, song; words may stand beside pictures");
    assertThat(client.search("{\"keyword\":\"雪\",\"words\":\"a\"}").status()).isEqualTo(400);
    assertThat(client.search("{\"withoutWords\":\"a\"}").message())
        .isEqualTo("withoutWords needs words or pictures beside it");
    assertThat(client.search("{\"words\":\"a\",\"wordsWeight\":0.5}").message())
        .isEqualTo("wordsWeight is for words beside pictures; leave it out");
    assertThat(client.search("{\"words\":\" \"}").message())
        .isEqualTo("words in the request must not be blank; leave it out instead");
    assertThat(client.search("{\"keyword\":\"雪\",\"songs\":3,\"songsPerPicture\":1}").message())
        .isEqualTo("give songs or songsPerPicture, not both");
    assertThat(client.search("{\"pictures\":[{\"id\":\"p1\",\"upload\":0}]}").message())
        .isEqualTo("pictures[0] must have exactly one of 'upload', 'id' and 'key'");
    assertThat(client.search("{\"pictures\":[{\"upload\":0}]}").message())
        .isEqualTo(
            "upload in pictures[0] must number one of the 0 uploaded pictures, from 0; got: 0");
    assertThat(client.search("{\"pictures\":[{\"key\":\"abc\"}]}").message())
        .isEqualTo("key in pictures[0] must be 64 hexadecimal digits, as an answer gave them");
    assertThat(client.form("{\"pictures\":[{\"id\":\"p1\"}]}", TestFolder.png(1, 2, 3)).message())
        .startsWith("1 pictures are uploaded, but field 'pictures' names 0 of them");
    assertThat(client.search("{\"keyword\":\"雪\",\"preset\":\"best\"}").message())
        .isEqualTo("preset must be default or paper; got: 'best'");
  }

  @Test
  void valuesOutOfRangeAreRefusedByCore() throws Exception {
    assertRefused(
        client.search("{\"keyword\":\"雪\",\"songs\":0}"),
        400,
        "query-invalid",
        "songs must be 1 to 10000; got: 0");
    assertRefused(
        client.search("{\"keyword\":\"雪\",\"nearestPictures\":1001}"),
        400,
        "query-invalid",
        "nearestPictures must be 1 to 1000; got: 1001");
    String ids =
        IntStream.range(0, 50_000).mapToObj(i -> "\"s" + i + "\"").collect(Collectors.joining(","));
    assertRefused(
        client.search("{\"keyword\":\"雪\",\"exclude\":[" + ids + "]}"),
        400,
        "query-invalid",
        "exclude must be at most 10000 ids; got: 50000");
    assertRefused(
        client.search("{\"pictures\":[{\"id\":\"p1\",\"weight\":-1}]}"),
        400,
        "query-invalid",
        "a query must have a picture of positive weight; 'less like that' alone says nothing");
    Answer field = client.search("{\"keyword\":\"雪\",\"filters\":[\"mood=calm\"]}");
    assertThat(field.message())
        .isEqualTo(
            "filter 'mood=calm' names a field 'mood' that songs of the index do not have; they"
                + " have: artist, keyword, language, title, year, popularity, genre");
  }

  @Test
  void unknownIdsAreNamed() throws Exception {
    assertRefused(
        client.search("{\"song\":\"s999\"}"), 400, "song-unknown", "the index has no song 's999'");
    assertRefused(
        client.search("{\"pictures\":[{\"id\":\"<b>\"}]}"),
        400,
        "picture-unknown",
        "the index has no picture '<b>'");
    Answer keyword = client.search("{\"keyword\":\"snowy\"}");
    assertThat(keyword.status()).isEqualTo(400);
    assertThat(keyword.message()).contains("keyword 'snowy'").doesNotContain(folder.toString());
  }

  @Test
  void whatIsNoPictureIsRefused() throws Exception {
    assertRefused(
        client.raw("", "no picture".getBytes(StandardCharsets.UTF_8)),
        400,
        "picture-unreadable",
        "the uploaded picture: is not a picture: begins with text \"no picture\"");
    byte[] half = Arrays.copyOf(TestFolder.png(1, 2, 3), 60);
    Answer second = client.form("", TestFolder.png(1, 2, 3), half);
    assertThat(second.code()).isEqualTo("picture-unreadable");
    assertThat(second.message()).startsWith("uploaded picture 1: ");
    assertThat(client.raw("", new byte[0]).code()).isEqualTo("picture-unreadable");
  }

  @Test
  void formsOfOtherPartsAreRefused() throws Exception {
    byte[] picture = TestFolder.png(1, 2, 3);
    String nameless = "--limit\r\nContent-Disposition: form-data\r\n\r\nx\r\n--limit--\r\n";
    assertRefused(
        client.send(
            "POST",
            "/api/search",
            "multipart/form-data; boundary=limit",
            nameless.getBytes(StandardCharsets.UTF_8),
            Map.of()),
        400,
        "request-invalid",
        "a part of the form has no name; name its parts 'picture' or 'request'");
    assertRefused(
        client.form(Map.of("pictures", picture)),
        400,
        "field-unknown",
        "the form has an unknown field 'pictures'; near ones: picture; known: picture, request");
    assertThat(
            client
                .send("POST", "/api/search", "multipart/form-data; boundary=x", picture, Map.of())
                .message())
        .startsWith("the form cannot be read as multipart/form-data (");
    assertThat(client.send("POST", "/api/search", "multipart/form-data", picture, Map.of()).code())
        .isEqualTo("request-invalid");
    assertRefused(
        client.send("POST", "/api/search", "text/plain", picture, Map.of()),
        415,
        "type-unsupported",
        "Content-Type must be image/*, application/octet-stream, multipart/form-data or"
            + " application/json; got: 'text/plain'");
    assertThat(client.send("POST", "/api/search", "", picture, Map.of()).status()).isEqualTo(415);
    Map<String, byte[]> many = new LinkedHashMap<>();
    for (int i = 0; i < 102; i++) {
      many.put("picture\"; filename=\"" + i, picture);
    }
    assertThat(client.form(many).message()).startsWith("the form cannot be read");
    assertThat(
            client
                .send(
                    "POST",
                    "/api/search?songs=3",
                    "application/json",
                    "{}".getBytes(StandardCharsets.UTF_8),
                    Map.of())
                .message())
        .isEqualTo(
            "options go into the JSON request, not into the query of the address, which has:"
                + " songs");
  }
}
