package org.seesong.keyword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.FilesNotTaken;
import org.seesong.catalogue.Picture;
import org.seesong.catalogue.Problems;
import org.seesong.catalogue.Song;
import org.seesong.index.WeightedKeyword;

final class LaterKeywordsTest {
  private static final String[] WORDS = {
    "雪", "白雪", "花", "明月", "东风", "火车", "我", "，", "\n", "ocean", " oceans ", "海", "上海"
  };

  private static Catalogue catalogue(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Song> songs = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      StringBuilder lyrics = new StringBuilder("x");
      for (int w = random.nextInt(40); w > 0; w--) {
        lyrics.append(WORDS[random.nextInt(WORDS.length)]);
      }
      String title = i < 60 ? "蝶恋花・" + WORDS[i % 5] : WORDS[i % 5];
      songs.add(
          new Song("s" + i, title, "", lyrics.toString(), "", Double.NaN, 0, new TreeMap<>()));
    }
    List<Picture> pictures = new ArrayList<>();
    for (String label : List.of("雪", "花", "帆")) {
      pictures.add(
          new Picture(label, label, Path.of(label), List.of(new WeightedKeyword(label, 0.5))));
    }
    return new Catalogue(songs, pictures, new Problems(List.of(), Map.of()), FilesNotTaken.NONE);
  }

  private static KeywordTools tools(Path folder) throws Exception {
    Path overrides = Files.writeString(folder.resolve("overrides"), "飄著=飘着\n");
    Path words = Files.writeString(folder.resolve("words"), "白雪 9 n\n");
    ScriptFolder scripts = ScriptFolder.withOverrides(overrides);
    return new KeywordTools(
        Segmenters.byName("jieba", UserWords.read(words, scripts)),
        scripts,
        StopWords.builtIn(),
        OpaqueWords.builtIn());
  }

  /** Through JSON, as it is kept. */
  private static KeywordState kept(KeywordState state) throws Exception {
    ObjectMapper json = new ObjectMapper();
    KeywordState read = json.readValue(json.writeValueAsBytes(state), KeywordState.class);
    assertThat(read).isEqualTo(state);
    return read;
  }

  @ParameterizedTest
  @EnumSource(KeywordOptions.Weighting.class)
  void aSongThatComesLaterIsWeighedAsIfItHadBeenThere(
      KeywordOptions.Weighting weighting, @TempDir Path folder) throws Exception {
    KeywordTools tools = tools(folder);
    KeywordOptions options = KeywordOptions.defaults().withWeighting(weighting).withThreads(2);
    for (long seed = 1; seed <= 3; seed++) {
      Catalogue catalogue = catalogue(seed);
      Keywords keywords = Keywords.of(catalogue, options, tools, KeywordList.none(), done -> {});
      KeywordState state = kept(KeywordState.of(keywords, catalogue, options, tools));
      LaterKeywords later = new LaterKeywords(state);
      KeywordRows songs = later.songs(catalogue.songs(), 2, done -> {});
      assertThat(songs.offsets()).containsExactly(keywords.songs().offsets());
      assertThat(songs.keywords()).containsExactly(keywords.songs().keywords());
      assertThat(songs.weights()).containsExactly(keywords.songs().weights());
      KeywordRows pictures = later.pictures(catalogue.pictures());
      assertThat(pictures.keywords()).containsExactly(keywords.pictures().keywords());
      assertThat(pictures.weights()).containsExactly(keywords.pictures().weights());
      assertThat(later.unknown(catalogue.pictures())).isEmpty();
      assertThat(state.tuneNames()).containsExactly("蝶恋花");
      assertThat(state.userWords()).containsKey("白雪");
      assertThat(state.scriptOverrides()).isNotEmpty();
    }
  }

  @Test
  void wordsOutsideTheVocabularyAreToldAndAKeywordWithoutSongsHasAWeight() throws Exception {
    Catalogue catalogue = catalogue(1);
    KeywordTools tools = KeywordTools.builtIn(Segmenters.byName("unicode"));
    KeywordOptions options = KeywordOptions.defaults();
    Keywords keywords = Keywords.of(catalogue, options, tools, KeywordList.none(), done -> {});
    LaterKeywords later = new LaterKeywords(KeywordState.of(keywords, catalogue, options, tools));
    Picture picture =
        new Picture(
            "n",
            "n",
            Path.of("n"),
            List.of(new WeightedKeyword("企鹅", 1), new WeightedKeyword("雪", 1)));
    assertThat(later.unknown(List.of(picture, picture))).containsExactly(Map.entry("企鹅", 2));
    assertThat(later.pictures(List.of(picture)).keywords()).hasSize(1);
    Song sail = new Song("n", "帆", "", "帆", "", Double.NaN, 0, new TreeMap<>());
    KeywordRows rows = later.songs(List.of(sail), 1, done -> {});
    assertThat(rows.keywords()).containsExactly(later.vocabulary().idOf("帆"));
    assertThat(rows.weights()[0]).isPositive().isFinite();
  }

  @Test
  void aDamagedStateIsRefused() throws Exception {
    Catalogue catalogue = catalogue(1);
    KeywordTools tools = KeywordTools.builtIn(Segmenters.byName("unicode"));
    KeywordOptions options = KeywordOptions.defaults();
    Keywords keywords = Keywords.of(catalogue, options, tools, KeywordList.none(), done -> {});
    KeywordState state = KeywordState.of(keywords, catalogue, options, tools);
    ObjectMapper json = new ObjectMapper();
    String text = json.writeValueAsString(state);
    String other = text.replace(state.vocabularyHash(), "0");
    assertThatThrownBy(() -> new LaterKeywords(json.readValue(other, KeywordState.class)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the keywords make vocabulary " + state.vocabularyHash() + ", but are said to make 0");
    String none = text.replace("\"songs\":150", "\"songs\":0");
    assertThatThrownBy(() -> json.readValue(none, KeywordState.class))
        .hasMessageContaining("statistics of 0 songs");
  }
}
