package org.seesong.keyword;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordRuleTest {
  private static final ScriptFolder FOLDER = ScriptFolder.builtIn();

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // word, a text that holds it, one that does not
        "art,the art of love,a start",
        "café,un café noir,caféine",
        "мир,и мир во всём,мирный день",
        "нос,нос,вынос",
        "θάλασσα,η θάλασσα μου,θαλασσινός",
        "ng,ng,sống động",
        "mưa,cơn mưa về,mưaa",
        "song,a song,sống",
        "雪,白雪飘,-",
        "海,大海,上海",
        "눈,첫눈이 와요,-",
        "さくら,さくらが咲く,-",
        "カ,カ,-",
        "2000,year 2000,12000",
        "q,the q,q\u0323 is another letter",
        "सूर,सूर,सूरज",
        "ك,ك,كتاب"
      })
  void aWordStandsAloneByTheRuleOfItsScript(String word, String holds, String doesNot) {
    assertThat(counts(word, holds)).as("%s in %s", word, holds).isPositive();
    if (doesNot != null) {
      assertThat(counts(word, doesNot)).as("%s in %s", word, doesNot).isZero();
    }
  }

  private static int counts(String word, String lyrics) {
    Vocabulary vocabulary = Vocabulary.of(List.of(word), FOLDER);
    KeywordMatcher matcher =
        new KeywordMatcher(vocabulary.folded(), NonCompositionalWords.builtIn());
    SongTexts.Text text = SongTexts.Text.ofLyrics(Vocabulary.canonical(lyrics, FOLDER));
    KeywordMatcher.Counts counts = new KeywordMatcher.Counts(1);
    List<Token> tokens = Segmenters.byName("unicode").segment(text.text());
    matcher.count(text, new WordBounds(text.text().length(), tokens), counts);
    return counts.lyrics[0] + counts.title[0];
  }

  @Test
  void aVariationSelectorIsNoPartOfAWord() {
    assertThat(counts("❤", "love ❤\uFE0F you")).isEqualTo(1);
  }
}
