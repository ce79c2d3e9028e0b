package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.solr.common.SolrInputDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seesong.index.IndexLayout;
import org.seesong.index.SongDocument;
import org.seesong.index.TestCatalogue;
import org.seesong.index.WeightedKeyword;
import org.seesong.query.PictureHit;
import org.seesong.query.SongFinder;
import org.seesong.query.SongHit;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopQuery;
import org.seesong.query.TwoHopQuery.Pictures;
import org.seesong.query.TwoHopQuery.Words;
import org.seesong.query.TwoHopResult;
import org.seesong.solr.SongsHttp.Reply;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/**
 * Boosts of keywords get the library's answer from Solr. Vectors are of small whole numbers, so
 * that sums over shards are exact.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoostAnswersTest extends BaseCloudTestCase {
  private static final String OF_SONGS_ALONE = "船";
  private static final VectorSpace TEXTS = new VectorSpace("fake-text-1", 5);
  private static final TestCatalogue CATALOGUE =
      withBoats(
          TestCatalogue.random(new TestCatalogue.Size(120, 400, 6, 4, 60), 11).withTexts(TEXTS, 4));
  private static final String ENCODER = CATALOGUE.identity().encoderSpace().id();

  private SongFinder library;

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

  @BeforeAll
  void load(@TempDir Path folder) throws Exception {
    Path written = folder.toRealPath().resolve("index");
    CATALOGUE.write(written);
    library = SongFinder.open(written);
    Configset configset =
        new Configset(
            CATALOGUE.identity().imageSpace(),
            CATALOGUE.identity().centering(),
            CATALOGUE.identity().graphSpace(),
            CATALOGUE.identity().textSpace(),
            Configset.NO_ENCODER,
            "");
    upload("seesong", configset);
    Path appending = Files.createDirectories(temp().resolve("appending"));
    configset.writeTo(appending);
    Path config = appending.resolve("solrconfig.xml");
    String text = Files.readString(config);
    String args = "<str name=\"encoder\">${seesong.encoder:none}</str>";
    int handler = text.indexOf(args, text.indexOf("/songs-by-image"));
    Files.writeString(
        config,
        text.substring(0, handler)
            + "<lst name=\"appends\"><str name=\"image.fq\">-picture_keyword:雪</str>"
            + "<str name=\"fq\">-song_keyword:(雪 OR 船)</str></lst>"
            + text.substring(handler));
    cluster().uploadConfigSet(appending, "appending");
    create("both", "seesong", 3, 1);
    create("songs", "seesong", 2, 1);
    create("pictures", "seesong", 2, 2);
    create("seen", "appending", 2, 1);
    List<SolrInputDocument> both = new ArrayList<>(SolrCatalogue.pictures(CATALOGUE));
    both.addAll(SolrCatalogue.songs(CATALOGUE));
    add(client(), "both", both);
    add(client(), "seen", both);
    add(client(), "pictures", SolrCatalogue.pictures(CATALOGUE));
    add(client(), "songs", SolrCatalogue.songs(CATALOGUE));
  }

  @AfterAll
  void close() throws Exception {
    if (library != null) {
      library.close();
    }
  }

  private SongsHttp solr(String collection, int node) {
    return new SongsHttp(cluster().getJettySolrRunner(node).getBaseUrl().toString(), collection);
  }

  private static List<String> parameters(List<String> boosts, String collection, String... more) {
    List<String> parameters = new ArrayList<>(List.of(more));
    parameters.addAll(List.of("image.mode", "exact"));
    parameters.addAll(
        List.of("image.collection", collection.equals("songs") ? "pictures" : collection));
    boosts.forEach(boost -> parameters.addAll(List.of("image.boost", boost)));
    return parameters;
  }

  private static void assertSame(Reply reply, TwoHopResult expected) {
    assertThat(reply.status()).as(reply.error()).isEqualTo(200);
    assertThat(reply.anchors().stream().map(IndexLayout::ownerId).toList())
        .isEqualTo(expected.pictures().stream().map(PictureHit::id).toList());
    assertThat(reply.songs().stream().map(IndexLayout::ownerId).toList())
        .isEqualTo(expected.songs().stream().map(SongHit::id).toList())
        .isNotEmpty();
    for (SongHit hit : expected.songs()) {
      var why = reply.json().get("why").get("song:" + hit.id());
      assertThat(why.get("songDistance").asDouble()).isEqualTo(hit.explanation().songDistance());
      List<String> keywords = new ArrayList<>();
      why.get("keywords").forEach(keyword -> keywords.add(keyword.asText()));
      assertThat(keywords).containsExactlyInAnyOrderElementsOf(hit.explanation().sharedKeywords());
    }
  }

  private static List<List<String>> boosts() {
    return List.of(
        List.of("雪"),
        List.of("花:-0.5"),
        List.of("海:10", "山:-2.25"),
        List.of(OF_SONGS_ALONE + ":1.5"),
        List.of(OF_SONGS_ALONE + ":-1", "月:0.3", "沙"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"both", "songs"})
  void boostedAnswersAreTheLibrarys(String collection) throws Exception {
    SplittableRandom random = new SplittableRandom(collection.hashCode());
    for (List<String> boosts : boosts()) {
      for (int node = 0; node < nodes(); node++) {
        float[] query = TestCatalogue.vector(6, 60, random).values();
        TwoHopOptions options =
            TwoHopOptions.builder().boosts(boosts.toArray(String[]::new)).build();
        Reply reply =
            solr(collection, node)
                .byVector(query, ENCODER, parameters(boosts, collection).toArray(String[]::new));
        TwoHopResult expected = library.find(TwoHopQuery.of(TestCatalogue.encoded(query)), options);
        assertSame(reply, expected);
        assertThat(reply.json().at("/responseHeader/warnings/0").asText())
            .isEqualTo(
                boosts.contains("沙")
                    ? "no picture and no song carries the keyword '沙', so its boost changes nothing"
                    : "");
      }
    }
  }

  @Test
  void boostsCountBesideWordsToo() throws Exception {
    FloatVector target = TestCatalogue.unitVector(5, new SplittableRandom(3));
    Words words = new Words(TEXTS, target, true, Optional.empty(), 0.5);
    for (List<String> boosts : boosts()) {
      Reply reply =
          solr("both", 0)
              .form(
                  parameters(
                          boosts,
                          "both",
                          "image.id",
                          "picture:p7",
                          "image.wordsVec",
                          HopParams.encode(target),
                          "image.wordsEncoder",
                          TEXTS.id())
                      .toArray(String[]::new));
      TwoHopOptions options = TwoHopOptions.builder().boosts(boosts.toArray(String[]::new)).build();
      Words query = words.with((Pictures) TwoHopQuery.ofPicture("p7"), 0.5);
      assertThat(reply.status()).as(reply.error()).isEqualTo(200);
      assertThat(reply.songs().stream().map(IndexLayout::ownerId).toList())
          .isEqualTo(library.find(query, options).songs().stream().map(SongHit::id).toList())
          .isNotEmpty();
    }
  }

  @Test
  void requestsFiltersDoNotMoveKeywords() throws Exception {
    List<String> boosts = List.of("雪:2", OF_SONGS_ALONE);
    assertSame(
        solr("both", 1)
            .form(
                parameters(
                        boosts,
                        "both",
                        "image.id",
                        "picture:p3",
                        "image.fq",
                        "-picture_keyword:雪",
                        "fq",
                        "song_artist:\"artist 2\"")
                    .toArray(String[]::new)),
        library.find(
            TwoHopQuery.ofPicture("p3"),
            TwoHopOptions.builder()
                .boosts(boosts.toArray(String[]::new))
                .pictureFilters("keyword!=雪")
                .filters("artist=artist 2")
                .build()));
  }

  /** What the handler's own filters hide leads nowhere: nothing of it can be told by a boost. */
  @Test
  void whatTheHandlerHidesIsNotThere() throws Exception {
    for (String keyword : List.of("雪", OF_SONGS_ALONE)) {
      Reply plain = solr("seen", 0).form("image.id", "picture:p3");
      Reply boosted = solr("seen", 0).form("image.id", "picture:p3", "image.boost", keyword + ":9");
      assertThat(boosted.status()).as(boosted.error()).isEqualTo(200);
      assertThat(boosted.songs()).isEqualTo(plain.songs()).isNotEmpty();
      assertThat(boosted.json().at("/responseHeader/warnings/0").asText())
          .startsWith("no picture and no song carries the keyword '" + keyword + "'");
    }
    assertThat(solr("seen", 0).form("image.id", "picture:p3", "image.boost", "花:9").songs())
        .isNotEqualTo(solr("seen", 0).form("image.id", "picture:p3").songs());
  }

  private void assertRefused(String message, String... parameters) throws Exception {
    Reply reply = solr("both", 0).form(parameters);
    assertThat(reply.status()).as(reply.error()).isEqualTo(400);
    assertThat(reply.error()).contains(message);
  }

  @Test
  void otherBoostsAreRefused() throws Exception {
    assertRefused(
        "boost '雪:x' must read keyword or keyword:weight, such as snow or snow:-0.5",
        "image.id",
        "picture:p3",
        "image.boost",
        "雪:x");
    assertRefused(
        "boost of keyword '雪' must be -10.0 to 10.0, not 0; got: 11.0",
        "image.id",
        "picture:p3",
        "image.boost",
        "雪:11");
    assertRefused("a boost needs a keyword", "image.id", "picture:p3", "image.boost", "");
    assertRefused(
        "keyword '雪' is boosted twice; give it one weight",
        "image.id",
        "picture:p3",
        "image.boost",
        "雪",
        "image.boost",
        "雪:2");
    assertRefused(
        "image.boost needs a picture to start from; words alone have none",
        "image.wordsVec",
        "AACAPw",
        "image.wordsEncoder",
        "x",
        "image.boost",
        "雪");
  }
}
