package org.seesong.keyword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.FilesNotTaken;
import org.seesong.catalogue.Picture;
import org.seesong.catalogue.Problems;
import org.seesong.catalogue.Song;
import org.seesong.index.WeightedKeyword;
import org.seesong.testing.SharedData;

class ClassKeywordsTest {
  private static final KeywordTools TOOLS = KeywordTools.builtIn(Segmenters.byName("unicode"));
  private static final List<String> NAMES =
      List.of(
          "background",
          "monarch, monarch butterfly, milkweed butterfly, Danaus plexippus",
          "crane",
          "beagle",
          "crane",
          "n03792972 blue_hour, twilight");

  private static KeywordRows rows(double[]... pictures) {
    KeywordRows.Builder rows = new KeywordRows.Builder();
    for (double[] picture : pictures) {
      for (int number = 0; number < picture.length; number++) {
        if (picture[number] > 0) {
          rows.add(number, (float) picture[number]);
        }
      }
      rows.endRow();
    }
    return rows.build();
  }

  private static Catalogue catalogue(List<Picture> pictures, String... lyrics) {
    List<Song> songs = new ArrayList<>();
    for (String text : lyrics) {
      for (int copy = 0; copy < 2; copy++) {
        String id = "s" + songs.size();
        songs.add(new Song(id, "", "", text, "", Double.NaN, 0, new TreeMap<>()));
      }
    }
    return new Catalogue(songs, pictures, Problems.NONE, FilesNotTaken.NONE);
  }

  private static Picture picture(String id, String... labels) {
    return new Picture(
        id,
        id,
        Path.of(id),
        Arrays.stream(labels).map(label -> new WeightedKeyword(label, 1)).toList());
  }

  private static Keywords keywords(
      List<Picture> pictures, KeywordRows classes, KeywordList given, String... lyrics) {
    return KeywordStage.run(
            catalogue(pictures, lyrics),
            new PictureClasses(NAMES, classes),
            KeywordOptions.DEFAULT.toBuilder().keywords(0).build(),
            TOOLS,
            given,
            done -> {})
        .weigh();
  }

  private static List<String> of(KeywordRows rows, int picture, Vocabulary vocabulary) {
    return Arrays.stream(rows.keywords(), rows.offsets()[picture], rows.offsets()[picture + 1])
        .mapToObj(id -> vocabulary.displays().get(id))
        .toList();
  }

  private static List<String> of(Keywords keywords, int picture) {
    return of(keywords.pictures(), picture, keywords.vocabulary());
  }

  @Test
  void theTableHasALineForEachClassInImageNetsOrder() throws Exception {
    List<String> lines = ClassWords.table().stream().map(WordFile.Entry::text).toList();
    assertThat(lines).hasSize(1000).allMatch(line -> line.matches("[^,]+,[^,]*,[^,]*"));
    List<String> labels =
        Files.readAllLines(SharedData.require("models/imagenet_labels.txt")).stream()
            .skip(1)
            .map(line -> line.split(",")[0].toLowerCase(Locale.ROOT))
            .toList();
    assertThat(lines.stream().map(line -> line.split(",")[0])).containsExactlyElementsOf(labels);
  }

  @Test
  void noGroupOfTheTableIsEmptyOrSaysAWordTwice() {
    for (WordFile.Entry entry : ClassWords.table()) {
      String[] fields = entry.text().split(",", -1);
      for (String field : List.of(fields[1], fields[2])) {
        assertThat(field.isEmpty() ? List.of("-") : List.of(field.split("[>/]", -1)))
            .as(entry.text())
            .doesNotHaveDuplicates()
            .noneMatch(word -> word.isBlank() || !word.equals(word.strip()));
      }
    }
  }

  @Test
  void ofTwoClassesWithOneNameTheTablesOrderTells() {
    List<ClassWords> words = ClassWords.of(NAMES);
    assertThat(words.get(2).all()).contains("鹤").doesNotContain("起重机");
    assertThat(words.get(4).all()).contains("起重机").doesNotContain("鹤");
    assertThat(words.get(3).all()).contains("dog", "犬");
  }

  @Test
  void aClassThatTheTableDoesNotHaveIsCalledAsTheModelCallsIt() {
    assertThat(ClassWords.of(NAMES).get(5).languages())
        .isEqualTo(List.of(List.of(List.of("blue hour", "twilight"))));
  }

  @Test
  void theMostSpecialWordsThatSongsHoldCountInEachLanguage() {
    List<Picture> pictures = List.of(picture("a"), picture("b"), picture("c"));
    KeywordRows classes =
        rows(new double[] {0, .9}, new double[] {0, 0, 0, .9}, new double[] {0, 0, 0, 0, .9});
    Keywords keywords =
        keywords(pictures, classes, KeywordList.none(), "蝴蝶飞", "虫", "insects", "犬吠", "my dogs");
    assertThat(of(keywords, 0)).containsExactlyInAnyOrder("蝴蝶", "蝶", "insect");
    assertThat(of(keywords, 1)).containsExactlyInAnyOrder("犬", "dog");
    assertThat(of(keywords, 2)).isEmpty();
    assertThat(keywords.vocabulary().displays()).doesNotContain("虫", "帝王蝶", "起重机");
  }

  @Test
  void labelsOfTheOwnerGoBeforeAndAGivenListIsNotAddedTo() {
    List<Picture> pictures = List.of(picture("a", "帆"), picture("b"), picture("c"));
    KeywordRows classes = rows(new double[0], new double[] {0, 0, 0, .9}, new double[] {0, .9});
    KeywordList given = new KeywordList(List.of("狗"));
    Keywords keywords = keywords(pictures, classes, given, "帆", "犬与狗", "蝴蝶");
    assertThat(of(keywords, 0)).containsExactly("帆");
    assertThat(of(keywords, 1)).containsExactly("狗");
    assertThat(of(keywords, 2)).isEmpty();
    assertThat(keywords.vocabulary().displays()).containsExactly("狗", "帆");
  }

  @Test
  void probabilitiesOfOneKeywordAddUpAndSmallOnesAreNotGiven() {
    ClassKeywords classes = new ClassKeywords("x", List.of(List.of(0), List.of(0, 2), List.of()));
    KeywordRows rows =
        classes.rows(
            rows(
                new double[] {.5, .4, .1},
                new double[] {.5, .1, .4},
                new double[] {0, 0, 1},
                new double[] {1, 0, 0}));
    assertThat(rows.offsets()).containsExactly(0, 1, 1, 1, 2);
    assertThat(rows.keywords()).containsExactly(0, 0);
    assertThat(rows.weights()[0]).isEqualTo((float) ClassKeywords.weight(.5f + (double) .4f));
    assertThat(rows.weights()[1]).isGreaterThan(rows.weights()[0]).isLessThan(1);
  }

  @Test
  void aPictureThatComesLaterGetsWhatItWouldHaveGot() throws Exception {
    List<Picture> pictures = List.of(picture("a"), picture("b", "帆"), picture("c"));
    KeywordRows classes = rows(new double[] {0, .8, 0, .1}, new double[0], new double[] {0, 0, .9});
    Keywords keywords = keywords(pictures, classes, KeywordList.none(), "蝶", "帆", "白鹤");
    ObjectMapper json = new ObjectMapper();
    KeywordModel read =
        json.readValue(json.writeValueAsBytes(keywords.model()), KeywordModel.class);
    assertThat(read).isEqualTo(keywords.model());
    KeywordTagger later = new KeywordTagger(read);
    KeywordRows rows = later.pictures(pictures, new PictureClasses(NAMES, classes));
    assertThat(rows.keywords()).containsExactly(keywords.pictures().keywords()).hasSize(4);
    assertThat(rows.weights()).containsExactly(keywords.pictures().weights());
    assertThat(read.classes().isOf(NAMES)).isTrue();
    assertThat(read.classes().isOf(NAMES.subList(1, 3))).isFalse();
    assertThatThrownBy(() -> new PictureClasses(NAMES.subList(0, 2), classes))
        .hasMessage("class 3 of a network with 2 classes");
  }

  @Test
  void withoutClassesThereAreNoKeywordsOfThem() {
    assertThat(ClassKeywords.of(List.of(), Vocabulary.of(List.of("花"), TOOLS.folder()), id -> true))
        .isEqualTo(ClassKeywords.NONE);
  }
}
