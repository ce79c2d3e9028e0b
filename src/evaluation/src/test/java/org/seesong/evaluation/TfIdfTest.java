package org.seesong.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seesong.catalogue.Song;
import org.seesong.keyword.KeywordTools;
import org.seesong.keyword.Segmenters;

class TfIdfTest {
  private static final List<String> KEYWORDS = List.of("雪", "山");

  private static Song song(String id, String title, String lyrics) {
    return new Song(id, title, "", lyrics, "zh", Double.NaN, 0, new TreeMap<>());
  }

  @Test
  void weighsByOccurrencesInLyricsAndTitlesAndByRarity() {
    List<Song> files =
        List.of(
            song("not indexed", "", "雪"),
            song("a", "", "雪满山，雪满天"),
            song("b", "雪", "花开了"),
            song("c", "", "花落了"));
    SongTable songs =
        new SongTable(
            List.of("c", "b", "a"),
            2,
            new int[][] {{0}, {}, {}},
            new float[][] {{0.9f}, {}, {}},
            IntStream.range(0, 3).mapToDouble(i -> Double.NaN).toArray());
    SongTable weighed =
        new TfIdf(songs, KEYWORDS).of(files, KeywordTools.builtIn(Segmenters.byName("unicode")));
    assertThat(weighed.id(2)).isEqualTo("a");
    assertThat(weighed.held(0)).isEmpty();
    double rarity = Math.log1p(4 / 3.);
    assertThat(weighed.weight(2, 0)).isCloseTo((1 + Math.log(2)) * rarity, within(1e-6));
    assertThat(weighed.weight(1, 0)).isCloseTo((1 + Math.log(2)) * rarity, within(1e-6));
    assertThat(weighed.weight(2, 1)).isCloseTo(Math.log1p(4), within(1e-6));
    assertThat(weighed.weight(1, 1)).isZero();
  }
}
