package org.seesong.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.seesong.index.TestCatalogue.encoded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.FSDirectory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;
import org.seesong.index.IndexMismatchException;
import org.seesong.index.PictureDocument;
import org.seesong.index.SongDocument;
import org.seesong.index.TestCatalogue;
import org.seesong.index.VectorFormat;
import org.seesong.index.WeightedKeyword;
import org.seesong.vector.EncodedImage;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

class TwoHopSearcherTest {
  private static final TwoHopOptions EXACT =
      TwoHopOptions.PAPER.toBuilder().mode(SearchMode.EXACT).build();

  /** Each filter and what it means, said again in plain Java. */
  private static final Map<String, Predicate<SongDocument>> FILTERS =
      Map.ofEntries(
          Map.entry("language=zh", song -> song.details().language().equals("zh")),
          Map.entry("language!=zh", song -> !song.details().language().equals("zh")),
          Map.entry("artist=artist 3", song -> song.details().artist().equals("artist 3")),
          Map.entry("title!=歌 7", song -> !song.details().title().equals("歌 7")),
          Map.entry("year=1990..1999", song -> between(song.details().year(), 1990, 1999)),
          Map.entry("year!=..1999", song -> !between(song.details().year(), 1, 1999)),
          Map.entry("year = 1994", song -> song.details().year() == 1994),
          Map.entry("popularity=50..", song -> song.details().popularity() >= 50),
          Map.entry("popularity!=..49.5", song -> !(song.details().popularity() <= 49.5)),
          Map.entry("genre=pop", song -> song.details().attributes().get("genre").contains("pop")),
          Map.entry("genre=rock", song -> true),
          Map.entry(
              "genre=pop|rock", song -> song.details().attributes().containsValue("pop|rock")),
          Map.entry("keyword=雪", song -> carries(song, "雪")),
          Map.entry("keyword!=雪", song -> !carries(song, "雪")),
          Map.entry("artist=nobody", song -> false));

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void nameFolder() throws IOException {
    folder = temporary.toRealPath().resolve("index");
  }

  private static boolean between(int year, int from, int to) {
    return year != 0 && year >= from && year <= to;
  }

  private static boolean carries(SongDocument song, String keyword) {
    return song.keywords().stream().map(WeightedKeyword::keyword).anyMatch(keyword::equals);
  }

  private static List<String> told(TwoHopResult result) {
    return result.songs().stream()
        .map(hit -> hit.explanation().pictureId() + ">" + hit.id())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"1,", "2,", "3,", "4, IVF", "5, LUCENE"})
  void exactSearchEqualsBruteForceWithTiesAndFilters(long seed, VectorFormat format)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    TestCatalogue catalogue = TestCatalogue.random(new TestCatalogue.Size(80, 150, 3, 2, 4), seed);
    if (format == null) {
      catalogue.write(folder); // with clusters, however few the vectors
    } else {
      catalogue.write(folder, format);
    }
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      TwoHopSearcher searcher = new TwoHopSearcher(index);
      for (Map.Entry<String, Predicate<SongDocument>> filter : FILTERS.entrySet()) {
        for (int round = 0; round < 6; round++) {
          TwoHopOptions options =
              EXACT.toBuilder()
                  .filters(List.of(SongFilter.parse(filter.getKey())))
                  .pictures(1 + random.nextInt(7))
                  .songs(1 + random.nextInt(25))
                  .build();
          float[] query = TestCatalogue.vector(3, 5, random).values();
          assertThat(told(searcher.search(encoded(query), options)))
              .as("%s %s", filter.getKey(), options)
              .isEqualTo(BruteForce.search(catalogue, query, options, filter.getValue()));
        }
      }
    }
  }

  @Test
  void theDefaultIsExactForSmallIndexesAndFiltersHoldTogether() throws IOException {
    TestCatalogue catalogue = TestCatalogue.random(new TestCatalogue.Size(60, 90, 5, 4, 50), 9);
    catalogue.write(folder);
    float[] query = {3, 1, 4, 1, 5};
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      TwoHopSearcher searcher = new TwoHopSearcher(index);
      TwoHopOptions both =
          TwoHopOptions.PAPER.toBuilder()
              .filters(List.of(SongFilter.parse("language=zh"), SongFilter.parse("year!=..1999")))
              .build();
      assertThat(told(searcher.search(encoded(query), both)))
          .isEqualTo(
              BruteForce.search(
                  catalogue,
                  query,
                  both,
                  FILTERS.get("language=zh").and(FILTERS.get("year!=..1999"))));
    }
  }

  @Test
  void anAnswerCarriesItsEvidence() throws IOException {
    TestCatalogue catalogue = TestCatalogue.random(new TestCatalogue.Size(60, 90, 5, 4, 50), 8);
    catalogue.write(folder);
    float[] query = {3, 1, 4, 1, 5};
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      TwoHopResult result = new TwoHopSearcher(index).search(encoded(query), TwoHopOptions.PAPER);
      assertThat(result.pictures()).hasSize(5);
      assertThat(result.songs()).hasSize(10);
      assertThat(result.timing().hopOneNanos()).isPositive();
      assertThat(result.timing().hopTwoNanos()).isPositive();
      for (PictureHit hit : result.pictures()) {
        PictureDocument picture = picture(catalogue, hit.id());
        assertThat(hit.distance())
            .isEqualTo(BruteForce.distance(query, picture.imageEmbedding().values()));
        assertThat(hit.path()).isEqualTo(picture.path());
        assertThat(hit.keywords()).isEqualTo(picture.keywords());
      }
      for (int i = 0; i < 10; i++) {
        checkEvidence(catalogue, query, result.songs().get(i), i + 1);
      }
    }
  }

  private static PictureDocument picture(TestCatalogue catalogue, String id) {
    return catalogue.pictures().get(Integer.parseInt(id.substring(1)));
  }

  private static void checkEvidence(TestCatalogue catalogue, float[] query, SongHit hit, int rank) {
    Explanation because = hit.explanation();
    PictureDocument picture = picture(catalogue, because.pictureId());
    SongDocument song = catalogue.songs().get(Integer.parseInt(hit.id().substring(1)));
    assertThat(hit.rank()).isEqualTo(rank);
    assertThat(hit.song().details()).isEqualTo(song.details());
    assertThat(hit.firstLines()).isEqualTo(song.firstLines());
    assertThat(because.pictureDistance())
        .isEqualTo(BruteForce.distance(query, picture.imageEmbedding().values()));
    assertThat(because.songDistance())
        .isEqualTo(
            BruteForce.distance(picture.graphEmbedding().values(), song.graphEmbedding().values()));
    Set<String> shared = new HashSet<>();
    picture.keywords().forEach(keyword -> shared.add(keyword.keyword()));
    shared.removeIf(keyword -> !carries(song, keyword));
    assertThat(because.sharedKeywords()).containsExactlyInAnyOrderElementsOf(shared);
    assertThat(because.sharedKeywords().stream().map(k -> -weight(picture, song, k))).isSorted();
  }

  private static double weight(PictureDocument picture, SongDocument song, String keyword) {
    double weight = 1;
    for (List<WeightedKeyword> list : List.of(picture.keywords(), song.keywords())) {
      for (WeightedKeyword each : list) {
        weight *= each.keyword().equals(keyword) ? each.weight() : 1;
      }
    }
    return weight;
  }

  @ParameterizedTest
  @EnumSource
  void approximateSearchFindsAtLeastNineteenOfTwentyTrueSongs(VectorFormat format)
      throws IOException {
    TestCatalogue catalogue =
        TestCatalogue.random(new TestCatalogue.Size(2000, 3000, 24, 12, 1000), 5);
    catalogue.write(folder, format);
    SplittableRandom random = new SplittableRandom(6);
    List<String> found = new ArrayList<>();
    int expected = 0;
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      TwoHopSearcher searcher = new TwoHopSearcher(index);
      TwoHopOptions approximate = EXACT.toBuilder().mode(SearchMode.APPROXIMATE).build();
      for (int round = 0; round < 50; round++) {
        float[] query = TestCatalogue.vector(24, 1000, random).values();
        List<String> exact = told(searcher.search(encoded(query), EXACT));
        List<String> told = new ArrayList<>(told(searcher.search(encoded(query), approximate)));
        assertThat(told).hasSize(10);
        told.retainAll(exact);
        found.addAll(told);
        expected += exact.size();
      }
    }
    assertThat(found.size() / (double) expected).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void approximateSearchKeepsThePromiseUnderStrictFilters() throws IOException {
    TestCatalogue catalogue = TestCatalogue.random(new TestCatalogue.Size(50, 400, 4, 3, 30), 5);
    catalogue.write(folder);
    TwoHopOptions options =
        TwoHopOptions.PAPER.toBuilder()
            .mode(SearchMode.APPROXIMATE)
            .candidates(1)
            .songs(40)
            .filters(List.of(SongFilter.parse("artist=artist 3")))
            .build();
    long passing =
        catalogue.songs().stream()
            .filter(song -> !song.graphEmbedding().isEmpty())
            .filter(FILTERS.get("artist=artist 3"))
            .count();
    assertThat(passing).isGreaterThan(40);
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      TwoHopResult result =
          new TwoHopSearcher(index).search(encoded(new float[] {1, 2, 3, 4}), options);
      assertThat(result.songs())
          .hasSize(40)
          .allSatisfy(hit -> assertThat(hit.artist()).isEqualTo("artist 3"));
    }
  }

  @Test
  void anIndexOfSeveralSegmentsWithDeletionsGivesTheSameAnswers() throws IOException {
    TestCatalogue all = TestCatalogue.random(new TestCatalogue.Size(60, 100, 3, 2, 4), 4);
    part(all, 0, 30, 0, 50).write(folder);
    Path other = folder.resolveSibling("other");
    part(all, 30, 60, 50, 100).write(other);
    try (FSDirectory directory = FSDirectory.open(folder);
        FSDirectory more = FSDirectory.open(other);
        IndexWriter writer =
            new IndexWriter(directory, new IndexWriterConfig(new KeywordAnalyzer()))) {
      writer.addIndexes(more);
      writer.deleteDocuments(
          new Term(IndexLayout.ID, "picture:p0"), new Term(IndexLayout.ID, "song:s0"));
      writer.setLiveCommitData(all.identity().toUserData().entrySet());
      writer.commit();
    }
    TestCatalogue left = part(all, 1, 60, 1, 100);
    SplittableRandom random = new SplittableRandom(1);
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      assertThat(index.reader().leaves()).hasSize(2);
      TwoHopSearcher searcher = new TwoHopSearcher(index);
      for (int round = 0; round < 30; round++) {
        float[] query = TestCatalogue.vector(3, 5, random).values();
        List<String> expected = BruteForce.search(left, query, EXACT, song -> true);
        assertThat(told(searcher.search(encoded(query), EXACT))).isEqualTo(expected);
        assertThat(
                told(
                    searcher.search(
                        encoded(query), EXACT.toBuilder().mode(SearchMode.APPROXIMATE).build())))
            .isEqualTo(expected);
      }
    }
  }

  private static TestCatalogue part(
      TestCatalogue all, int firstPicture, int endPicture, int firstSong, int endSong) {
    return new TestCatalogue(
        all.pictures().subList(firstPicture, endPicture),
        all.songs().subList(firstSong, endSong),
        all.identity());
  }

  @Test
  void threadsShareASearcher() throws IOException {
    TestCatalogue catalogue = TestCatalogue.random(new TestCatalogue.Size(60, 100, 3, 2, 40), 4);
    catalogue.write(folder);
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      TwoHopSearcher searcher = new TwoHopSearcher(index);
      assertThat(IntStream.range(0, 400).parallel().mapToObj(i -> i % 40))
          .allSatisfy(
              number -> {
                float[] query = catalogue.pictures().get(number).imageEmbedding().values();
                assertThat(told(searcher.search(encoded(query), EXACT)))
                    .isEqualTo(BruteForce.search(catalogue, query, EXACT, song -> true));
              });
    }
  }

  @Test
  void aPictureOfTheIndexIsItsOwnNearestNeighbour() throws IOException {
    TestCatalogue catalogue = TestCatalogue.random(new TestCatalogue.Size(60, 90, 8, 4, 1000), 8);
    catalogue.write(folder);
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      TwoHopSearcher searcher = new TwoHopSearcher(index);
      for (SearchMode mode : SearchMode.values()) {
        for (PictureDocument picture : catalogue.pictures()) {
          PictureHit first =
              searcher
                  .search(
                      encoded(picture.imageEmbedding().values()),
                      TwoHopOptions.PAPER.toBuilder().mode(mode).build())
                  .pictures()
                  .get(0);
          assertThat(first.id()).isEqualTo(picture.id());
          assertThat(first.distance()).isCloseTo(0, within(0.0));
        }
      }
    }
  }

  @Test
  void queryVectorsThatCannotBeComparedAreRefused() throws IOException {
    TestCatalogue.random(new TestCatalogue.Size(10, 10, 3, 2, 9), 1).write(folder);
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      TwoHopSearcher searcher = new TwoHopSearcher(index);
      assertRefused(
          searcher,
          new float[3],
          "query vector is all zeros: the encoder found nothing in the picture; try another one");
      assertRefused(
          searcher,
          new float[] {3e20f, 0, 0},
          "query vector must have a length of at most 1.0E15; got: 3.000000060122632E20");
    }
  }

  @Test
  void aQueryFromAnotherSpaceIsRefusedWhateverItsDimension() throws IOException {
    TestCatalogue.random(new TestCatalogue.Size(10, 10, 3, 2, 9), 1).write(folder);
    float[] values = {1, 2, 3};
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      TwoHopSearcher searcher = new TwoHopSearcher(index);
      EncodedImage other = new EncodedImage(new VectorSpace("descriptor-1-unit", 3), values);
      String message =
          "index "
              + folder
              + " holds vectors of encoder 'descriptor-1' (3 dimensions), but the query comes from"
              + " 'descriptor-1-unit' (3 dimensions); search with encoder 'descriptor-1' or build"
              + " the index again";
      assertMismatch(() -> searcher.search(other, EXACT), message);
      assertMismatch(() -> searcher.pictures(other, EXACT), message);
      assertMismatch(() -> searcher.pictureIds(other, EXACT), message);
      TwoHopQuery mixed =
          new TwoHopQuery.Pictures(
              List.of(
                  new TwoHopQuery.Example.Encoded(encoded(values), 1),
                  new TwoHopQuery.Example.Encoded(other, -1)));
      assertMismatch(() -> searcher.search(mixed, EXACT), message);
      assertMismatch(
          () -> searcher.search(encoded(new float[] {1, 2, 3, 4}), EXACT),
          "index "
              + folder
              + " holds vectors of encoder 'descriptor-1' (3 dimensions), but the query comes from"
              + " 'descriptor-1' (4 dimensions); search with encoder 'descriptor-1' or build the"
              + " index again");
    }
  }

  private static void assertMismatch(ThrowingCallable search, String message) {
    assertThatThrownBy(search).isInstanceOf(IndexMismatchException.class).hasMessage(message);
  }

  private static void assertRefused(TwoHopSearcher searcher, float[] query, String message) {
    assertThatThrownBy(() -> searcher.search(encoded(query), TwoHopOptions.PAPER))
        .isInstanceOf(QueryException.class)
        .hasMessage(message);
  }

  @Test
  void anIndexThatCanOnlyAnswerNothingIsSaidToBeSo() throws IOException {
    String end = ", so no song can be found; build it again from a catalogue that has";
    assertEmpty(0, 5, "has no pictures" + end);
    assertEmpty(5, 0, "has no songs" + end);
    TestCatalogue some = TestCatalogue.random(new TestCatalogue.Size(3, 3, 3, 2, 9), 1);
    List<PictureDocument> isolated =
        some.pictures().stream()
            .map(
                p ->
                    new PictureDocument(
                        p.id(),
                        p.path(),
                        p.keywords(),
                        p.keywords(),
                        p.imageEmbedding(),
                        FloatVector.empty(),
                        p.thumbnail()))
            .toList();
    assertEmpty(
        new TestCatalogue(isolated, some.songs(), some.identity()),
        "has no pictures with keywords" + end);
  }

  private void assertEmpty(int pictures, int songs, String message) throws IOException {
    assertEmpty(TestCatalogue.random(new TestCatalogue.Size(pictures, songs, 3, 2, 9), 1), message);
  }

  private void assertEmpty(TestCatalogue catalogue, String message) throws IOException {
    catalogue.write(folder);
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      assertThatThrownBy(() -> new TwoHopSearcher(index))
          .isInstanceOf(QueryException.class)
          .hasMessage("index " + folder + " " + message);
    }
  }

  @Test
  void filtersThatDoNotFitTheIndexAreRefused() throws IOException {
    TestCatalogue.random(new TestCatalogue.Size(10, 10, 3, 2, 9), 1).write(folder);
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      TwoHopSearcher searcher = new TwoHopSearcher(index);
      assertFilterRefused(
          searcher,
          "mood!=sad",
          "filter 'mood!=sad' names a field 'mood' that songs of index "
              + folder
              + " do not have; they have: artist, keyword, language, title, year, popularity,"
              + " genre");
      String ranges = " or a range from low to high, such as 1990..1999, 1990.. or ..1999";
      for (String value : List.of("199x", "1999..1990", "..", "1..2..3", "19.5", "99999999999")) {
        assertFilterRefused(
            searcher,
            "year=" + value,
            "value '" + value + "' of filter 'year=" + value + "' must be a whole number" + ranges);
      }
      assertFilterRefused(
          searcher,
          "popularity=NaN",
          "value 'NaN' of filter 'popularity=NaN' must be a number" + ranges);
    }
  }

  private static void assertFilterRefused(TwoHopSearcher searcher, String filter, String message) {
    TwoHopOptions options =
        TwoHopOptions.PAPER.toBuilder().filters(List.of(SongFilter.parse(filter))).build();
    assertThatThrownBy(() -> searcher.search(encoded(new float[] {1, 2, 3}), options))
        .isInstanceOf(QueryException.class)
        .hasMessage(message);
  }
}
