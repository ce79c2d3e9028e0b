package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type finds what the guide promises, and what is nowhere in the index says so. */
class SearchWordsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> EDITIONS =
      List.of("", " - Remastered 2009", " (Deluxe Edition)", " - Single Version", " - Live");

  @TempDir static Path temporary;
  private static Path index;

  private record Outcome(int code, String data, String log) {
    List<String> songs() throws IOException {
      return JSON.readTree(data).get("songs").findValuesAsText("id");
    }
  }

  @BeforeAll
  static void build() throws IOException {
    Path photos = temporary.resolve("photos");
    Map<String, Color> things =
        Map.of("rain", Color.BLUE, "umbrellas", Color.RED, "伞", Color.GREEN, "snow", Color.WHITE);
    for (Map.Entry<String, Color> thing : things.entrySet()) {
      Path folder = Files.createDirectories(photos.resolve(thing.getKey()));
      BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = image.createGraphics();
      graphics.setColor(thing.getValue());
      graphics.fillRect(4, 4, 50, 40);
      graphics.dispose();
      ImageIO.write(image, "png", folder.resolve("0.png").toFile());
    }
    StringBuilder songs = new StringBuilder();
    int tempo = 100;
    for (String thing : List.of("rain", "umbrella", "伞", "snow")) {
      for (int song = 0; song < 6; song++) {
        for (int edition = 0; edition < EDITIONS.size(); edition++) {
          songs.append(
              JSON.writeValueAsString(
                  Map.of(
                      "id",
                      thing + song + "-" + edition,
                      "title",
                      "A song about " + thing + " " + song + EDITIONS.get(edition),
                      "artist",
                      "Band " + song,
                      "language",
                      song % 2 == 0 ? "en" : "fr",
                      "Mood",
                      song == 5 ? "angry" : "calm",
                      "Tags",
                      song == 5 ? "|zouk|slow" : "slow|wide",
                      "tempo",
                      Integer.toString(tempo),
                      "lyrics",
                      "the door is open wide tonight\nnumber "
                          + song
                          + " was younger then\nthere is "
                          + thing
                          + " in the street\n")));
          songs.append('\n');
        }
        tempo++;
      }
    }
    Path catalogue = Files.writeString(temporary.resolve("songs.jsonl"), songs);
    index = temporary.resolve("out");
    Outcome outcome =
        run(
            "build",
            "--songs",
            catalogue.toString(),
            "--pictures",
            photos.toString(),
            "--encoder",
            "descriptor",
            "--out",
            index.toString());
    assertThat(outcome.code()).as(outcome.log()).isZero();
  }

  private static Outcome run(String... arguments) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    int code = Seesong.run(arguments, stream(data), stream(log));
    return new Outcome(
        code, data.toString(StandardCharsets.UTF_8), log.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static Outcome search(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "search";
    all[1] = index.toString();
    all[2] = "--json";
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return run(all);
  }

  private static Outcome rainWith(String... filters) {
    String[] all = new String[2 + filters.length];
    all[0] = "--picture-id";
    all[1] = "rain/0.png";
    System.arraycopy(filters, 0, all, 2, filters.length);
    return search(all);
  }

  @Test
  void aDamagedVocabularyIsToldAndTheBuiltInTableServes() throws IOException {
    Path file;
    try (Stream<Path> files = Files.list(index.resolve("model"))) {
      file = files.filter(f -> f.toString().endsWith(".keywords.json")).findAny().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(file);
    PrintStream before = System.err;
    ByteArrayOutputStream warnings = new ByteArrayOutputStream();
    try {
      byte[] damaged = whole.clone();
      damaged[whole.length / 2] ^= 1;
      Files.write(file, damaged);
      System.setErr(stream(warnings));
      assertThat(search("--keyword", "Umbrellas", "--songs", "3").songs()).hasSize(3);
    } finally {
      System.setErr(before);
      Files.write(file, whole);
    }
    assertThat(warnings.toString(StandardCharsets.UTF_8))
        .contains(
            "WARN KeywordLookup - " + file + " is damaged (",
            "; run the same 'seesong build' again, which writes it anew; until then keywords are"
                + " looked up by the built-in table\n");
  }

  @Test
  void idsToRemoveThatAreNoneAreTold() throws IOException {
    for (String nothing : List.of("", "\n  \n", "\uFEFF\uFEFF\n")) {
      Path ids = Files.writeString(temporary.resolve("ids.txt"), nothing);
      Outcome outcome = run("remove", index.toString(), "--ids", ids.toString());
      assertThat(outcome.code()).isZero();
      assertThat(outcome.log())
          .isEqualTo(ids + " holds no ids, so nothing was removed; write one id a line\n");
      assertThat(outcome.data()).startsWith("removed 0 songs and 0 pictures; ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Rain", "ＲＡＩＮ", "rains", "umbrella", "Umbrellas", "UMBRELLA", "傘", "伞"})
  void aKeywordIsFoundHoweverItIsWritten(String keyword) throws IOException {
    Outcome outcome = search("--keyword", keyword, "--songs", "3");
    assertThat(outcome.code()).as(outcome.log()).isZero();
    assertThat(outcome.songs()).hasSize(3);
    outcome = rainWith("--filter", "Keyword=" + keyword, "--songs", "3");
    assertThat(outcome.songs()).as(outcome.log()).hasSize(3);
    outcome = search("--keyword", "rain", "--picture-filter", "KEYWORD=" + keyword);
    assertThat(outcome.code()).as(outcome.log()).isZero();
  }

  @Test
  void anUnknownKeywordNamesNearOnes() {
    Outcome outcome = search("--keyword", "umbrela");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.log())
        .contains("carries the keyword 'umbrela'; near ones: umbrella")
        .contains("'seesong info' lists those there are");
  }

  @Test
  void fieldsOfFiltersCountInUpperAndLowerCaseAlike() throws IOException {
    for (String filter : List.of("Mood=calm", "mood=calm", "Language=en", "YEAR!=1990..")) {
      Outcome outcome = rainWith("--filter", filter);
      assertThat(outcome.code()).as(outcome.log()).isZero();
      assertThat(outcome.songs()).as(filter).isNotEmpty();
    }
  }

  @Test
  void aValueThatIsNowhereSaysSoAndNamesNearOnes() throws IOException {
    Outcome outcome = rainWith("--filter", "mood=Calm");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.songs()).isEmpty();
    assertThat(outcome.log()).contains("no song of the index meets mood=Calm; near ones: calm");
    assertThat(rainWith("--filter", "language=english").log())
        .contains("no song of the index meets language=english; near ones: en");
    assertThat(rainWith("--filter", "mood!=furious").log())
        .contains("no song of the index meets mood=furious, so 'mood!=furious' leaves nothing out");
    assertThat(rainWith("--filter", "year=1990..1999").log())
        .contains("no song of the index meets year=1990..1999");
    assertThat(rainWith("--filter", "mood=angry", "--filter", "language=en").log())
        .contains("no song with keywords meets all filters together");
    assertThat(rainWith("--filter", "mod=calm").log())
        .contains("names a field 'mod'")
        .contains("near ones: Mood");
    assertThat(rainWith("--filter", "tags=slo").log()).endsWith("; near ones: slow\n");
    assertThat(rainWith("--filter", "tags=wid").log()).endsWith("; near ones: wide\n");
    assertThat(rainWith("--filter", "tags=1..2").log()).contains("such as Tags=slow");
    assertThat(rainWith("--filter", "mood=calm").log()).doesNotContain("no song");
  }

  @Test
  void aRangeOfAnAttributeIsRefused() {
    for (String range : List.of("tempo=100..110", "tempo=..110", "Tempo!=100..")) {
      Outcome outcome = rainWith("--filter", range);
      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.log())
          .contains(
              "filter '" + range + "' asks for a range, but ranges are for year and popularity")
          .contains("such as tempo=100");
    }
    assertThat(rainWith("--filter", "tempo=101").code()).isZero();
  }

  @Test
  void versionsOfASongTakeOnePlace() throws IOException {
    List<String> songs = rainWith("--songs", "24").songs();
    assertThat(songs).hasSize(24);
    assertThat(songs.stream().map(id -> id.substring(0, id.indexOf('-')))).doesNotHaveDuplicates();
    assertThat(rainWith("--songs", "24").data()).doesNotContain("versions");
    Outcome named = rainWith("--songs", "24", "--versions");
    assertThat(named.songs()).isEqualTo(songs);
    for (JsonNode song : JSON.readTree(named.data()).get("songs")) {
      String id = song.get("id").asText();
      List<String> versions = new ArrayList<>();
      song.get("versions").forEach(other -> versions.add(other.asText()));
      assertThat(versions)
          .hasSize(4)
          .isSorted()
          .doesNotContain(id)
          .allMatch(other -> other.startsWith(id.substring(0, id.indexOf('-') + 1)));
    }
    List<String> paper = rainWith("--preset", "paper").songs();
    assertThat(paper.stream().map(id -> id.substring(0, id.indexOf('-'))))
        .hasSize(10)
        .doesNotHaveDuplicates();
    assertThat(search("--song", "rain1-0", "--songs", "23").songs())
        .hasSize(23)
        .noneMatch(id -> id.startsWith("rain1-"));
    assertThat(search("--song", "rain1-0", "--songs", "29", "--exclude", "rain2-3").songs())
        .hasSize(22)
        .noneMatch(id -> id.startsWith("rain1-") || id.startsWith("rain2-"));
  }

  @Test
  void anExcludedSongIsExcludedWithItsVersions() throws IOException {
    String first = rainWith("--songs", "5").songs().get(0);
    String song = first.substring(0, first.indexOf('-') + 1);
    assertThat(rainWith("--songs", "24", "--exclude", first + ",gone").songs())
        .hasSize(23)
        .noneMatch(id -> id.startsWith(song));
  }
}
