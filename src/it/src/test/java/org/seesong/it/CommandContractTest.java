package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seesong.it.CommandRun.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What scripts rely on: fields of JSON, exit codes, data and log apart. */
class CommandContractTest {
  private static final int SONGS = 60;
  private static final int PICTURES = 40;

  @TempDir static Path shared;
  private static Path out;
  private static Path query;
  private static CommandRun built;

  @BeforeAll
  static void buildOnce() throws IOException {
    CommandRun.home(shared.resolve("home"));
    SmallCatalogue catalogue = SmallCatalogue.writeTo(shared.resolve("c"), SONGS, PICTURES);
    out = shared.resolve("out");
    query = SmallCatalogue.writePicture(shared.resolve("q.png"), 1, 7777);
    built = CommandRun.build(catalogue.songs(), catalogue.pictures(), out, "--json").ends(0);
  }

  private static JsonNode search(Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("search", out, query, "--json"));
    arguments.addAll(List.of(more));
    CommandRun run = CommandRun.of(arguments.toArray()).ends(0);
    assertThat(run.log()).isEmpty();
    assertThat(run.json()).hasSize(1);
    return run.json().get(0);
  }

  @Test
  void aSearchHasTheFieldsOfTheContract() {
    JsonNode answer = search();
    assertThat(keys(answer)).containsExactly("confidence", "songs", "pictures", "timing", "spaces");
    assertThat(keys(answer.get("timing")))
        .containsExactly("encodeMillis", "hopOneMillis", "hopTwoMillis");
    assertThat(keys(answer.get("spaces"))).containsExactly("encoder", "embedding");
    assertThat(answer.get("songs")).hasSize(10);
    for (JsonNode song : answer.get("songs")) {
      assertThat(keys(song))
          .containsExactly(
              "id",
              "title",
              "artist",
              "language",
              "firstLines",
              "rank",
              "distance",
              "confidence",
              "explanation");
      assertThat(keys(song.get("explanation")))
          .containsExactly(
              "origin", "picture", "pictureDistance", "songDistance", "keywords", "keywordPaths");
    }
    assertThat(answer.get("pictures")).hasSize(10);
    for (JsonNode picture : answer.get("pictures")) {
      assertThat(keys(picture)).containsExactly("id", "path", "distance", "keywords");
    }
  }

  @Test
  void aSearchFindsSongsOfThePicturesKeyword() {
    JsonNode answer = search();
    assertThat(answer.get("pictures").findValuesAsText("path")).allMatch(p -> p.endsWith(".png"));
    for (int i = 0; i < 5; i++) {
      JsonNode picture = answer.get("pictures").get(i);
      assertThat(picture.get("keywords").get(0).asText()).isEqualTo("海");
    }
    JsonNode first = answer.get("songs").get(0);
    assertThat(first.get("rank").asInt()).isEqualTo(1);
    assertThat(first.get("explanation").get("keywords").toString()).contains("海");
    assertThat(answer.get("pictures").findValuesAsText("id"))
        .contains(first.get("explanation").get("picture").asText());
  }

  @Test
  void aSearchForPeopleShowsPicturesAndSongsAsDataAndTimesInTheLog() {
    CommandRun run = CommandRun.of("search", out, query).ends(0);
    assertThat(run.data())
        .startsWith("Pictures like " + query + "  (known with 0.")
        .contains("\nSongs\n   1  ")
        .doesNotContain("encoded in");
    assertThat(run.log())
        .matches("encoded in \\d+ ms, pictures in [0-9.]+ ms, songs in [0-9.]+ ms\n");
  }

  @ParameterizedTest
  @CsvSource({"3,5,2,3,5", "1,1,1,1,1", "20,4,5,20,4", "10,1,10,10,1"})
  void numbersOfSongsAndPicturesAreAsAsked(
      int songs, int pictures, int each, int foundSongs, int foundPictures) {
    JsonNode answer = search("--songs", songs, "--pictures", pictures, "--songs-per-picture", each);
    assertThat(answer.get("pictures")).hasSize(foundPictures);
    assertThat(answer.get("songs").size()).isEqualTo(foundSongs);
    assertThat(answer.get("songs").findValuesAsText("id")).doesNotHaveDuplicates();
  }

  /** Song numbers stand in their ids, and all fields follow from them. */
  @ParameterizedTest
  @CsvSource({
    "language=zh, 0, 1",
    "mood=calm, 0, 2",
    "mood!=calm, 1, 2",
    "artist=A4, 4, 9",
    "id, 0, 1"
  })
  void aFilterLetsOnlyItsSongsThrough(String filter, int rest, int divisor) {
    if (filter.equals("id")) {
      CommandRun.of("search", out, query, "--filter", filter)
          .fails(
              2,
              "seesong: filter 'id' must read field=value or field!=value, such as language=zh or"
                  + " year=1990..1999");
      return;
    }
    JsonNode songs = search("--filter", filter).get("songs");
    assertThat(songs).isNotEmpty();
    for (JsonNode song : songs) {
      int number = Integer.parseInt(song.get("id").asText().substring(1));
      assertThat(number % divisor).as("%s", song).isEqualTo(rest);
    }
  }

  @Test
  void severalFiltersMustAllHoldAndYearsAreRanges() {
    JsonNode songs = search("--filter", "year=1985..1990", "--filter", "mood=bright").get("songs");
    assertThat(songs).isNotEmpty();
    for (JsonNode song : songs) {
      int number = Integer.parseInt(song.get("id").asText().substring(1));
      assertThat(1980 + number % 40).isBetween(1985, 1990);
      assertThat(number % 2).isEqualTo(1);
    }
    CommandRun none =
        CommandRun.of("search", out, query, "--json", "--filter", "language=en").ends(0);
    assertThat(none.json().get(0).get("songs")).isEmpty();
    assertThat(none.log()).isEqualTo("no song of the index meets language=en\n");
  }

  @Test
  void aFilterOnAnUnknownFieldNamesTheFieldsThereAre() {
    CommandRun.of("search", out, query, "--filter", "colour=red")
        .fails(
            1,
            "seesong: filter 'colour=red' names a field 'colour' that songs of index "
                + out.resolve("index")
                + " do not have; they have: artist, keyword, language, title, year, popularity,"
                + " mood");
  }

  @Test
  void theFolderOfTheIndexItselfCanBeSearchedToo() {
    CommandRun run = CommandRun.of("search", out.resolve("index"), query, "--json").ends(0);
    assertThat(run.json().get(0).get("songs")).isEqualTo(search().get("songs"));
  }

  @Test
  void encodeWritesALineForEachPicture() throws IOException {
    Path broken = Files.writeString(shared.resolve("broken.jpg"), "no picture");
    CommandRun run = CommandRun.of("encode", "--json", query, broken, query).ends(3);
    assertThat(run.log())
        .isEqualTo("seesong: broken.jpg: is not a picture: begins with text \"no picture\"\n");
    assertThat(run.json()).hasSize(2);
    JsonNode line = run.json().get(0);
    assertThat(keys(line)).containsExactly("picture", "encoder", "dimension", "vector");
    assertThat(line.get("picture").asText()).isEqualTo(query.toString());
    assertThat(line.get("encoder").asText()).isEqualTo("descriptor-2");
    assertThat(line.get("vector")).hasSize(line.get("dimension").asInt());
    assertThat(run.json().get(1)).isEqualTo(line);
  }

  @Test
  void infoSaysWhatTheIndexHolds() {
    CommandRun run = CommandRun.of("info", out, "--json").ends(0);
    JsonNode info = run.json().get(0);
    assertThat(run.log()).isEmpty();
    assertThat(keys(info))
        .containsExactly(
            "songs",
            "pictures",
            "layout",
            "encoder",
            "visualDimension",
            "embedding",
            "networkDimension",
            "textEncoder",
            "seed",
            "vocabulary",
            "options",
            "indexBytes",
            "bytesByField",
            "vectorBytes",
            "keywords");
    assertThat(info.get("songs").asInt()).isEqualTo(SONGS);
    assertThat(info.get("pictures").asInt()).isEqualTo(PICTURES);
    assertThat(info.get("networkDimension").asInt()).isEqualTo(8);
    assertThat(info.get("seed").asLong()).isZero(); // the closed form draws nothing
    assertThat(info.get("indexBytes").asLong()).isPositive();
    assertThat(info.get("vectorBytes").asLong()).isPositive();
    assertThat(keys(info.get("options")))
        .containsExactly(
            "centering",
            "confidence",
            "embedding",
            "encoder",
            "keywords",
            "lyrics",
            "pictures",
            "segmenter",
            "vectors",
            "words");
    assertThat(info.get("keywords").findValuesAsText("keyword"))
        .containsExactlyInAnyOrderElementsOf(SmallCatalogue.KEYWORDS);
    for (JsonNode keyword : info.get("keywords")) {
      assertThat(keys(keyword)).containsExactly("keyword", "songs", "pictures");
      assertThat(keyword.get("pictures").asInt()).isBetween(PICTURES / 5, PICTURES);
    }
    assertThat(CommandRun.of("info", out).ends(0).data())
        .contains(
            "songs      60\n", "encoder    'descriptor-2' (912 dimensions)\n", "seed       0\n");
  }

  @Test
  void aBuildReportsAsJsonAndKeepsTheReport() throws IOException {
    JsonNode report = built.json().get(0);
    assertThat(keys(report))
        .containsExactly(
            "songs",
            "pictures",
            "isolatedSongs",
            "isolatedPictures",
            "inferredPictures",
            "versions",
            "songsWithVersions",
            "keywordsWithoutSongs",
            "filesNotTaken",
            "rejected",
            "rejectedRows",
            "unreadablePictures",
            "ignoredValues",
            "lyricsCleaning",
            "spaces",
            "processor",
            "bytesByField",
            "stages");
    assertThat(report.get("rejected").asInt()).isZero();
    assertThat(report.get("stages").findValuesAsText("stage"))
        .containsExactly(
            "reading the catalogue",
            "encoding pictures",
            "finding keywords",
            "encoding lyrics",
            "comparing pictures",
            "joining the network",
            "learning the embedding",
            "writing the index");
    for (JsonNode stage : report.get("stages")) {
      assertThat(keys(stage)).containsExactly("stage", "summary", "wallMillis", "cpuMillis");
    }
    assertThat(report.get("spaces")).isEqualTo(search().get("spaces"));
    JsonNode kept = new ObjectMapper().readTree(out.resolve("report.json").toFile());
    assertThat(keys(kept)).isEqualTo(keys(report));
    assertThat(out.resolve("problems.txt")).isEmptyFile();
    assertThat(Files.readString(out.resolve("keywords.csv"))).contains("雪", "海");
  }

  @Test
  void aBuildWritesItsLogToTheLog() {
    assertThat(built.data().lines()).hasSize(1);
    assertThat(built.messages()).isEmpty();
    assertThat(built.log()).startsWith("reading the catalogue ...\n").contains("40 encoded");
  }
}
