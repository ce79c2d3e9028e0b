package org.seesong.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.keyword.ScriptFolder;
import org.seesong.testing.SharedData;

class ConceptNetTest {
  private static final ScriptFolder FOLDER = ScriptFolder.builtIn();
  private static final Set<String> BOTH = Set.of("zh", "en");
  private static final String EXPECTED =
      "; expected ConceptNet 5.7's assertions: five columns separated by tabs (uri, relation,"
          + " start, end, JSON with a weight)";

  @TempDir private Path folder;

  private static String line(String relation, String start, String end, String weight) {
    return String.join(
        "\t", "/a/x", relation, "/c/" + start, "/c/" + end, "{\"weight\": " + weight + "}");
  }

  private Path file(String... lines) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return Files.write(folder.resolve("concepts.csv.gz"), bytes.toByteArray());
  }

  private static ConceptGraph read(Path file) throws IOException {
    return ConceptNet.read(file, BOTH, FOLDER, lines -> {});
  }

  private static Map<String, List<String>> neighbours(Path file, String keyword)
      throws IOException {
    return new ConceptNeighbours(read(file), BOTH).of(keyword, 10);
  }

  @Test
  void wordsOfOtherLanguagesAreLeftOutAndPartsOfSpeechCutOff() throws IOException {
    Path file =
        file(
            line("/r/RelatedTo", "en/fire_engine/n/wn/artifact", "en/red", "1.0"),
            line("/r/RelatedTo", "fr/rouge", "en/red", "1.0"),
            "/a/x\t/r/ExternalURL\t/c/en/red\thttp://example.org/red\t{\"weight\": 1.0}");
    ConceptGraph graph = read(file);
    assertThat(graph.size()).isEqualTo(2);
    assertThat(graph.find("en", "fire engine")).isNotNegative();
    assertThat(graph.ties()).isEqualTo(1);
  }

  @Test
  void strongerRelationsAndHeavierEdgesComeFirst() throws IOException {
    Path file =
        file(
            line("/r/RelatedTo", "en/snow", "en/white", "1.0"),
            line("/r/RelatedTo", "en/snow", "en/winter", "4.0"),
            line("/r/Synonym", "en/snow", "en/snowfall", "4.0"),
            line("/r/Antonym", "en/snow", "en/sand", "9.0"));
    assertThat(neighbours(file, "snow")).containsOnlyKeys("en");
    assertThat(neighbours(file, "snow").get("en")).containsExactly("snowfall", "winter", "white");
  }

  @Test
  void aTranslationIsNoStepAndNoNeighbour() throws IOException {
    Path file =
        file(
            line("/r/Synonym", "zh/雪", "en/snow", "2.0"),
            line("/r/AtLocation", "en/snow", "en/mountain", "1.0"),
            line("/r/Synonym", "zh/山", "en/mountain", "2.0"),
            line("/r/RelatedTo", "en/mountain", "en/goat", "1.0"),
            line("/r/Synonym", "zh/羊", "en/goat", "2.0"));
    Map<String, List<String>> words = neighbours(file, "雪");
    assertThat(words.get("zh")).containsExactly("山", "羊");
    assertThat(words.get("en")).containsExactly("mountain", "goat");
  }

  @Test
  void theStrongestTranslationsComeFirst() throws IOException {
    Path file =
        file(
            line("/r/Synonym", "zh/雪", "en/snow", "2.0"),
            line("/r/Synonym", "zh/雪", "en/snowfall", "1.0"),
            line("/r/RelatedTo", "zh/雪", "zh/冬", "9.0"));
    assertThat(read(file).translations(BOTH, "雪", 3)).containsExactly("snow", "snowfall");
    assertThat(read(file).translations(BOTH, "雪", 1)).containsExactly("snow");
    assertThat(read(file).translations(BOTH, "花", 3)).isEmpty();
  }

  @Test
  void scriptsMeet() throws IOException {
    Path file = file(line("/r/RelatedTo", "zh/聖誕", "zh/雪", "1.0"));
    assertThat(neighbours(file, "圣诞").get("zh")).containsExactly("雪");
  }

  @Test
  void aWordWithoutTiesHasNoNeighbours() throws IOException {
    assertThat(neighbours(file(line("/r/IsA", "en/a", "en/b", "1")), "nothing")).isEmpty();
  }

  @Test
  void anotherLayoutIsToldWithItsLine() throws IOException {
    Path file = file(line("/r/IsA", "en/a", "en/b", "1.0"), "a,b,c");
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ":2: has 1 columns" + EXPECTED);
  }

  @Test
  void aWeightThatIsNoneIsToldWithItsLine() throws IOException {
    Path nan = file(line("/r/IsA", "en/a", "en/b", "NaN"));
    assertThatThrownBy(() -> read(nan))
        .hasMessage(nan + ":1: the weight is not a number of at least 0: 'NaN'" + EXPECTED);
    Path none = file("/a/x\t/r/IsA\t/c/en/a\t/c/en/b\t{}");
    assertThatThrownBy(() -> read(none)).hasMessage(none + ":1: column 5 has no weight" + EXPECTED);
    Path relation = file(line("IsA", "en/a", "en/b", "1"));
    assertThatThrownBy(() -> read(relation))
        .hasMessage(relation + ":1: column 2 is no relation: 'IsA'" + EXPECTED);
  }

  @Test
  void aTruncatedFileIsTold() throws IOException {
    String[] lines = new String[5000];
    Arrays.setAll(lines, i -> line("/r/IsA", "en/word" + i, "en/b" + i * 31 % 977, "1.0"));
    Path file = file(lines);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + " breaks off after line ")
        .hasMessageEndingWith("it is truncated or damaged; get it again");
  }

  @Test
  void aFileOfOtherLanguagesIsTold() throws IOException {
    Path file = file(line("/r/IsA", "fr/a", "fr/b", "1.0"));
    assertThatThrownBy(() -> read(file))
        .hasMessage(
            file
                + " ties no two words of the languages en, zh in its 1 lines; name a file that"
                + " does");
  }

  @Test
  void anEndlessLineIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("long.csv"), new byte[3 << 20]);
    assertThatThrownBy(() -> read(file)).hasMessageContaining("is longer than 1048576 bytes");
  }

  @Test
  void theRealSubsetTiesSnowToWinter() throws IOException {
    Path file = SharedData.require("concepts/conceptnet-subset.csv.gz");
    assertThat(new ConceptNeighbours(read(file), BOTH).of("雪", 50).get("en"))
        .contains("winter", "snowflake");
  }
}
