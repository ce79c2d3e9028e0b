package org.seesong.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DemoSongsTest {
  /** The keywords that traditional script writes otherwise. */
  private static final Map<String, String> TRADITIONAL =
      Map.ofEntries(
          Map.entry("云", "雲"),
          Map.entry("太阳", "太陽"),
          Map.entry("桥", "橋"),
          Map.entry("火车", "火車"),
          Map.entry("猫", "貓"),
          Map.entry("鸟", "鳥"),
          Map.entry("鱼", "魚"),
          Map.entry("灯塔", "燈塔"),
          Map.entry("风筝", "風箏"),
          Map.entry("伞", "傘"),
          Map.entry("叶子", "葉子"));

  // The file is our own and always in this shape, so a pattern reads it without a JSON library.
  private static final Pattern SHAPE =
      Pattern.compile(
          "\\{\"id\":\"(demo-\\d{3})\",\"title\":\"([^\"]+)\",\"artist\":\"([^\"]+)\","
              + "\"language\":\"(zh-Hans|zh-Hant|en)\",\"year\":(\\d{4}),"
              + "\"popularity\":(\\d{1,3}),\"mood\":\"([a-z]+)\","
              + "\"lyrics\":\"((?:[^\"\\\\]|\\\\[n\"])+)\"\\}");

  /** What pictures show, with its two keywords, as the table of pictures has them. */
  private record Theme(String english, String chinese) {}

  private record Song(
      String id,
      String title,
      String artist,
      String language,
      int year,
      int popularity,
      List<String> lines) {

    boolean isAbout(Theme theme) {
      Pattern word = Pattern.compile(word(theme), Pattern.CASE_INSENSITIVE);
      return word.matcher(title).find()
          || word.matcher(String.join("\n", lines)).results().count() > 1;
    }

    private String word(Theme theme) {
      if (language.equals("en")) {
        String word = theme.english().equals("leaf") ? "leaf|leaves" : theme.english() + "(?:e?s)?";
        return "\\b(?:" + word + ")\\b";
      }
      return language.equals("zh-Hans")
          ? theme.chinese()
          : TRADITIONAL.getOrDefault(theme.chinese(), theme.chinese());
    }
  }

  private static List<Song> songs;

  @BeforeAll
  static void read() {
    songs = lines("songs.jsonl").map(DemoSongsTest::song).toList();
  }

  private static Stream<String> lines(String resource) {
    try (InputStream in = DemoCatalogue.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Theme> themes() {
    return lines("pictures.csv")
        .skip(1)
        .map(row -> row.split("[,|]"))
        .map(cells -> new Theme(cells[3], cells[2]))
        .distinct();
  }

  private static Song song(String line) {
    Matcher matcher = SHAPE.matcher(line);
    assertThat(matcher.matches()).as(line).isTrue();
    return new Song(
        matcher.group(1),
        matcher.group(2),
        matcher.group(3),
        matcher.group(4),
        Integer.parseInt(matcher.group(5)),
        Integer.parseInt(matcher.group(6)),
        List.of(matcher.group(8).replace("\\\"", "\"").split("\\\\n")));
  }

  @Test
  void areAsManyAsPlannedInEachLanguage() {
    assertThat(songs).hasSize(150);
    assertThat(in("zh-Hans")).hasSize(65);
    assertThat(in("zh-Hant")).hasSize(30);
    assertThat(in("en")).hasSize(55);
  }

  private static List<Song> in(String language) {
    return songs.stream().filter(song -> song.language().equals(language)).toList();
  }

  @Test
  void haveIdsAndTitlesOfTheirOwn() {
    assertThat(songs).extracting(Song::id).doesNotHaveDuplicates();
    assertThat(songs).extracting(Song::title).doesNotHaveDuplicates();
  }

  @Test
  void haveFourToEightLinesAndShareNone() {
    assertThat(songs).allSatisfy(song -> assertThat(song.lines()).hasSizeBetween(4, 8));
    assertThat(songs.stream().map(Song::lines).flatMap(List::stream)).doesNotHaveDuplicates();
  }

  @Test
  void haveSensibleYearsAndPopularity() {
    assertThat(songs).extracting(Song::year).allMatch(year -> year >= 2000 && year <= 2025);
    assertThat(songs).extracting(Song::popularity).allMatch(value -> value <= 100);
  }

  @Test
  void comeFromArtistsWithSeveralSongs() {
    Stream<String> artists = songs.stream().map(Song::artist).distinct();
    assertThat(artists)
        .hasSize(25)
        .allMatch(name -> songs.stream().filter(song -> song.artist().equals(name)).count() > 2);
  }

  @Test
  void areEachAboutSomeTheme() {
    assertThat(songs).allMatch(song -> themes().anyMatch(song::isAbout));
  }

  @ParameterizedTest
  @MethodSource("themes")
  void coverEachTheme(Theme theme) {
    List<Song> about = songs.stream().filter(song -> song.isAbout(theme)).toList();
    long english = about.stream().filter(song -> song.language().equals("en")).count();

    assertThat(about).hasSizeGreaterThanOrEqualTo(6);
    assertThat(english).isGreaterThanOrEqualTo(2);
    assertThat(about.size() - english).isGreaterThanOrEqualTo(3);
  }
}
