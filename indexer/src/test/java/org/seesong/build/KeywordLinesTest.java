package org.seesong.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seesong.index.WeightedKeyword;
import org.seesong.keyword.ScriptFolder;
import org.seesong.keyword.Vocabulary;

class KeywordLinesTest {
  private static final ScriptFolder FOLDER = ScriptFolder.builtIn();

  private static List<String> lines(String lyrics, String... keywords) {
    List<WeightedKeyword> carried = new ArrayList<>();
    for (String keyword : keywords) {
      carried.add(new WeightedKeyword(keyword, 1));
    }
    return new KeywordLines(Vocabulary.of(List.of(keywords), FOLDER))
        .of(carried, lyrics, FOLDER.fold(lyrics));
  }

  @Test
  void theFirstLineThatHoldsAKeywordIsGivenAsWritten() {
    String lyrics = "今夜没有风\n  聖誕的雪花飄\r\n雪還在下";
    assertThat(lines(lyrics, "雪", "圣诞", "风", "海")).containsExactly("聖誕的雪花飄", "聖誕的雪花飄", "今夜没有风", "");
  }

  @Test
  void englishKeywordsAreWholeWordsInAnyForm() {
    String lyrics = "A start too far\nWhere OCEANS roar\nArt and the ocean";
    assertThat(lines(lyrics, "ocean", "art", "star"))
        .containsExactly("Where OCEANS roar", "Art and the ocean", "");
  }

  @Test
  void aLongLineIsCutAroundItsKeyword() {
    String lyrics = "啊".repeat(500) + "雪" + "啊".repeat(500);
    String line = lines(lyrics, "雪").get(0);
    assertThat(line).hasSize(120).contains("雪");
  }

  @Test
  void onlyTheTenHeaviestKeywordsGetALine() {
    String[] many = "一 二 三 四 五 六 七 八 九 十 百 千".split(" ", -1);
    assertThat(lines("一二三四五六七八九十百千", many)).hasSize(10);
  }
}
