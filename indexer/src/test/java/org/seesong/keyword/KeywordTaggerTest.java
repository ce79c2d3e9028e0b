package org.seesong.keyword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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

final class KeywordTaggerTest {
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
    return new Catalogue(songs, pictures, Problems.NONE, FilesNotTaken.NONE);
  }

  private static KeywordTools tools(Path folder) throws Exception {
    Path overrides = Files.writeString(folder.resolve("overrides"), "飄著=飘着\n");
    Path words = Files.writeString(folder.resolve("words"), "白雪 9 n\n");
    ScriptFolder scripts = ScriptFolder.withOverrides(overrides);
    return new KeywordTools(
        Segmenters.byName("jieba", UserWords.read(words, scripts)),
        scripts,
        StopWords.builtIn(),
        NonCompositionalWords.builtIn());
  }

  /** Through JSON, as it is kept. */
  private static KeywordModel kept(KeywordModel state) throws Exception {
    ObjectMapper json = new ObjectMapper();
    KeywordModel read = json.readValue(json.writeValueAsBytes(state), KeywordModel.class);
    assertThat(read).isEqualTo(state);
    return read;
  }

  @ParameterizedTest
  @EnumSource(KeywordWeighting.Formula.class)
  void aSongThatComesLaterIsWeighedAsIfItHadBeenThere(
      KeywordWeighting.Formula formula, @TempDir Path folder) throws Exception {
    KeywordTools tools = tools(folder);
    KeywordOptions options =
        KeywordOptions.DEFAULT.toBuilder()
            .weighting(new KeywordWeighting(formula, 2, 1.2, 0.75))
            .threads(2)
            .build();
    for (long seed = 1; seed <= 3; seed++) {
      Catalogue catalogue = catalogue(seed);
      Keywords keywords = Keywords.of(catalogue, options, tools, KeywordList.none(), done -> {});
      KeywordModel state = kept(keywords.model());
      KeywordTagger later = new KeywordTagger(state);
      KeywordRows songs = later.songs(catalogue.songs(), 2, done -> {});
      assertThat(songs.offsets()).containsExactly(keywords.songs().offsets());
      assertThat(songs.keywords()).containsExactly(keywords.songs().keywords());
      assertThat(songs.weights()).containsExactly(keywords.songs().weights());
      KeywordRows pictures = later.pictures(catalogue.pictures());
      assertThat(pictures.keywords()).containsExactly(keywords.pictures().keywords());
      assertThat(pictures.weights()).containsExactly(keywords.pictures().weights());
      assertThat(later.unknown(catalogue.pictures())).isEmpty();
      assertThat(state.prefixes().prefixes()).containsExactly("蝶恋花");
      assertThat(state.reading().userWords()).containsKey("白雪");
      assertThat(state.reading().scriptOverrides()).isNotEmpty();
    }
  }

  @Test
  void wordsOutsideTheVocabularyAreToldAndAKeywordWithoutSongsHasAWeight() throws Exception {
    Catalogue catalogue = catalogue(1);
    KeywordTools tools = KeywordTools.builtIn(Segmenters.byName("unicode"));
    KeywordOptions options = KeywordOptions.DEFAULT;
    Keywords keywords = Keywords.of(catalogue, options, tools, KeywordList.none(), done -> {});
    KeywordTagger later = new KeywordTagger(keywords.model());
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
    KeywordOptions options = KeywordOptions.DEFAULT;
    Keywords keywords = Keywords.of(catalogue, options, tools, KeywordList.none(), done -> {});
    KeywordModel state = keywords.model();
    ObjectMapper json = new ObjectMapper();
    String text = json.writeValueAsString(state);
    String other = text.replace(state.vocabularyHash(), "0");
    assertThatThrownBy(() -> new KeywordTagger(json.readValue(other, KeywordModel.class)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the keywords make vocabulary " + state.vocabularyHash() + ", but are said to make 0");
    String none = text.replace("\"songs\":150", "\"songs\":0");
    assertThatThrownBy(() -> json.readValue(none, KeywordModel.class))
        .hasMessageContaining("statistics of 0 songs");
  }

  private static Keywords keywords(Catalogue catalogue, KeywordTools tools, String... given)
      throws IOException {
    KeywordList list = given.length == 0 ? KeywordList.none() : new KeywordList(List.of(given));
    return Keywords.of(catalogue, KeywordOptions.DEFAULT, tools, list, done -> {});
  }

  @Test
  void wordsOfListsMeetTheirOtherForms(@TempDir Path folder) throws Exception {
    ScriptFolder scripts = ScriptFolder.builtIn();
    Path user = Files.writeString(folder.resolve("user.txt"), "heart-breakers n\n");
    Path opaque = Files.writeString(folder.resolve("opaque.txt"), "stars: rock-stars\n");
    KeywordTools tools =
        new KeywordTools(
            Segmenters.byName("unicode", UserWords.read(user, scripts)),
            scripts,
            StopWords.builtIn(),
            NonCompositionalWords.none().plus(opaque, scripts));
    assertThat(tools.segmenter().segment("two heart-breaker"))
        .extracting(Token::text)
        .containsExactly("two", "heart-breaker");
    Song hidden = new Song("1", "", "", "a rock-star", "", Double.NaN, 0, new TreeMap<>());
    Song shown = new Song("2", "", "", "a star", "", Double.NaN, 0, new TreeMap<>());
    Catalogue catalogue =
        new Catalogue(List.of(hidden, shown), List.of(), Problems.NONE, FilesNotTaken.NONE);
    KeywordRows rows = keywords(catalogue, tools, "star").songs();
    assertThat(rows.offsets()).containsExactly(0, 0, 1);
  }

  @Test
  void ownOpaqueWordsHoldForSongsThatComeLater(@TempDir Path folder) throws Exception {
    ScriptFolder scripts = ScriptFolder.builtIn();
    Path opaque = Files.writeString(folder.resolve("opaque.txt"), "雪: 雪糕\n");
    KeywordTools tools =
        new KeywordTools(
            Segmenters.byName("unicode"),
            scripts,
            StopWords.builtIn(),
            NonCompositionalWords.builtIn().plus(opaque, scripts));
    Song song = new Song("1", "", "", "雪糕", "", Double.NaN, 0, new TreeMap<>());
    Catalogue catalogue =
        new Catalogue(List.of(song), List.of(), Problems.NONE, FilesNotTaken.NONE);
    Keywords keywords = keywords(catalogue, tools, "雪");
    assertThat(keywords.songs().keywords()).isEmpty();
    KeywordTagger later = new KeywordTagger(kept(keywords.model()));
    assertThat(later.songs(catalogue.songs(), 1, done -> {}).keywords()).isEmpty();
  }

  /** Calls itself by the name of a built-in one, which must not be taken for it. */
  private record OwnSegmenter(String name) implements Segmenter {
    @Override
    public List<Token> segment(String text) {
      return List.of();
    }
  }

  @Test
  void whatWasReadByOtherRulesIsRefused() throws Exception {
    Catalogue catalogue = catalogue(1);
    KeywordTools own = KeywordTools.builtIn(new OwnSegmenter("unicode"));
    KeywordModel state = kept(keywords(catalogue, own, "雪").model());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KeywordTagger(state))
        .withMessageContaining("a segmenter of the program that built the index, 'unicode'")
        .withMessageContaining("build the index again");
    KeywordTools tools = KeywordTools.builtIn(Segmenters.byName("unicode"));
    KeywordModel older =
        new ObjectMapper()
            .readValue(
                new ObjectMapper()
                    .writeValueAsString(keywords(catalogue, tools, "雪").model())
                    .replaceFirst("\"rules\":\"[^\"]*\"", "\"rules\":\"1-older\""),
                KeywordModel.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KeywordTagger(older))
        .withMessageContaining("words were read by rules 1-older")
        .withMessageContaining("added songs would not fit those that are there");
  }

  @Test
  void listsThatChangeHowWordsAreReadChangeTheirFingerprint(@TempDir Path folder) throws Exception {
    ScriptFolder scripts = ScriptFolder.builtIn();
    Path words = Files.writeString(folder.resolve("words.txt"), "雪糕\n");
    Segmenter segmenter = Segmenters.byName("unicode");
    KeywordTools builtIn = KeywordTools.builtIn(segmenter);
    assertThat(KeywordTools.builtIn(Segmenters.byName("unicode")).fingerprint())
        .isEqualTo(builtIn.fingerprint());
    assertThat(
            List.of(
                new KeywordTools(
                    Segmenters.byName("unicode", UserWords.read(words, scripts)),
                    scripts,
                    StopWords.builtIn(),
                    NonCompositionalWords.builtIn()),
                new KeywordTools(
                    segmenter,
                    scripts,
                    StopWords.builtIn().plus(words, scripts),
                    NonCompositionalWords.builtIn()),
                new KeywordTools(
                    segmenter,
                    scripts,
                    StopWords.builtIn(),
                    NonCompositionalWords.builtIn().plus(words, scripts)),
                KeywordTools.builtIn(Segmenters.byName("smartcn")),
                KeywordTools.builtIn(new OwnSegmenter("unicode"))))
        .extracting(KeywordTools::fingerprint)
        .doesNotContain(builtIn.fingerprint())
        .doesNotHaveDuplicates();
  }
}
