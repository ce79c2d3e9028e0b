package org.seesong.keyword;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.FilesNotTaken;
import org.seesong.catalogue.Picture;
import org.seesong.catalogue.Problems;
import org.seesong.catalogue.Song;
import org.seesong.index.WeightedKeyword;
import org.seesong.text.LyricsCleaner;

/** What stands in lyrics beside sung words makes no keywords. */
final class CleanedKeywordsTest {
  private static final Segmenter JIEBA = Segmenters.byName("jieba");
  private static final ScriptFolder FOLDER = ScriptFolder.builtIn();

  private final List<Song> songs = new ArrayList<>();

  private static KeywordTools tools(boolean cleaning) {
    return new KeywordTools(
        JIEBA,
        FOLDER,
        StopWords.builtIn(),
        NonCompositionalWords.builtIn(),
        LyricsCleaner.of(cleaning));
  }

  private void add(String title, String lyrics) {
    songs.add(new Song("s" + songs.size(), title, "", lyrics, "", Double.NaN, 0, new TreeMap<>()));
  }

  private Catalogue catalogue(String... labels) {
    List<Picture> pictures = new ArrayList<>();
    for (String label : labels) {
      pictures.add(new Picture(label, label, Path.of("p"), List.of(new WeightedKeyword(label, 1))));
    }
    return new Catalogue(songs, pictures, Problems.NONE, FilesNotTaken.NONE);
  }

  private static Keywords keywords(Catalogue catalogue, boolean cleaning) {
    return Keywords.of(
        catalogue, KeywordOptions.DEFAULT, tools(cleaning), KeywordList.none(), done -> {});
  }

  /** Keywords and the number of songs that hold each. */
  private static Map<String, Integer> documents(Keywords keywords) {
    Map<String, Integer> documents = new TreeMap<>();
    keywords.report().keywords().forEach(line -> documents.put(line.keyword(), line.documents()));
    return documents;
  }

  @Test
  void creditsAreNoKeywords() {
    for (int i = 0; i < 20; i++) {
      add("雪之歌" + i, " 作词 : 张三\n编曲：王五\n录音室：月光录音棚\n混音工程师：钱七\n贝斯：吴十\n版权所有 未经许可不得翻唱\n我看见雪");
    }
    for (int i = 0; i < 28; i++) {
      add("雪之歌" + i, "我看见雪");
    }
    assertThat(documents(keywords(catalogue("雪"), true)).keySet())
        .doesNotContain("作词", "编曲", "录音室", "录音棚", "工程师", "贝斯", "版权所有", "月光", "钱");
    assertThat(documents(keywords(catalogue("雪"), false)).keySet()).contains("作词", "录音室");
  }

  @Test
  void markupAndTagsAreNoKeywords() {
    for (int i = 0; i < 20; i++) {
      add(
          "Snow " + i,
          "[al:Collection]\r\n[00:01.00]<p>I&#x27;m snow &amp; alone&nbsp;<br />\nsnow</p>");
    }
    Map<String, Integer> documents = documents(keywords(catalogue("snow"), true));
    assertThat(documents).containsEntry("snow", 20);
    assertThat(documents.keySet()).doesNotContain("amp", "br", "nbsp", "x27", "al", "collection");
  }

  @Test
  void escapedLineEndsGlueNoWords() {
    add("a", "Walking home\\nsnow falls on me\\n");
    add("b", "Walking home\\nsnow falls on me\\n");
    assertThat(documents(keywords(catalogue("snow"), true)))
        .containsEntry("snow", 2)
        .doesNotContainKey("nsnow");
  }

  @Test
  void songsWithoutWordsHaveNoKeywords() {
    for (int i = 10; i < 20; i++) {
      add("Track " + i, i % 2 == 0 ? "纯音乐，请欣赏" : "[00:00.00]此歌曲为没有填词的纯音乐，请您欣赏");
      add("雪", "雪落下");
    }
    Keywords keywords = keywords(catalogue("雪"), true);
    assertThat(documents(keywords)).containsOnlyKeys("雪");
    assertThat(keywords.songs().emptyRows()).isEqualTo(10);
    assertThat(keywords.report().lyrics().describe())
        .isEqualTo("5 time tags in 5 songs, 10 songs without words");
  }

  @Test
  void cloudsOfStageDirectionsAreNoClouds() {
    add("a", "(正末云)看雪。\n（做见科，云）雪");
    add("b", "白云在山上");
    assertThat(documents(keywords(catalogue("云"), true))).containsEntry("云", 1);
  }

  @Test
  void invisibleCharactersMakeNoOtherKeyword() {
    add("a", "I give you \u2764 tonight");
    add("b", "I give you \u2764\uFE0F tonight");
    add("c", "snow\u00ADflake \u200Bfalls");
    for (boolean cleaning : new boolean[] {true, false}) {
      Keywords keywords =
          keywords(catalogue("\u2764\uFE0F", "\u2764", "\uFEFFsnowflake"), cleaning);
      assertThat(keywords.vocabulary().idOf("\u2764"))
          .isEqualTo(keywords.vocabulary().idOf("\u2764\uFE0F"));
      Map<String, Integer> documents = documents(keywords);
      assertThat(documents).containsEntry("\u2764", 2).containsEntry("\uFEFFsnowflake", 1);
    }
  }

  @Test
  void accentedWordsAreWholeWords() {
    String[] words = {"café", "été", "Übung", "smörgås", "naïve", "señor", "Köln", "jardín"};
    for (int i = 0; i < 32; i++) {
      String word = words[i % 8];
      // Composed and decomposed letters, among Chinese too.
      String written =
          i < 16 ? word : java.text.Normalizer.normalize(word, java.text.Normalizer.Form.NFD);
      add("t" + i, i % 16 < 8 ? "the " + written + " in the street" : "我在" + written + "等你");
    }
    Map<String, Integer> documents = documents(keywords(catalogue(words), true));
    for (String word : words) {
      assertThat(documents).containsEntry(word, 4);
    }
  }

  @Test
  void whatComesLaterIsCleanedAsTheBuildDid() {
    for (int i = 0; i < 8; i++) {
      add("t" + i, "作词：雪儿\n(正末云)我看见花\n" + (i % 2 == 0 ? "雪" : "海"));
    }
    Catalogue catalogue = catalogue("雪", "海", "云");
    for (boolean cleaning : new boolean[] {true, false}) {
      Keywords built = keywords(catalogue, cleaning);
      KeywordTagger later = new KeywordTagger(built.model());
      assertThat(later.cleaner().isOn()).isEqualTo(cleaning);
      KeywordRows rows = later.songs(songs, 1, done -> {});
      assertThat(rows.offsets()).containsExactly(built.songs().offsets());
      assertThat(rows.keywords()).containsExactly(built.songs().keywords());
      assertThat(rows.weights()).containsExactly(built.songs().weights());
      assertThat(documents(built)).containsEntry("雪", cleaning ? 4 : 8);
    }
  }
}
