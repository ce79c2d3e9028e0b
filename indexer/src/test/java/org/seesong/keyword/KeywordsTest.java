package org.seesong.keyword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.CatalogueOptions;
import org.seesong.catalogue.CatalogueReader;
import org.seesong.catalogue.FilesNotTaken;
import org.seesong.catalogue.Picture;
import org.seesong.catalogue.Problems;
import org.seesong.catalogue.Song;
import org.seesong.index.WeightedKeyword;
import org.seesong.testing.SharedData;

final class KeywordsTest {
  private static final KeywordTools TOOLS = KeywordTools.builtIn(Segmenters.byName("jieba"));
  private static final KeywordOptions OPTIONS =
      KeywordOptions.DEFAULT.toBuilder().weighting(KeywordWeighting.TFIDF).build();
  private static final String[] WORDS = {
    "雪",
    "白雪",
    "花",
    "雪花",
    "明月",
    "月",
    "东风",
    "马上",
    "火车",
    "车",
    "我",
    "爱",
    "，",
    "\n",
    "ocean",
    " oceans ",
    "海",
    "上海",
    "水上海面",
    " love "
  };

  private static Song song(String id, String title, String lyrics) {
    return new Song(id, title, "", lyrics, "", Double.NaN, 0, new TreeMap<>());
  }

  private static Catalogue catalogue(List<Song> songs, Picture... pictures) {
    return new Catalogue(songs, List.of(pictures), Problems.NONE, FilesNotTaken.NONE);
  }

  private static Picture picture(String id, WeightedKeyword... keywords) {
    return new Picture(id, id, Path.of(id), List.of(keywords));
  }

  private static Keywords of(Catalogue catalogue, KeywordOptions options, String... given) {
    return Keywords.of(catalogue, options, TOOLS, new KeywordList(List.of(given)), done -> {});
  }

  /** Keyword to weight for one row. */
  private static Map<String, Float> row(Keywords keywords, KeywordRows rows, int row) {
    Map<String, Float> weights = new TreeMap<>();
    for (int i = rows.offsets()[row]; i < rows.offsets()[row + 1]; i++) {
      weights.put(keywords.vocabulary().displays().get(rows.keywords()[i]), rows.weights()[i]);
    }
    return weights;
  }

  private static List<Song> randomSongs(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Song> songs = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      StringBuilder lyrics = new StringBuilder("词");
      for (int i = random.nextInt(20); i > 0; i--) {
        lyrics.append(WORDS[random.nextInt(WORDS.length)]);
      }
      songs.add(song("s" + s, "歌" + WORDS[random.nextInt(10)], lyrics.toString()));
    }
    return songs;
  }

  @Test
  void keywordsCountInsideWordsThatMeanTheSameAndNotInOthers() {
    Keywords keywords =
        of(
            catalogue(
                List.of(
                    song("0", "白雪", "飘"),
                    song("1", "", "马上就来"),
                    song("2", "", "火车来了 骑马"),
                    song("3", "", "在水上海面"),
                    song("4", "", "我去上海"),
                    song("5", "", "Oceans' CARS"),
                    song("6", "", "scary ocean's caress"))),
            OPTIONS,
            "雪",
            "马",
            "车",
            "上海",
            "海",
            "car",
            "ocean");
    List<List<String>> held = new ArrayList<>();
    for (int s = 0; s < 7; s++) {
      held.add(List.copyOf(row(keywords, keywords.songs(), s).keySet()));
    }
    assertThat(held)
        .containsExactly(
            List.of("雪"),
            List.of(),
            List.of("车", "马"),
            List.of("海"),
            List.of("上海"),
            List.of("car", "ocean"),
            List.of("ocean"));
    assertThat(keywords.songs().emptyRows()).isEqualTo(1);
  }

  @Test
  void addingAKeywordTakesNothingFromTheOthers() {
    List<String> all =
        new ArrayList<>(List.of("雪", "白雪", "花", "雪花", "海", "上海", "车", "火车", "ocean"));
    for (int seed = 1; seed <= 20; seed++) {
      Catalogue songs = catalogue(randomSongs(seed, 40));
      Collections.shuffle(all, new Random(seed));
      Keywords many = of(songs, OPTIONS, all.toArray(String[]::new));
      Keywords few = of(songs, OPTIONS, all.subList(0, 4).toArray(String[]::new));
      for (int s = 0; s < 40; s++) {
        Map<String, Float> expected = row(many, many.songs(), s);
        expected.keySet().retainAll(few.vocabulary().displays());
        assertThat(row(few, few.songs(), s)).isEqualTo(expected);
      }
    }
  }

  @Test
  void theNumberOfThreadsAndEarlierRunsChangeNothing() {
    Catalogue songs = catalogue(randomSongs(9, 1000), picture("p", new WeightedKeyword("云", 1)));
    KeywordOptions options = OPTIONS.toBuilder().keywords(5).documents(1, 1).build();
    Keywords one = of(songs, options.toBuilder().threads(1).build());
    of(songs, options, "五月天", "水上海");
    for (int threads = 2; threads <= 5; threads++) {
      Keywords more = of(songs, options.toBuilder().threads(threads).build());
      assertThat(more.vocabulary().folded()).isEqualTo(one.vocabulary().folded());
      assertThat(more.songs().offsets()).isEqualTo(one.songs().offsets());
      assertThat(more.songs().keywords()).isEqualTo(one.songs().keywords());
      assertThat(more.songs().weights()).isEqualTo(one.songs().weights());
      assertThat(more.report()).isEqualTo(one.report());
    }
  }

  @Test
  void traditionalSongsMeetSimplifiedKeywordsAndTheOtherWayRound() {
    List<Song> songs = List.of(song("t", "今年沒聖誕", "飄著雪"), song("s", "今年没圣诞", "飘着雪"));
    for (String[] given : new String[][] {{"圣诞", "飘着"}, {"聖誕", "飄著"}}) {
      Keywords keywords = of(catalogue(songs), OPTIONS, given);
      assertThat(row(keywords, keywords.songs(), 0)).hasSize(2);
      assertThat(row(keywords, keywords.songs(), 0)).isEqualTo(row(keywords, keywords.songs(), 1));
      assertThat(keywords.vocabulary().displays()).containsExactly(given);
      assertThat(keywords.vocabulary().idOf("聖誕")).isZero();
      assertThat(keywords.vocabulary().idOf("圣诞")).isZero();
      assertThat(keywords.vocabulary().idOf("雪")).isEqualTo(-1);
    }
  }

  @Test
  void whatPicturesNameAlwaysBelongsAndCountsToTheNumber() {
    Catalogue catalogue =
        catalogue(
            randomSongs(2, 50),
            picture("a", new WeightedKeyword("錨", 0.5), new WeightedKeyword("锚", 0.75)),
            picture("b"),
            picture("c", new WeightedKeyword("的", 1e-300), new WeightedKeyword("!!", 1e300)));
    Keywords keywords = of(catalogue, OPTIONS.toBuilder().keywords(4).documents(1, 1).build());
    assertThat(keywords.vocabulary().size()).isEqualTo(4);
    assertThat(keywords.vocabulary().displays()).contains("的", "錨", "!!");
    assertThat(row(keywords, keywords.pictures(), 0)).containsExactly(Map.entry("錨", 0.75f));
    assertThat(row(keywords, keywords.pictures(), 1)).isEmpty();
    assertThat(row(keywords, keywords.pictures(), 2))
        .containsEntry("的", Float.MIN_NORMAL)
        .containsEntry("!!", Float.MAX_VALUE);
    assertThat(keywords.pictures().emptyRows()).isEqualTo(1);
    assertThat(keywords.report().keywordsWithoutSong()).contains("錨", "!!");
    assertThat(of(catalogue, OPTIONS.toBuilder().keywords(0).build()).vocabulary().size())
        .isEqualTo(3);
    assertThat(of(catalogue, OPTIONS, "雪").vocabulary().displays().get(0)).isEqualTo("雪");
    assertThat(of(catalogue, OPTIONS, "雪").vocabulary().size()).isEqualTo(4);
  }

  @Test
  void weightsFollowTheFormulas() {
    List<Song> songs = List.of(song("0", "雪", "雪花 雪"), song("1", "风", "雪 无"), song("2", "山", "水"));
    Keywords tfidf = of(catalogue(songs), OPTIONS, "雪", "水");
    double idf = Math.log(1 + 3 / 2.0);
    // Once in the title, which counts twice, and twice in the lyrics: 雪花 are snowflakes.
    double frequency = 2 * 1 + 2;
    assertThat((double) tfidf.songs().weights()[0])
        .isCloseTo((1 + Math.log(frequency)) * idf, within(1e-6));
    assertThat((double) tfidf.songs().weights()[1]).isCloseTo(idf, within(1e-6));
    Keywords bm25 =
        of(
            catalogue(songs),
            OPTIONS.toBuilder().weighting(KeywordWeighting.BM25).build(),
            "雪",
            "水");
    double rarity = Math.log(1 + (3 - 1 + 0.5) / (1 + 0.5));
    double length = 2 / ((4 + 3 + 2) / 3.0);
    double expected = rarity * 2.2 / (1 + 1.2 * (0.25 + 0.75 * length));
    assertThat((double) bm25.songs().weights()[2]).isCloseTo(expected, within(1e-6));
  }

  /** Songs titled alike, with lyrics, beside as many others as make the number given. */
  private static List<Song> songs(int total, int alike, String title, String lyrics) {
    List<Song> songs = new ArrayList<>();
    for (int i = 0; i < alike; i++) {
      songs.add(song("s" + i, title, lyrics));
    }
    for (int i = alike; i < total; i++) {
      songs.add(song("other" + i, "歌" + i, "词"));
    }
    return songs;
  }

  @ParameterizedTest
  @CsvSource({
    // title of 60 songs, their lyrics, keyword, songs that hold it
    "雪, 雪落下来, 雪, 60",
    "雪, 啦啦, 雪, 60",
    "Rain, la la la, rain, 60",
    "雪 (Live), 雪落下来, 雪, 60",
    "雪, '', 雪, 60",
    "鹊桥仙·其一, 春去也, 桥, 0",
    "鹊桥仙・其一, 春去也, 桥, 0",
    "鹊桥仙•其一, 春去也, 桥, 0",
    "鹊桥仙‧其一, 春去也, 桥, 0",
    "鹊桥仙／其一, 春去也, 桥, 0",
    "鹊桥仙　其一, 春去也, 桥, 0",
    "窦娥冤・鹊桥仙, 春去也, 桥, 0",
    "鹊桥仙･其一, '', 桥, 0"
  })
  void onlyATuneInFrontOfMoreTitleIsNotRead(
      String title, String lyrics, String keyword, int holders) {
    Keywords keywords = of(catalogue(songs(200, 60, title, lyrics)), OPTIONS, keyword);
    assertThat(keywords.report().keywords().get(0).documents()).isEqualTo(holders);
  }

  @Test
  void aWholeTitleIsATuneIfOtherSongsHaveItInFrontOfMoreOrVeryMany() {
    List<Song> some = songs(200, 60, "鹊桥仙", "春去也");
    assertThat(of(catalogue(some), OPTIONS, "桥").report().keywords().get(0).documents())
        .isEqualTo(60);
    some.add(song("more", "鹊桥仙·春景", "春去也"));
    assertThat(of(catalogue(some), OPTIONS, "桥").report().keywords().get(0).documents()).isZero();
    List<Song> many = songs(300, 101, "满江红", "怒发冲冠");
    assertThat(of(catalogue(many), OPTIONS, "江").report().keywords().get(0).documents()).isZero();
  }

  @Test
  void aTitleIsSharedRelativeToTheCatalogue() {
    Catalogue catalogue = catalogue(songs(200, 60, "鹊桥仙·其一", "春去也"));
    assertThat(holders(catalogue, shared(50, 0.2))).isZero();
    assertThat(holders(catalogue, shared(50, 0.4))).isEqualTo(60);
    assertThat(holders(catalogue, shared(70, 0))).isEqualTo(60);
    assertThat(OPTIONS.maxTitleShare() * 1_000_000)
        .as("among a million songs some hundred may be called alike")
        .isGreaterThan(1000);
  }

  private static KeywordOptions shared(int maxFrequency, double maxShare) {
    return OPTIONS.toBuilder().sharedTitles(maxFrequency, maxShare).build();
  }

  private static int holders(Catalogue catalogue, KeywordOptions options) {
    return of(catalogue, options, "桥").report().keywords().get(0).documents();
  }

  @Test
  void aTitleThatManySongsShareIsATuneAndNotRead() {
    List<Song> songs = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      songs.add(song("s" + i, i == 0 ? "蝶恋花 雪" : "蝶恋花·其" + i, "词"));
    }
    songs.add(song("own", "蝶与花", "词"));
    Keywords keywords = of(catalogue(songs), OPTIONS, "蝶", "雪");
    assertThat(keywords.report().keywords().get(0).documents()).isEqualTo(1);
    assertThat(keywords.report().keywords().get(1).documents()).isEqualTo(1);
  }

  @Test
  void anEmptyCatalogueGivesNoKeywords() {
    Keywords keywords = of(catalogue(List.of()), OPTIONS);
    assertThat(keywords.vocabulary().size()).isZero();
    assertThat(keywords.songs().rows()).isZero();
    assertThat(keywords.pictures().rows()).isZero();
  }

  @Test
  void theReportIsForPeople() throws IOException {
    Keywords keywords =
        of(
            catalogue(
                List.of(song("0", "雪", "雪, \"雪\""), song("1", "", "雪"), song("2", "无", "词")),
                picture("p", new WeightedKeyword("锚", 1))),
            OPTIONS,
            "雪");
    assertThat(keywords.report().keywordsWithoutSong()).containsExactly("锚");
    StringWriter csv = new StringWriter();
    keywords.report().writeCsv(csv);
    assertThat(csv.toString().lines())
        .containsExactly(
            "keyword,songs,total_weight,labelled_pictures,sample_songs",
            "雪,2,3.103,0,雪 | 1",
            "锚,0,0.000,1,");
  }

  /** An addition reads a weighting from a file before anything asks for options. */
  @ParameterizedTest
  @ValueSource(strings = {"KeywordOptions", "KeywordWeighting"})
  void optionsCanBeLoadedInAnyOrder(String first) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(path).toUri().toURL());
    }
    try (URLClassLoader fresh =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      assertThat(Class.forName("org.seesong.keyword." + first, true, fresh)).isNotNull();
    }
  }

  @Test
  void theDefaultsAreThese() {
    assertThat(KeywordOptions.DEFAULT)
        .isEqualTo(
            new KeywordOptions(
                72,
                2,
                0.45,
                1,
                java.util.Set.of("n", "ng", "nr", "ns", "nt", "nz", "s"),
                KeywordWeighting.RELEVANCE,
                50,
                0.0015,
                0));
  }

  @Test
  void theVocabularysHashFollowsItsFoldedKeywordsAndTheirOrder() {
    ScriptFolder folder = TOOLS.folder();
    String hash = Vocabulary.of(List.of("雪", "Oceans"), folder).hash();
    assertThat(hash)
        .hasSize(64)
        .isEqualTo(Vocabulary.of(List.of(" 雪", "ocean", "雪"), folder).hash());
    assertThat(Vocabulary.of(List.of("ocean", "雪"), folder).hash()).isNotEqualTo(hash);
  }

  @Test
  void theRealSongsGiveWordsThatAReaderOfPoemsExpects() throws IOException {
    Catalogue catalogue =
        CatalogueReader.read(
            CatalogueOptions.of(
                    List.of(
                        SharedData.require("songs.jsonl"),
                        SharedData.require("songs-traditional.jsonl")),
                    List.of(SharedData.require("pictures.csv")))
                .withPictureRoot(SharedData.require("photos")));
    // Every fourth song in simplified script is enough here, and all the traditional ones.
    List<Song> songs = new ArrayList<>();
    for (int i = 0; i < catalogue.songs().size(); i += i < 33_124 - 4 ? 4 : 1) {
      songs.add(catalogue.songs().get(i));
    }
    int firstTraditional = songs.size() - 2000;
    Keywords keywords = of(catalogue(songs, catalogue.pictures().toArray(Picture[]::new)), OPTIONS);
    assertThat(keywords.vocabulary().size()).isEqualTo(72);
    assertThat(keywords.vocabulary().displays())
        .contains("锚", "蔷薇", "花", "月", "东风", "梅花", "明月", "江南")
        .doesNotContain("我", "问", "处", "正末", "浣溪沙", "菩萨");
    assertThat(keywords.songs().emptyRows()).isLessThan(songs.size() / 10);
    assertThat(keywords.pictures().emptyRows()).isEqualTo(3302);
    int traditionalWithKeyword = 0;
    for (int song = firstTraditional; song < keywords.songs().rows(); song++) {
      traditionalWithKeyword += row(keywords, keywords.songs(), song).isEmpty() ? 0 : 1;
    }
    assertThat(traditionalWithKeyword).isGreaterThan(1700);
  }

  @Test
  void optionsDescribeThemselvesAlikeInEveryRun() {
    KeywordOptions options = KeywordOptions.DEFAULT;
    assertThat(options.describe())
        .isEqualTo(
            "72 songs>=2 share<=0.45 length>=1 kinds=n|ng|nr|ns|nt|nz|s relevance"
                + " titles>50|0.0015");
    assertThat(options.toBuilder().threads(7).build().describe()).isEqualTo(options.describe());
    assertThat(options.toBuilder().weighting(KeywordWeighting.BM25).build().describe())
        .endsWith(" title=2.0 bm25 k1=1.2 b=0.75 titles>50|0.0015");
  }

  private static final KeywordOptions BY_RELEVANCE = KeywordOptions.DEFAULT;

  @Test
  void aSongIsTheMoreRelevantTheMoreItsLyricsHoldTheKeyword() {
    String rest = "山中何事松间月下与君同坐听风";
    Keywords keywords =
        of(
            catalogue(
                List.of(
                    song("often", "", "雪满天，大雪白，看雪，" + rest),
                    song("once", "", "雪，" + rest),
                    song("long", "", "雪，" + rest.repeat(40)))),
            BY_RELEVANCE,
            "雪");
    double often = row(keywords, keywords.songs(), 0).get("雪");
    double once = row(keywords, keywords.songs(), 1).get("雪");
    double inPassing = row(keywords, keywords.songs(), 2).get("雪");
    assertThat(often).isGreaterThan(once).isLessThan(1);
    assertThat(once).isGreaterThan(inPassing);
    assertThat(inPassing).isPositive();
  }

  @Test
  void aTitleAloneMakesNoSongRelevantThatHasLyrics() {
    Keywords keywords =
        of(catalogue(List.of(song("lyrics", "雪", "月明"), song("bare", "雪", ""))), BY_RELEVANCE, "雪");
    assertThat(row(keywords, keywords.songs(), 0)).isEmpty();
    assertThat(row(keywords, keywords.songs(), 1)).containsOnlyKeys("雪");
  }
}
