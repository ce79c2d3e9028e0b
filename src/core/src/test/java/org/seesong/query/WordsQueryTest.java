package org.seesong.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.encoder.TextEncoder;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexMismatchException;
import org.seesong.index.SongDocument;
import org.seesong.index.TestCatalogue;
import org.seesong.query.Explanation.Origin;
import org.seesong.query.TwoHopQuery.Pictures;
import org.seesong.query.TwoHopQuery.Words;
import org.seesong.select.Centroid;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

class WordsQueryTest {
  private static final VectorSpace TEXT = new VectorSpace("fake-text-1", 5);
  private static final TwoHopOptions EXACT = TwoHopOptions.builder().mode(SearchMode.EXACT).build();

  /** More than 1,000 songs have text embeddings, so that not all are candidates of the words. */
  private static final TestCatalogue CATALOGUE =
      TestCatalogue.random(new TestCatalogue.Size(60, 2500, 6, 4, 60), 3).withTexts(TEXT, 5);

  @TempDir static Path temporary;
  private static Path folder;
  private static CatalogueIndex index;
  private static TwoHopSearcher searcher;

  /** Each letter a to e is a direction; counts how often it is closed. */
  private static final class Letters implements TextEncoder {
    private final VectorSpace space;
    private int closed;

    Letters(VectorSpace space) {
      this.space = space;
    }

    @Override
    public String id() {
      return space.id();
    }

    @Override
    public int dimension() {
      return space.dimension();
    }

    @Override
    public float[][] encode(List<String> texts, Role role) {
      assertThat(role).isEqualTo(Role.QUERY);
      return texts.stream().map(text -> letter(text).values()).toArray(float[][]::new);
    }

    @Override
    public void close() {
      closed++;
    }
  }

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

  private static FloatVector letter(String text) {
    float[] values = new float[TEXT.dimension()];
    values[text.charAt(0) - 'a'] = 1;
    return new FloatVector(values);
  }

  private static Words words(FloatVector target) {
    return new Words(TEXT, target, true, Optional.empty(), Words.DEFAULT_WEIGHT);
  }

  private static Pictures picture(String id) {
    return (Pictures) TwoHopQuery.ofPicture(id);
  }

  private static List<String> ids(TwoHopResult result) {
    return result.songs().stream().map(SongHit::id).toList();
  }

  private static List<SongDocument> songsWith(Predicate<SongDocument> condition) {
    return CATALOGUE.songs().stream().filter(condition).toList();
  }

  private static List<String> nearest(List<SongDocument> songs, FloatVector target, int most) {
    return songs.stream()
        .filter(song -> !song.textEmbedding().isEmpty())
        .sorted(
            Comparator.comparingDouble(
                song -> song.textEmbedding().squaredDistance(target.values())))
        .limit(most)
        .map(SongDocument::id)
        .toList();
  }

  @Test
  void wordsAloneFindTheSongsNearestByText() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 10; round++) {
      FloatVector target = TestCatalogue.unitVector(TEXT.dimension(), random);
      TwoHopResult result = searcher.search(words(target), EXACT);
      assertThat(ids(result)).isEqualTo(nearest(CATALOGUE.songs(), target, 10));
      assertThat(result.pictures()).isEmpty();
      assertThat(result.confidence()).isEmpty();
      for (SongHit hit : result.songs()) {
        SongDocument song = CATALOGUE.songs().get(Integer.parseInt(hit.id().substring(1)));
        double distance = Math.sqrt(song.textEmbedding().squaredDistance(target.values()));
        assertThat(hit.distance()).isCloseTo(distance, within(1e-6));
        assertThat(hit.explanation())
            .isEqualTo(new Explanation(Origin.WORDS, "", 0, hit.distance(), List.of()));
        assertThat(hit.confidence()).isEmpty();
      }
    }
    // Also beyond the candidates that a small answer looks at.
    FloatVector target = letter("a");
    assertThat(ids(searcher.search(words(target), EXACT.toBuilder().songs(1500).build())))
        .isEqualTo(nearest(CATALOGUE.songs(), target, 1500));
  }

  @Test
  void filtersExclusionsAndArtistsHold() throws IOException {
    FloatVector target = letter("b");
    String first = nearest(CATALOGUE.songs(), target, 1).get(0);
    TwoHopOptions options =
        EXACT.toBuilder().filters("language=zh").excludedSongs(Set.of(first)).build();
    List<SongDocument> left =
        songsWith(song -> song.details().language().equals("zh") && !song.id().equals(first));
    assertThat(ids(searcher.search(words(target), options))).isEqualTo(nearest(left, target, 10));
    for (Words query : List.of(words(target), words(target).with(picture("p3"), 0.5))) {
      TwoHopResult result =
          searcher.search(query, options.toBuilder().maxPerArtist(1).songs(5).build());
      assertThat(result.songs()).extracting(SongHit::artist).doesNotHaveDuplicates().hasSize(5);
      assertThat(result.songs()).extracting(SongHit::language).containsOnly("zh");
      assertThat(ids(result)).doesNotContain(first);
    }
  }

  /** The weighted sum of ranks, computed anew. */
  private static List<String> fused(Words query, TwoHopOptions options) throws IOException {
    TwoHopResult likeIt = searcher.search(query.pictures().orElseThrow(), options);
    List<FloatVector> pictures =
        likeIt.pictures().stream()
            .map(hit -> CATALOGUE.pictures().get(Integer.parseInt(hit.id().substring(1))))
            .map(picture -> picture.graphEmbedding())
            .toList();
    List<Centroid.Member> members =
        likeIt.pictures().stream()
            .filter(hit -> !pictures.get(hit.rank() - 1).isEmpty())
            .map(hit -> new Centroid.Member(hit.id(), pictures.get(hit.rank() - 1), hit.distance()))
            .toList();
    float[] centroid = Centroid.of(members).vector().values();
    Stream<String> byWords =
        query.findsSongs()
            ? nearest(CATALOGUE.songs(), query.target(), 1000).stream()
            : Stream.empty();
    List<SongDocument> connected = songsWith(song -> !song.graphEmbedding().isEmpty());
    Stream<String> byPictures =
        pictures.stream()
            .filter(picture -> !picture.isEmpty())
            .flatMap(
                picture ->
                    connected.stream()
                        .sorted(
                            Comparator.<SongDocument>comparingDouble(
                                    song -> song.graphEmbedding().squaredDistance(picture.values()))
                                .thenComparing(SongDocument::id))
                        .limit(200)
                        .map(SongDocument::id));
    Set<String> ids = Set.copyOf(Stream.concat(byWords, byPictures).distinct().toList());
    List<SongDocument> candidates = songsWith(song -> ids.contains(song.id()));
    Map<String, Long> texts =
        ranks(
            candidates,
            song ->
                song.textEmbedding().isEmpty()
                    ? 4
                    : song.textEmbedding().squaredDistance(query.target().values()));
    Map<String, Long> graphs =
        ranks(
            candidates,
            song ->
                song.graphEmbedding().isEmpty()
                    ? Double.MAX_VALUE
                    : song.graphEmbedding().squaredDistance(centroid));
    double weight = query.weight();
    return candidates.stream()
        .map(SongDocument::id)
        .sorted(
            Comparator.<String>comparingDouble(
                    id -> weight * texts.get(id) + (1 - weight) * graphs.get(id))
                .thenComparing(Comparator.naturalOrder()))
        .limit(10)
        .toList();
  }

  /** For each song how many others are nearer. */
  private static Map<String, Long> ranks(
      List<SongDocument> songs, ToDoubleFunction<SongDocument> distance) {
    double[] all = songs.stream().mapToDouble(distance).toArray();
    Map<String, Long> ranks = new HashMap<>();
    for (int i = 0; i < all.length; i++) {
      double own = all[i];
      ranks.put(songs.get(i).id(), Arrays.stream(all).filter(each -> each < own).count());
    }
    return ranks;
  }

  @Test
  void picturesAndWordsAreWeighed() throws IOException {
    SplittableRandom random = new SplittableRandom(9);
    for (double weight : new double[] {0.25, 0.5, 0.9}) {
      for (String id : List.of("p3", "p11", "p40")) {
        FloatVector target = TestCatalogue.unitVector(TEXT.dimension(), random);
        Words query = words(target).with(picture(id), weight);
        TwoHopResult result = searcher.search(query, EXACT);
        assertThat(ids(result)).as("%s, %s", id, weight).isEqualTo(fused(query, EXACT));
        Words less = new Words(TEXT, target, false, query.pictures(), weight);
        assertThat(ids(searcher.search(less, EXACT))).isEqualTo(fused(less, EXACT));
        assertThat(result.pictures())
            .isEqualTo(searcher.search(picture(id), EXACT).pictures())
            .hasSize(10);
        assertThat(result.confidence()).isEmpty();
        assertThat(result.songs())
            .allSatisfy(hit -> assertThat(hit.explanation().origin()).isEqualTo(Origin.WORDS));
      }
    }
  }

  @Test
  void songsAreExplainedByTheNearestPicture() throws IOException {
    TwoHopResult result = searcher.search(words(letter("c")).with(picture("p3"), 0.3), EXACT);
    List<String> pictures = result.pictures().stream().map(PictureHit::id).toList();
    assertThat(result.songs())
        .allSatisfy(
            hit -> {
              SongDocument song = CATALOGUE.songs().get(Integer.parseInt(hit.id().substring(1)));
              double nearest =
                  pictures.stream()
                      .map(id -> CATALOGUE.pictures().get(Integer.parseInt(id.substring(1))))
                      .filter(picture -> !picture.graphEmbedding().isEmpty())
                      .mapToDouble(
                          picture ->
                              picture
                                  .graphEmbedding()
                                  .squaredDistance(song.graphEmbedding().values()))
                      .min()
                      .orElseThrow();
              assertThat(hit.explanation().songDistance())
                  .isCloseTo(Math.sqrt(nearest), within(1e-6));
              assertThat(hit.explanation().pictureId()).isIn(pictures);
            });
  }

  @Test
  void theFinderEncodesWords() throws IOException {
    Letters encoder = new Letters(TEXT);
    try (SongFinder finder = SongFinder.builder(folder).textEncoder(encoder).open()) {
      Words plain = finder.words("d", "");
      assertThat(plain).isEqualTo(words(letter("d")));
      assertThat(ids(finder.find(plain, EXACT)))
          .isEqualTo(nearest(CATALOGUE.songs(), letter("d"), 10));
      // (1, -0.5) made length 1.
      Words less = finder.words("d", "a");
      assertThat(less.target().values()[3]).isCloseTo(0.894427f, within(1e-6f));
      assertThat(less.target().values()[0]).isCloseTo(-0.447214f, within(1e-6f));
      assertThat(finder.words(" ", "a").target().values()[0]).isEqualTo(-1);
      assertThat(less.findsSongs()).isTrue();
      assertThatThrownBy(() -> finder.find(finder.words("", "a")))
          .isInstanceOf(QueryException.class)
          .hasMessage(
              "words that songs should be without find none; add words to find songs by, or"
                  + " pictures");
      assertThatThrownBy(() -> finder.words("", " "))
          .isInstanceOf(QueryException.class)
          .hasMessage("words must not be blank");
      assertThatThrownBy(() -> finder.words("", "a".repeat(501)))
          .isInstanceOf(QueryException.class)
          .hasMessage("words to be without must have at most 500 characters; got: 501");
    }
    assertThat(encoder.closed).isZero();
  }

  @Test
  void wordsOfAnotherSpaceAreRefused() throws IOException {
    VectorSpace other = new VectorSpace("other-text", 5);
    try (SongFinder finder = SongFinder.builder(folder).textEncoder(new Letters(other)).open()) {
      Words query = finder.words("a", "");
      assertThatThrownBy(() -> finder.find(query))
          .isInstanceOf(IndexMismatchException.class)
          .hasMessageContaining("'fake-text-1' (5 dimensions)")
          .hasMessageContaining("'other-text' (5 dimensions)");
    }
    FloatVector target = letter("a");
    assertThatThrownBy(
            () -> new Words(new VectorSpace("x", 4), target, true, Optional.empty(), 0.5))
        .hasMessage("words of space 'x' (4 dimensions) cannot have 5 numbers");
    assertThatThrownBy(() -> words(new FloatVector(new float[] {2, 0, 0, 0, 0})))
        .hasMessage("vector of words must have length 1; got: 2.0");
    assertThatThrownBy(() -> words(target).with(picture("p3"), 1.5))
        .isInstanceOf(QueryException.class)
        .hasMessage("weight of words must be 0 to 1; got: 1.5");
  }

  @Test
  void anIndexWithoutTextEmbeddingsSaysSo() throws IOException {
    Path mute = temporary.toRealPath().resolve("mute");
    TestCatalogue.random(new TestCatalogue.Size(20, 40, 6, 4, 60), 4).write(mute);
    String message =
        "index "
            + mute
            + " has no text embeddings, so it cannot be searched by words; build it again with"
            + " --text-encoder auto";
    try (CatalogueIndex opened = CatalogueIndex.open(mute);
        SongFinder finder = SongFinder.open(mute)) {
      assertThatThrownBy(
              () -> new TwoHopSearcher(opened).search(words(letter("a")), TwoHopOptions.DEFAULT))
          .isInstanceOf(QueryException.class)
          .hasMessage(message);
      assertThatThrownBy(() -> finder.words("a", ""))
          .isInstanceOf(QueryException.class)
          .hasMessage(message);
    }
  }
}
