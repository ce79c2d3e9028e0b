package org.seesong.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.seesong.index.TestCatalogue.encoded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.PictureDocument;
import org.seesong.index.SongDocument;
import org.seesong.index.TestCatalogue;
import org.seesong.index.WeightedKeyword;
import org.seesong.select.Confidence;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

class KeywordBoostTest {
  private static final TwoHopOptions ONE_PICTURE =
      TwoHopOptions.PAPER.toBuilder().mode(SearchMode.EXACT).pictures(1).songs(20).build();

  private static final String OF_SONGS_ALONE = "船";
  private static final TestCatalogue CATALOGUE =
      withBoats(TestCatalogue.random(new TestCatalogue.Size(120, 200, 6, 4, 60), 11));

  @TempDir static Path temporary;
  private static CatalogueIndex index;
  private static TwoHopSearcher searcher;

  @BeforeAll
  static void openIndex() throws IOException {
    Path folder = temporary.toRealPath().resolve("index");
    CATALOGUE.write(folder);
    index = CatalogueIndex.open(folder);
    searcher = new TwoHopSearcher(index);
  }

  @AfterAll
  static void closeIndex() throws IOException {
    index.close();
  }

  /** Every ninth song carries a keyword that no picture has. */
  private static TestCatalogue withBoats(TestCatalogue catalogue) {
    List<SongDocument> songs = new ArrayList<>();
    for (SongDocument song : catalogue.songs()) {
      List<WeightedKeyword> keywords = new ArrayList<>(song.keywords());
      if (songs.size() % 9 == 0) {
        keywords.add(new WeightedKeyword(OF_SONGS_ALONE, 0.05));
      }
      songs.add(
          new SongDocument(
              song.id(),
              song.details(),
              keywords,
              song.keywordLines(),
              song.firstLines(),
              song.searchText(),
              song.graphEmbedding(),
              song.textEmbedding(),
              song.signature()));
    }
    return new TestCatalogue(catalogue.pictures(), songs, catalogue.identity());
  }

  @ParameterizedTest
  @CsvSource({"雪,雪,1", "snow:2.5,snow,2.5", "雪 :-0.5,雪,-0.5", "re:zero:+3,re:zero,3", "a:.5,a,.5"})
  void boostsAreRead(String text, String keyword, double weight) {
    assertThat(KeywordBoost.parse(text)).isEqualTo(new KeywordBoost(keyword, weight));
    assertThat(KeywordBoost.parse(new KeywordBoost(keyword, weight).toString()))
        .isEqualTo(new KeywordBoost(keyword, weight));
  }

  @ParameterizedTest
  @ValueSource(strings = {"雪:NaN", "雪:", ":2", "雪:1e1", "re:zero", "雪:Infinity", "雪:2:x", "雪:--1"})
  void otherTextsAreRefused(String text) {
    assertThatThrownBy(() -> KeywordBoost.parse(text))
        .isInstanceOf(QueryException.class)
        .hasMessage(
            "boost '" + text + "' must read keyword or keyword:weight, such as snow or snow:-0.5");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0, 10.5, -11, Double.NaN, Double.NEGATIVE_INFINITY})
  void otherWeightsAreRefused(double weight) {
    assertThatThrownBy(() -> new KeywordBoost("雪", weight))
        .isInstanceOf(QueryException.class)
        .hasMessage("boost of keyword '雪' must be -10.0 to 10.0, not 0; got: " + weight);
    assertThatThrownBy(() -> KeywordBoost.parse(" "))
        .isInstanceOf(QueryException.class)
        .hasMessage("a boost needs a keyword; got: ''");
  }

  @Test
  void aTinyWeightIsWrittenSoThatItCanBeRead() {
    assertThat(new KeywordBoost("雪", 1e-7)).hasToString("雪:0.00000010");
    assertThat(KeywordBoost.parse("雪:0.00000010").weight()).isEqualTo(1e-7);
  }

  @Test
  void aKeywordHasOneWeight() {
    assertThatThrownBy(() -> TwoHopOptions.builder().boosts("雪:2", "山", "雪:2").build())
        .isInstanceOf(QueryException.class)
        .hasMessage("keyword '雪' is boosted twice; give it one weight");
  }

  @ParameterizedTest
  @CsvSource({"雪:1,月:-0.4", "花:10,船:0.7", "海:-3,风:0.01", "船:2,雪:0.5", "船:-1,山:-1"})
  void songsAreNearestToTheMovedPictureAndNoOtherPictureIsFound(String one, String other)
      throws IOException {
    TwoHopOptions options = ONE_PICTURE.toBuilder().boosts(one, other).build();
    for (int round = 0; round < 20; round++) {
      TwoHopQuery query =
          TwoHopQuery.of(
              encoded(TestCatalogue.vector(6, 60, new SplittableRandom(round)).values()));
      TwoHopResult plain = searcher.search(query, ONE_PICTURE);
      TwoHopResult boosted = searcher.search(query, options);
      assertThat(boosted.pictures()).isEqualTo(plain.pictures());
      String picture = plain.songs().get(0).explanation().pictureId();
      double[] moved =
          moved(
              CATALOGUE.pictures().get(Integer.parseInt(picture.substring(1))).graphEmbedding(),
              options.boosts());
      assertThat(distances(boosted, moved)).isEqualTo(nearest(moved, 20));
    }
  }

  @Test
  void songsOfASongAreBoostedToo() throws IOException {
    TwoHopOptions options = ONE_PICTURE.toBuilder().boosts("雪:1.5").build();
    TwoHopResult result = searcher.search(new TwoHopQuery.Song("s1"), options);
    double[] moved = moved(CATALOGUE.songs().get(1).graphEmbedding(), options.boosts());
    for (SongHit hit : result.songs()) {
      assertThat(hit.explanation().sharedKeywords().contains("雪"))
          .isEqualTo(song(hit.id()).keywords().stream().anyMatch(k -> k.keyword().equals("雪")));
    }
    assertThat(result.songs()).extracting(SongHit::id).doesNotContain("s1").hasSize(20);
    List<Double> expected = new ArrayList<>(nearest(moved, 21));
    expected.remove(distance(song("s1"), moved));
    assertThat(distances(result, moved)).isEqualTo(expected.subList(0, 20));
  }

  private static SongDocument song(String id) {
    return CATALOGUE.songs().get(Integer.parseInt(id.substring(1)));
  }

  /** What the searcher should find the songs nearest to, said again in plain Java. */
  private static double[] moved(FloatVector from, List<KeywordBoost> boosts) {
    double[] sum = divided(doubles(from), from.norm());
    for (KeywordBoost boost : boosts) {
      boolean pictured = !boost.keyword().equals(OF_SONGS_ALONE);
      Predicate<List<WeightedKeyword>> carries =
          keywords -> keywords.stream().anyMatch(k -> k.keyword().equals(boost.keyword()));
      double[] carriers = pictured ? meanOfPictures(carries) : meanOfSongs(carries);
      double[] all = pictured ? meanOfPictures(k -> true) : meanOfSongs(k -> true);
      for (int i = 0; i < all.length; i++) {
        carriers[i] -= all[i];
      }
      double[] direction = divided(carriers, norm(carriers));
      for (int i = 0; i < sum.length; i++) {
        sum[i] += boost.weight() * direction[i];
      }
    }
    double[] unit = divided(sum, norm(sum));
    return divided(unit, 1 / from.norm());
  }

  private static double[] meanOfPictures(Predicate<List<WeightedKeyword>> which) {
    return mean(
        CATALOGUE.pictures().stream()
            .filter(picture -> which.test(picture.keywords()))
            .map(PictureDocument::graphEmbedding)
            .toList());
  }

  private static double[] meanOfSongs(Predicate<List<WeightedKeyword>> which) {
    return mean(
        CATALOGUE.songs().stream()
            .filter(song -> which.test(song.keywords()))
            .map(SongDocument::graphEmbedding)
            .toList());
  }

  private static double[] mean(List<FloatVector> vectors) {
    List<FloatVector> present = vectors.stream().filter(vector -> !vector.isEmpty()).toList();
    double[] mean = new double[present.get(0).dimension()];
    for (FloatVector vector : present) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += vector.values()[i] / (double) present.size();
      }
    }
    return mean;
  }

  private static double[] doubles(FloatVector vector) {
    double[] values = new double[vector.dimension()];
    for (int i = 0; i < values.length; i++) {
      values[i] = vector.values()[i];
    }
    return values;
  }

  private static double[] divided(double[] values, double by) {
    double[] divided = values.clone();
    for (int i = 0; i < divided.length; i++) {
      divided[i] /= by;
    }
    return divided;
  }

  private static double norm(double[] values) {
    double square = 0;
    for (double value : values) {
      square += value * value;
    }
    return Math.sqrt(square);
  }

  /** Rounded, since the searcher adds up in floats and songs may be equally near. */
  private static double distance(SongDocument song, double[] from) {
    double[] difference = doubles(song.graphEmbedding());
    for (int i = 0; i < from.length; i++) {
      difference[i] -= from[i];
    }
    return Math.round(norm(difference) * 1000) / 1000.0;
  }

  private static List<Double> distances(TwoHopResult result, double[] from) {
    return result.songs().stream().map(hit -> distance(song(hit.id()), from)).toList();
  }

  private static List<Double> nearest(double[] from, int number) {
    return CATALOGUE.songs().stream()
        .filter(song -> !song.graphEmbedding().isEmpty())
        .map(song -> distance(song, from))
        .sorted(Comparator.naturalOrder())
        .limit(number)
        .toList();
  }

  @Test
  void aKeywordThatNothingCarriesChangesNothingAndIsTold() throws IOException {
    TwoHopQuery query = new TwoHopQuery.Keyword("海");
    TwoHopOptions options = TwoHopOptions.builder().boosts("船船:5").build();
    assertThat(searcher.search(query, options).songs())
        .isEqualTo(searcher.search(query, TwoHopOptions.DEFAULT).songs());
    assertThat(searcher.unmetFilters(options))
        .containsExactly(
            "no picture and no song of the index carries the keyword '船船', so its boost changes"
                + " nothing; near ones: 船");
    assertThat(searcher.unmetFilters(TwoHopOptions.builder().boosts("船", "雪").build())).isEmpty();
  }

  @Test
  void wordsAloneHaveNothingToBoost() {
    TwoHopQuery.Words words =
        new TwoHopQuery.Words(
            new VectorSpace("text-1", 2),
            new FloatVector(new float[] {1, 0}),
            true,
            Optional.empty(),
            0.5);
    assertThatThrownBy(() -> searcher.search(words, TwoHopOptions.builder().boosts("雪").build()))
        .isInstanceOf(QueryException.class)
        .hasMessage(
            "boosts need a picture, a keyword or a song to start from; words alone have none");
  }

  @Test
  void aSongsConfidenceCountsTheBoostedKeywordAmongThePictures() {
    List<Confidence.Neighbour> pictures =
        List.of(
            Confidence.Neighbour.of(0, List.of("雪", "犬"), List.of(3.0, 1.0)),
            Confidence.Neighbour.of(1, List.of(), List.of()));
    BoostedEmbeddings boosted = new BoostedEmbeddings(Map.of("犬", 1.0, "雪", -0.9), new double[0]);
    assertThat(boosted.weigh(pictures))
        .containsExactly(Confidence.Neighbour.of(0, List.of("犬"), List.of(1.25)), pictures.get(1));
  }

  @Test
  void whatABoostCancelsStartsNothing() {
    BoostedEmbeddings away = new BoostedEmbeddings(Map.of("雪", -1.0), new double[] {-1, 0});
    assertThat(away.move(new float[] {2, 0})).isEmpty();
    assertThat(away.move(new float[] {0, 2}))
        .containsExactly((float) -Math.sqrt(2), (float) Math.sqrt(2));
  }
}
