package org.seesong.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.FilesNotTaken;
import org.seesong.catalogue.Picture;
import org.seesong.catalogue.Problems;
import org.seesong.catalogue.Song;
import org.seesong.index.SongDocument;
import org.seesong.index.WeightedKeyword;
import org.seesong.keyword.KeywordList;
import org.seesong.keyword.KeywordOptions;
import org.seesong.keyword.KeywordTools;
import org.seesong.keyword.KeywordWeighting;
import org.seesong.keyword.Keywords;
import org.seesong.keyword.Segmenters;
import org.seesong.vector.FloatVector;

class KeywordLinesTest {
  private static final KeywordTools TOOLS = KeywordTools.builtIn(Segmenters.byName("jieba"));

  /** As a build finds them: the line of each keyword, null for those that were not counted. */
  private static List<String> titled(String title, String lyrics, String... keywords) {
    Song song = new Song("s", title, "", lyrics, "", Double.NaN, 0, new TreeMap<>());
    List<WeightedKeyword> labels = new ArrayList<>();
    for (String keyword : keywords) {
      labels.add(new WeightedKeyword(keyword, 1));
    }
    Picture picture = new Picture("p", "p", Path.of("p"), labels);
    Catalogue catalogue =
        new Catalogue(List.of(song), List.of(picture), Problems.NONE, FilesNotTaken.NONE);
    Keywords found =
        Keywords.of(
            catalogue,
            KeywordOptions.DEFAULT.toBuilder()
                .keywords(0)
                .weighting(KeywordWeighting.TFIDF)
                .build(),
            TOOLS,
            KeywordList.none(),
            done -> {});
    SongDocument document =
        new SongDocuments(found.vocabulary(), TOOLS.folder(), TOOLS.cleaner(), Optional.empty())
            .document(song, found.songs(), 0, FloatVector.empty());
    Map<String, String> byKeyword = new HashMap<>();
    for (int i = 0; i < document.keywords().size(); i++) {
      byKeyword.put(
          document.keywords().get(i).keyword(),
          i < document.keywordLines().size() ? document.keywordLines().get(i) : "-");
    }
    List<String> lines = new ArrayList<>();
    for (String keyword : keywords) {
      lines.add(byKeyword.get(keyword));
    }
    return lines;
  }

  private static List<String> lines(String lyrics, String... keywords) {
    return titled("", lyrics, keywords);
  }

  @Test
  void theFirstLineThatHoldsAKeywordIsGivenAsWritten() {
    String lyrics = "今夜没有风\n  聖誕的雪花飄\r\n雪還在下";
    assertThat(lines(lyrics, "雪", "圣诞", "风", "海"))
        .containsExactly("聖誕的雪花飄", "聖誕的雪花飄", "今夜没有风", null);
  }

  @Test
  void englishKeywordsAreWholeWordsInAnyForm() {
    String lyrics = "A start too far\nWhere OCEANS roar\nArt and the ocean";
    assertThat(lines(lyrics, "ocean", "art", "star"))
        .containsExactly("Where OCEANS roar", "Art and the ocean", null);
  }

  @Test
  void aLineWhereTheKeywordDoesNotCountIsNoEvidence() {
    assertThat(lines("我马上回来\n一匹白马", "马")).containsExactly("一匹白马");
    assertThat(lines("мирный день\nи мир во всём", "мир")).containsExactly("и мир во всём");
    assertThat(lines("sống động\ncon ng kia", "ng")).containsExactly("con ng kia");
    assertThat(lines("水上海面宽\n去上海", "上海")).containsExactly("去上海");
  }

  @Test
  void aKeywordOfTheTitleAloneHasNoLine() {
    assertThat(titled("白马", "我马上回来", "马")).containsExactly("");
  }

  @Test
  void blankLinesAndMarksBeforeTheLineDoNotMoveIt() {
    assertThat(lines("\n \n\n(it's Mary's dogs' way)\n\nthe   children   sing", "child", "sing"))
        .containsExactly("the   children   sing", "the   children   sing");
  }

  @Test
  void aLongLineIsCutAroundItsKeyword() {
    String lyrics = "啊".repeat(500) + "雪" + "啊".repeat(500);
    String line = lines(lyrics, "雪").get(0);
    assertThat(line).hasSize(120).contains("雪");
  }

  @Test
  void onlyTheTenHeaviestKeywordsGetALine() {
    String[] many = "梅 兰 竹 菊 桃 杏 梨 柳 松 柏 荷 桂".split(" ", -1);
    assertThat(lines(String.join("，", many), many)).filteredOn(line -> line.equals("-")).hasSize(2);
  }
}
