package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seesong.index.TestCatalogue;
import picocli.CommandLine;

class SearchCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path temporary;
  private static Path index;

  private record Outcome(int code, String data, String log) {}

  @BeforeAll
  static void writeIndex() throws IOException {
    index = temporary.toRealPath().resolve("index");
    TestCatalogue.random(new TestCatalogue.Size(60, 90, 5, 4, 50), 8).write(index);
  }

  private static Outcome run(String... arguments) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    int code = Seesong.run(arguments, stream(data), stream(log));
    return new Outcome(code, text(data), text(log));
  }

  /** Runs a command that is not registered by itself. */
  private static Outcome runAlone(Class<?> command, String... arguments) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    CommandLine line =
        new CommandLine(command, new CommandFactory(new Console(stream(data), stream(log))));
    line.setErr(new PrintWriter(log, true, StandardCharsets.UTF_8));
    int code = line.execute(arguments);
    return new Outcome(code, text(data), text(log));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static JsonNode search(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("search", index.toString(), "--json"));
    all.addAll(List.of(arguments));
    Outcome outcome = run(all.toArray(String[]::new));
    assertThat(outcome.code()).as(outcome.log()).isZero();
    return JSON.readTree(outcome.data());
  }

  private static List<String> ids(JsonNode list) {
    return list.findValuesAsText("id");
  }

  @Test
  void anIndexedPictureAsksWithoutAnEncoder() throws IOException {
    JsonNode answer = search("--picture-id", "p7");
    assertThat(answer.get("pictures").get(0).get("id").asText()).isEqualTo("p7");
    assertThat(answer.get("songs")).hasSize(10);
    JsonNode song = answer.get("songs").get(0);
    assertThat(song.fieldNames())
        .toIterable()
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
    assertThat(song.get("explanation").fieldNames())
        .toIterable()
        .containsExactly(
            "origin", "picture", "pictureDistance", "songDistance", "keywords", "keywordPaths");
  }

  @Test
  void lessLikeAPictureExclusionsAndFiltersChangeTheAnswer() throws IOException {
    JsonNode plain = search("--picture-id", "p7");
    String second = plain.get("pictures").get(1).get("id").asText();
    JsonNode less = search("--picture-id", "p7", "--picture-id", second + ":-50");
    assertThat(ids(less.get("pictures"))).doesNotContain(second);
    List<String> songs = ids(plain.get("songs"));
    JsonNode without = search("--picture-id", "p7", "--exclude", String.join(",", songs));
    assertThat(ids(without.get("songs"))).hasSize(10).doesNotContainAnyElementsOf(songs);
    JsonNode others = search("--picture-id", "p7", "--picture-filter", "path!=photos/7");
    assertThat(ids(others.get("pictures"))).hasSize(10).doesNotContain("p7");
  }

  @Test
  void aSongAsksForSongsAndPictures() throws IOException {
    String song = search("--picture-id", "p7").get("songs").get(0).get("id").asText();
    JsonNode answer = search("--song", song, "--max-per-artist", "1");
    assertThat(answer.get("songs")).hasSize(5);
    assertThat(answer.get("songs").findValuesAsText("origin")).containsOnly("song");
    assertThat(answer.get("songs").get(0).get("explanation").get("picture").isNull()).isTrue();
    assertThat(answer.get("pictures")).hasSize(10);
  }

  @Test
  void aKeywordAsksAndPicturesTakeTurnsWithoutCoverage() throws IOException {
    JsonNode answer = search("--keyword", "雪", "--coverage", "0");
    assertThat(answer.get("songs").findValuesAsText("origin")).containsOnly("picture").hasSize(10);
    Outcome people = run("search", index.toString(), "--keyword", "雪");
    assertThat(people.data())
        .startsWith("Pictures like keyword '雪'\n")
        .contains("from all, such as ");
  }

  @Test
  void thePaperIsAPreset() throws IOException {
    JsonNode paper = search("--picture-id", "p7", "--preset", "paper");
    assertThat(paper.get("pictures")).hasSize(5);
    assertThat(paper.get("songs").findValuesAsText("origin")).containsOnly("picture").hasSize(10);
    JsonNode covering = search("--picture-id", "p7");
    assertThat(covering.get("pictures")).hasSize(10);
    assertThat(covering.get("songs").findValuesAsText("origin")).containsOnly("centroid");
    assertThat(search("--picture-id", "p7", "--songs-per-picture", "3").get("songs")).hasSize(30);
    Outcome other = run("search", index.toString(), "--picture-id", "p7", "--preset", "best");
    assertThat(other.code()).isEqualTo(Seesong.USAGE);
    assertThat(other.log()).startsWith("seesong: --preset must be default or paper; got: 'best'\n");
  }

  private static void assertWrongWords(String message, String... options) {
    List<String> arguments = new ArrayList<>(List.of("search", index.toString()));
    arguments.addAll(List.of(options));
    Outcome outcome = run(arguments.toArray(String[]::new));
    assertThat(outcome.code()).isEqualTo(Seesong.USAGE);
    assertThat(outcome.log()).startsWith("seesong: " + message + "\n");
  }

  @Test
  void keywordsAreBoosted() throws IOException {
    List<String> plain = search("--song", "s1").get("songs").findValuesAsText("id");
    JsonNode boosted = search("--song", "s1", "--boost", "風:3", "--boost", "雪:-1");
    assertThat(boosted.get("songs").findValuesAsText("id")).isNotEqualTo(plain);
    Outcome unknown = run("search", index.toString(), "--song", "s1", "--boost", "风风:2");
    assertThat(unknown.code()).isZero();
    assertThat(unknown.log())
        .contains("no picture and no song of the index carries the keyword '风风', so its boost");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--picture-id p7:0|weight of a picture must be -1000.0 to 1000.0, not 0; got: 0.0",
        "--picture-id p7:-1|a query must have a picture of positive weight; 'less like that' alone"
            + " says nothing",
        "--picture-id p7 --words a --words-weight 2|--words-weight must be 0 to 1; got: 2.0",
        "--picture-id p7 --words a --words-weight NaN|--words-weight must be 0 to 1; got: NaN",
        "--keyword=|--keyword must not be blank",
        "--song=|--song must not be blank",
        "--song s1 --variety 3|--variety must be 0 to 1; got: 3.0",
        "--song s1 --songs 0|--songs must be 1 to 10000; got: 0",
        "--song s1 --pictures 0|--pictures must be 1 to 1000; got: 0",
        "--song s1 --max-per-artist -1|--max-per-artist must be 0 to 10000; got: -1",
        "--song s1 --boost 雪:0|boost of keyword '雪' must be -10.0 to 10.0, not 0; got: 0.0",
        "--song s1 --boost 雪 --boost 雪:2|keyword '雪' is boosted twice; give it one weight",
        "--words a --boost 雪|--boost needs a picture, a keyword or a song to start from; words have"
            + " none"
      })
  void valuesThatNothingCouldMakeRightAreWrongUsage(String options, String message) {
    assertWrongWords(message, options.split(" "));
  }

  @Test
  void theFolderAboveABuildIsNoIndex() throws IOException {
    Path above = temporary.toRealPath().resolve("above");
    TestCatalogue.random(new TestCatalogue.Size(9, 9, 3, 2, 9), 1)
        .write(above.resolve("index").resolve("index"));
    for (String command : List.of("info", "check", "search")) {
      List<String> arguments = new ArrayList<>(List.of(command, above.toString()));
      if (command.equals("search")) {
        arguments.addAll(List.of("--song", "s1"));
      }
      Outcome outcome = run(arguments.toArray(String[]::new));
      assertThat(outcome.code()).as(command).isEqualTo(Seesong.FAILED);
      assertThat(outcome.log())
          .startsWith(
              "seesong: the folder "
                  + above
                  + " holds no index, nor does the folder 'index' in it; folders in it do: index;");
      arguments.set(1, above.resolve("index").toString());
      assertThat(run(arguments.toArray(String[]::new)).log()).doesNotContain("holds no index");
    }
  }

  @Test
  void whatIsNotOneQuestionIsWrongUsage() {
    Outcome none = run("search", index.toString());
    assertThat(none.code()).isEqualTo(Seesong.USAGE);
    assertThat(none.log())
        .startsWith(
            "seesong: name what to search by: a PICTURE, --picture-id, --words, --keyword or"
                + " --song\n");
    Outcome two = run("search", index.toString(), "--keyword", "a", "--song", "b");
    assertThat(two.code()).isEqualTo(Seesong.USAGE);
    assertThat(two.log())
        .startsWith("seesong: search by one of these at a time: --keyword, --song\n");
    assertWrongWords(
        "search by one of these at a time: --song, words", "--song", "b", "--words", "a");
    assertWrongWords(
        "--without-words needs --words or a picture beside it", "--without-words", "a");
    assertWrongWords("words must not be blank", "--words", " ");
    assertWrongWords("words must not be blank", "--picture-id", "p7", "--without-words", "");
    assertWrongWords(
        "--words-weight is for words beside pictures; name both, or leave it out",
        "--words",
        "a",
        "--words-weight",
        "0.5");
    Outcome mute = run("search", index.toString(), "--words", "a");
    assertThat(mute.code()).isEqualTo(Seesong.FAILED);
    assertThat(mute.log())
        .isEqualTo(
            "seesong: index "
                + index
                + " has no text embeddings, so it cannot be searched by words; build it again with"
                + " --text-encoder auto\n");
    Outcome unknown = run("search", index.toString(), "--song", "nobody");
    assertThat(unknown.code()).isEqualTo(Seesong.FAILED);
    assertThat(unknown.log()).isEqualTo("seesong: index " + index + " has no song 'nobody'\n");
  }

  @Test
  void namesAndWeightsAreToldApart() {
    assertThat(WeightedName.parse("a.jpg", false)).isEqualTo(new WeightedName("a.jpg", 1));
    assertThat(WeightedName.parse("a.jpg:-0.5", false)).isEqualTo(new WeightedName("a.jpg", -0.5));
    assertThat(WeightedName.parse("c:\\a.jpg", false)).isEqualTo(new WeightedName("c:\\a.jpg", 1));
    assertThat(WeightedName.parse("photos:12", true)).isEqualTo(new WeightedName("photos:12", 1));
  }

  @Test
  void checkTellsWhatIsWrong() throws IOException {
    Outcome outcome = runAlone(CheckCommand.class, index.toString(), "--json");
    assertThat(outcome.code()).isEqualTo(Seesong.FAILED);
    JsonNode report = JSON.readTree(outcome.data());
    assertThat(report.get("whole").asBoolean()).isFalse();
    assertThat(report.get("problems").get(0).asText())
        .contains("its graph embedding must have length 1 but has ");
  }

  @Test
  void aPictureWhoseNameIsNotUtf8SaysSo() {
    Outcome outcome = run("search", index.toString(), temporary.resolve("\ufffd.jpg:2").toString());
    assertThat(outcome.code()).isEqualTo(Seesong.FAILED);
    assertThat(outcome.log())
        .contains("no such file; the name is not valid UTF-8, so rename it")
        .doesNotContain("    at ");
  }
}
