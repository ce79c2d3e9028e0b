package org.seesong.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.seesong.index.TestCatalogue.encoded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.PictureDocument;
import org.seesong.index.SongDocument;
import org.seesong.index.TestCatalogue;
import org.seesong.index.WeightedKeyword;
import org.seesong.query.Explanation.KeywordPath;
import org.seesong.query.Explanation.Origin;
import org.seesong.query.TwoHopQuery.Example;
import org.seesong.select.Centroid;
import org.seesong.vector.FloatVector;

class TwoHopQueryTest {
  private static final TwoHopOptions EXACT =
      TwoHopOptions.PAPER.toBuilder().mode(SearchMode.EXACT).build();
  private static final TestCatalogue CATALOGUE =
      TestCatalogue.random(new TestCatalogue.Size(120, 200, 6, 4, 60), 11);

  private static final Map<String, Predicate<PictureDocument>> PICTURE_FILTERS =
      Map.of(
          "keyword=雪", picture -> carries(picture.keywords(), "雪"),
          "keyword!=雪", picture -> !carries(picture.keywords(), "雪"),
          "path=photos/1", picture -> picture.path().startsWith("photos/1"),
          "path != photos/1", picture -> !picture.path().startsWith("photos/1"),
          "id=p7", picture -> picture.id().equals("p7"),
          "id!=p7", picture -> !picture.id().equals("p7"),
          "path=nowhere", picture -> false);

  @TempDir static Path temporary;
  private static Path folder;
  private static CatalogueIndex index;
  private static TwoHopSearcher searcher;

  @BeforeAll
  static void openIndex() throws IOException {
    folder = temporary.toRealPath().resolve("index");
    CATALOGUE.write(folder);
    index = CatalogueIndex.open(folder);
    searcher = new TwoHopSearcher(index);
  }

  @AfterAll
  static void closeIndex() throws IOException {
    index.close();
  }

  private static boolean carries(List<WeightedKeyword> keywords, String keyword) {
    return keywords.stream().map(WeightedKeyword::keyword).anyMatch(keyword::equals);
  }

  private static float[] query(SplittableRandom random) {
    return TestCatalogue.vector(6, 60, random).values();
  }

  private static PictureDocument picture(String id) {
    return CATALOGUE.pictures().get(Integer.parseInt(id.substring(1)));
  }

  private static SongDocument song(String id) {
    return CATALOGUE.songs().get(Integer.parseInt(id.substring(1)));
  }

  private static List<String> told(TwoHopResult result) {
    return result.songs().stream()
        .map(hit -> hit.explanation().pictureId() + ">" + hit.id())
        .toList();
  }

  private static List<String> pictureIds(TwoHopResult result) {
    return result.pictures().stream().map(PictureHit::id).toList();
  }

  private static List<String> songIds(TwoHopResult result) {
    return result.songs().stream().map(SongHit::id).toList();
  }

  @Test
  void pictureFiltersHoldInsideHopOne() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (Map.Entry<String, Predicate<PictureDocument>> filter : PICTURE_FILTERS.entrySet()) {
      TwoHopOptions options =
          EXACT.toBuilder().pictureFilters(List.of(PictureFilter.parse(filter.getKey()))).build();
      TestCatalogue left =
          new TestCatalogue(
              CATALOGUE.pictures().stream().filter(filter.getValue()).toList(),
              CATALOGUE.songs(),
              CATALOGUE.identity());
      for (int round = 0; round < 10; round++) {
        float[] query = query(random);
        assertThat(told(searcher.search(encoded(query), options)))
            .as(filter.getKey())
            .isEqualTo(BruteForce.search(left, query, options, song -> true));
      }
    }
  }

  @Test
  void excludedSongsLeaveTheirPlacesToOthers() throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    Set<String> excluded = new HashSet<>(Set.of("gone"));
    for (int round = 0; round < 12; round++) {
      float[] query = query(random);
      TwoHopOptions options = EXACT.toBuilder().excludedSongs(excluded).build();
      TwoHopResult result = searcher.search(encoded(query), options);
      assertThat(told(result))
          .hasSize(10)
          .isEqualTo(BruteForce.search(CATALOGUE, query, options, s -> !excluded.contains(s.id())));
      excluded.addAll(songIds(result));
    }
  }

  @Test
  void examplesOrderPicturesByTheWeightedSumOfSquaredDistances() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 40; round++) {
      float[] outside = query(random);
      PictureDocument inside = CATALOGUE.pictures().get(random.nextInt(120));
      PictureDocument unwanted = CATALOGUE.pictures().get(random.nextInt(120));
      double a = random.nextDouble(0.1, 5);
      double b = random.nextDouble(0.1, 5);
      double c = -random.nextDouble(0.1, 5);
      TwoHopQuery query =
          new TwoHopQuery.Pictures(
              List.of(
                  new Example.Encoded(encoded(outside), a),
                  new Example.Indexed(unwanted.id(), c),
                  new Example.Indexed(inside.id(), b)));
      double less = c / (a + b);
      List<Double> sums =
          searcher.search(query, EXACT.toBuilder().pictures(20).build()).pictures().stream()
              .map(hit -> picture(hit.id()).imageEmbedding().values())
              .map(
                  x ->
                      (1 - less) * a / (a + b) * square(x, outside)
                          + (1 - less) * b / (a + b) * square(x, inside.imageEmbedding().values())
                          + less * square(x, unwanted.imageEmbedding().values()))
              .toList();
      for (int i = 1; i < sums.size(); i++) {
        assertThat(sums.get(i)).isGreaterThanOrEqualTo(sums.get(i - 1) - 0.5);
      }
    }
  }

  private static double square(float[] a, float[] b) {
    double distance = BruteForce.distance(a, b);
    return distance * distance;
  }

  @Test
  void anIndexedPictureIsAskedByItsVectorWhateverItsWeight() throws IOException {
    for (String id : List.of("p3", "p44", "p119")) {
      TwoHopResult byVector =
          searcher.search(encoded(picture(id).imageEmbedding().values()), EXACT);
      assertThat(told(searcher.search(TwoHopQuery.ofPicture(id), EXACT))).isEqualTo(told(byVector));
      TwoHopQuery heavy = new TwoHopQuery.Pictures(List.of(new Example.Indexed(id, 7.5)));
      assertThat(told(searcher.search(heavy, EXACT))).isEqualTo(told(byVector));
      assertThat(pictureIds(byVector)).startsWith(id);
    }
  }

  @Test
  void lessLikeAPictureMovesItBack() throws IOException {
    PictureDocument wanted = CATALOGUE.pictures().get(0);
    String second = pictureIds(searcher.search(TwoHopQuery.ofPicture("p0"), EXACT)).get(1);
    TwoHopQuery query =
        new TwoHopQuery.Pictures(
            List.of(new Example.Indexed(wanted.id(), 1), new Example.Indexed(second, -1)));
    assertThat(pictureIds(searcher.search(query, EXACT.toBuilder().pictures(2).build())))
        .doesNotContain(second);
  }

  @Test
  void aKeywordStartsFromTheMostTypicalOfItsPictures() throws IOException {
    List<PictureDocument> carriers =
        CATALOGUE.pictures().stream()
            .filter(picture -> carries(picture.keywords(), "海"))
            .filter(picture -> !picture.graphEmbedding().isEmpty())
            .toList();
    float[] mean = mean(carriers.stream().map(PictureDocument::graphEmbedding).toList());
    List<PictureDocument> typical =
        BruteForce.nearest(
            carriers,
            picture -> BruteForce.distance(mean, picture.graphEmbedding().values()),
            PictureDocument::id);
    TwoHopResult result = searcher.search(new TwoHopQuery.Keyword("海"), EXACT);
    assertThat(pictureIds(result))
        .isEqualTo(typical.subList(0, 5).stream().map(PictureDocument::id).toList());
    assertThat(result.songs()).hasSize(10);
    for (SongHit hit : result.songs()) {
      assertThat(hit.explanation().songDistance())
          .isEqualTo(
              BruteForce.distance(
                  picture(hit.explanation().pictureId()).graphEmbedding().values(),
                  song(hit.id()).graphEmbedding().values()));
    }
  }

  private static float[] mean(List<FloatVector> vectors) {
    float[] mean = new float[4];
    for (int i = 0; i < 4; i++) {
      double sum = 0;
      for (FloatVector vector : vectors) {
        sum += vector.values()[i];
      }
      mean[i] = (float) (sum / vectors.size());
    }
    return mean;
  }

  @Test
  void aKeywordThatOnlySongsCarryStartsFromThePicturesNearThem() throws IOException {
    TestCatalogue bare =
        new TestCatalogue(
            CATALOGUE.pictures().stream()
                .map(
                    p ->
                        new PictureDocument(
                            p.id(),
                            p.path(),
                            List.of(),
                            List.of(),
                            p.imageEmbedding(),
                            p.graphEmbedding(),
                            p.thumbnail()))
                .toList(),
            CATALOGUE.songs(),
            CATALOGUE.identity());
    Path other = folder.resolveSibling("bare");
    bare.write(other);
    float[] mean =
        mean(
            CATALOGUE.songs().stream()
                .filter(song -> carries(song.keywords(), "月"))
                .map(SongDocument::graphEmbedding)
                .filter(vector -> !vector.isEmpty())
                .toList());
    try (CatalogueIndex opened = CatalogueIndex.open(other)) {
      TwoHopResult result = new TwoHopSearcher(opened).search(new TwoHopQuery.Keyword("月"), EXACT);
      assertThat(result.pictures().stream().map(PictureHit::distance).toList()).isSorted();
      assertThat(result.pictures().get(0).distance())
          .isCloseTo(
              CATALOGUE.pictures().stream()
                  .filter(picture -> !picture.graphEmbedding().isEmpty())
                  .mapToDouble(p -> BruteForce.distance(mean, p.graphEmbedding().values()))
                  .min()
                  .orElseThrow(),
              within(1e-5));
      assertThat(result.songs()).hasSize(10);
    }
  }

  @Test
  void aSongGivesItsNearestSongsAndPictures() throws IOException {
    SongDocument from =
        CATALOGUE.songs().stream().filter(s -> !s.graphEmbedding().isEmpty()).toList().get(5);
    float[] place = from.graphEmbedding().values();
    TwoHopResult result = searcher.search(new TwoHopQuery.Song(from.id()), EXACT);
    assertThat(songIds(result))
        .isEqualTo(
            BruteForce.nearest(
                    CATALOGUE.songs().stream()
                        .filter(s -> !s.graphEmbedding().isEmpty() && !s.id().equals(from.id()))
                        .toList(),
                    s -> BruteForce.distance(place, s.graphEmbedding().values()),
                    SongDocument::id)
                .subList(0, 10)
                .stream()
                .map(SongDocument::id)
                .toList());
    assertThat(pictureIds(result))
        .isEqualTo(
            BruteForce.nearest(
                    CATALOGUE.pictures().stream()
                        .filter(p -> !p.graphEmbedding().isEmpty())
                        .toList(),
                    p -> BruteForce.distance(place, p.graphEmbedding().values()),
                    PictureDocument::id)
                .subList(0, 5)
                .stream()
                .map(PictureDocument::id)
                .toList());
    for (SongHit hit : result.songs()) {
      assertThat(hit.explanation().origin()).isEqualTo(Origin.SONG);
      assertThat(hit.explanation().pictureId()).isEmpty();
      assertThat(hit.explanation().sharedKeywords())
          .allMatch(keyword -> carries(from.keywords(), keyword))
          .allMatch(keyword -> carries(song(hit.id()).keywords(), keyword));
    }
  }

  @Test
  void pathsCarryBothWeightsAndTheLine() throws IOException {
    TwoHopResult result = searcher.search(encoded(query(new SplittableRandom(4))), EXACT);
    List<KeywordPath> paths = new ArrayList<>();
    for (SongHit hit : result.songs()) {
      SongDocument song = song(hit.id());
      for (KeywordPath path : hit.explanation().keywordPaths()) {
        int place =
            song.keywords().stream().map(WeightedKeyword::keyword).toList().indexOf(path.keyword());
        assertThat(path.songWeight()).isEqualTo(song.keywords().get(place).weight());
        assertThat(picture(hit.explanation().pictureId()).keywords())
            .contains(new WeightedKeyword(path.keyword(), path.originWeight()));
        assertThat(path.line())
            .isEqualTo(place < song.keywordLines().size() ? song.keywordLines().get(place) : "");
        paths.add(path);
      }
    }
    assertThat(paths).anyMatch(path -> path.line().contains(path.keyword()));
  }

  @Test
  void coverageStartsAtTheCentroidAndTellsTheNearestPicture() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 20; round++) {
      TwoHopOptions options = EXACT.toBuilder().coverage(0.3).build();
      TwoHopResult result = searcher.search(encoded(query(random)), options);
      List<PictureHit> connected =
          result.pictures().stream()
              .filter(hit -> !picture(hit.id()).graphEmbedding().isEmpty())
              .toList();
      float[] centroid =
          Centroid.of(
                  connected.stream()
                      .map(
                          hit ->
                              new Centroid.Member(
                                  hit.id(), picture(hit.id()).graphEmbedding(), hit.distance()))
                      .toList())
              .vector()
              .values();
      double nearest =
          CATALOGUE.songs().stream()
              .filter(song -> !song.graphEmbedding().isEmpty())
              .mapToDouble(song -> BruteForce.distance(centroid, song.graphEmbedding().values()))
              .min()
              .orElseThrow();
      assertThat(result.songs().get(0).distance()).isEqualTo(nearest);
      for (SongHit hit : result.songs()) {
        Explanation explanation = hit.explanation();
        float[] vector = song(hit.id()).graphEmbedding().values();
        float[] picture = picture(explanation.pictureId()).graphEmbedding().values();
        assertThat(explanation.origin()).isEqualTo(Origin.CENTROID);
        assertThat(explanation.songDistance()).isEqualTo(BruteForce.distance(picture, vector));
        assertThat(hit.distance()).isEqualTo(BruteForce.distance(centroid, vector));
        assertThat(explanation.songDistance())
            .isEqualTo(
                connected.stream()
                    .mapToDouble(
                        p -> BruteForce.distance(picture(p.id()).graphEmbedding().values(), vector))
                    .min()
                    .orElseThrow());
      }
    }
  }

  @Test
  void limitsForArtistsKeepThePromiseWhileThereAreSongs() throws IOException {
    float[] query = query(new SplittableRandom(6));
    for (double coverage : new double[] {0, 0.15}) {
      TwoHopOptions options = EXACT.toBuilder().coverage(coverage).maxPerArtist(2).build();
      Map<String, Long> byArtist =
          searcher.search(encoded(query), options).songs().stream()
              .collect(Collectors.groupingBy(SongHit::artist, Collectors.counting()));
      assertThat(byArtist).hasSize(5).allSatisfy((artist, count) -> assertThat(count).isEqualTo(2));
      TwoHopOptions many = options.toBuilder().maxPerArtist(30).songs(140).build();
      assertThat(songIds(searcher.search(encoded(query), many)))
          .hasSize(140)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void anExactSearchIsThatOfComparingEverything() throws IOException {
    TestCatalogue large = TestCatalogue.random(new TestCatalogue.Size(600, 1200, 900, 8, 4), 3);
    Path other = folder.resolveSibling("large");
    large.write(other);
    try (CatalogueIndex opened = CatalogueIndex.open(other)) {
      TwoHopSearcher alone = new TwoHopSearcher(opened);
      SplittableRandom random = new SplittableRandom(7);
      for (int round = 0; round < 12; round++) {
        float[] query = TestCatalogue.vector(900, 4, random).values();
        boolean filtered = round % 2 == 1;
        TwoHopOptions options =
            filtered
                ? EXACT.toBuilder()
                    .filters(List.of(SongFilter.parse("language=zh")))
                    .pictureFilters(List.of(PictureFilter.parse("keyword=雪")))
                    .build()
                : EXACT;
        TestCatalogue left =
            new TestCatalogue(
                large.pictures().stream()
                    .filter(picture -> !filtered || carries(picture.keywords(), "雪"))
                    .toList(),
                large.songs(),
                large.identity());
        List<String> expected =
            BruteForce.search(
                left, query, options, song -> !filtered || song.details().language().equals("zh"));
        assertThat(told(alone.search(encoded(query), options))).isEqualTo(expected);
      }
    }
  }

  @Test
  void hopOneAloneGivesPicturesConnectedOrNot() throws IOException {
    float[] query = query(new SplittableRandom(8));
    assertThat(
            searcher.pictures(encoded(query), EXACT.toBuilder().pictures(30).build()).stream()
                .map(PictureHit::id))
        .isEqualTo(
            BruteForce.nearest(
                    CATALOGUE.pictures(),
                    p -> BruteForce.distance(query, p.imageEmbedding().values()),
                    PictureDocument::id)
                .subList(0, 30)
                .stream()
                .map(PictureDocument::id)
                .toList());
  }

  @Test
  void whatTheIndexDoesNotHaveIsSaid() {
    assertRefused(TwoHopQuery.ofPicture("p777"), "index " + folder + " has no picture 'p777'");
    assertRefused(new TwoHopQuery.Song("s777"), "index " + folder + " has no song 's777'");
    assertRefused(
        new TwoHopQuery.Keyword("snow"),
        "no picture and no song of index "
            + folder
            + " carries the keyword 'snow'; 'seesong info' lists those there are");
    SongDocument alone =
        CATALOGUE.songs().stream()
            .filter(s -> s.graphEmbedding().isEmpty())
            .min(Comparator.comparing(SongDocument::id))
            .orElseThrow();
    assertRefused(
        new TwoHopQuery.Song(alone.id()),
        "song '"
            + alone.id()
            + "' of index "
            + folder
            + " has no keyword, so no graph embedding to search by; ask by another song");
    assertRefused(
        TwoHopQuery.of(encoded(new float[6])),
        "query vector is all zeros: the encoder found nothing in the picture; try another one");
    assertRefused(
        new TwoHopQuery.Pictures(
            List.of(
                new Example.Encoded(encoded(new float[] {9e14f, 0, 0, 0, 0, 0}), 0.001),
                new Example.Encoded(encoded(new float[] {0, 9e14f, 0, 0, 0, 0}), -1000))),
        "the pictures of the query lead too far away; give the negative ones less weight");
  }

  private void assertRefused(TwoHopQuery query, String message) {
    assertThatThrownBy(() -> searcher.search(query, EXACT))
        .isInstanceOf(QueryException.class)
        .hasMessage(message);
  }
}
