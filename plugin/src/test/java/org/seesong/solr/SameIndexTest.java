package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.solr.embedded.JettyConfig;
import org.apache.solr.embedded.JettySolrRunner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.index.BuildInfo;
import org.seesong.index.IndexLayout;
import org.seesong.index.IndexMetadata;
import org.seesong.index.TestCatalogue;
import org.seesong.index.VectorFormat;
import org.seesong.query.Explanation;
import org.seesong.query.PictureHit;
import org.seesong.query.SearchMode;
import org.seesong.query.SongFinder;
import org.seesong.query.SongHit;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopQuery;
import org.seesong.query.TwoHopQuery.Pictures;
import org.seesong.query.TwoHopQuery.Words;
import org.seesong.query.TwoHopResult;
import org.seesong.select.Confidence;
import org.seesong.solr.SongsHttp.Reply;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/**
 * Solr opens the index files that the library wrote, and gives the library's answers, though
 * pictures are centred and queries are not.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameIndexTest {
  /** So that some places stay empty. */
  private static final Confidence CONFIDENCE =
      new Confidence(List.of(2.0, -0.02, 3.0, 0.5), List.of(-2.8, 4.0));

  private static final VectorSpace TEXT = new VectorSpace("fake-text-1", 5);
  private static final TestCatalogue CATALOGUE =
      withConfidence(
          TestCatalogue.random(new TestCatalogue.Size(400, 1500, 12, 8, 60), 31)
              .withTexts(TEXT, 6)
              .centered());
  private static final String ENCODER = CATALOGUE.identity().encoderSpace().id();

  private JettySolrRunner node;
  private SongFinder library;

  private static TestCatalogue withConfidence(TestCatalogue catalogue) {
    IndexMetadata plain = catalogue.identity();
    BuildInfo build = plain.build();
    SortedMap<String, String> options = new TreeMap<>(build.options());
    options.put(Confidence.OPTION, CONFIDENCE.describe());
    return new TestCatalogue(
        catalogue.pictures(),
        catalogue.songs(),
        new IndexMetadata(
            plain.layoutVersion(),
            plain.imageSpace(),
            plain.centering(),
            plain.graphSpace(),
            plain.textSpace(),
            new BuildInfo(build.seed(), build.vocabularyHash(), build.fingerprint(), options)));
  }

  @BeforeAll
  void open(@TempDir Path home) throws Exception {
    Path core = home.toRealPath().resolve("files");
    CATALOGUE.write(core.resolve("data/index"), VectorFormat.IVF);
    Path config = Files.createDirectories(core.resolve("conf"));
    new Configset(
            CATALOGUE.identity().imageSpace(),
            CATALOGUE.identity().centering(),
            CATALOGUE.identity().graphSpace(),
            CATALOGUE.identity().textSpace(),
            Configset.NO_ENCODER,
            CONFIDENCE.describe())
        .writeTo(config);
    // The library stores texts but has doc values of ids alone.
    Path schema = config.resolve("managed-schema.xml");
    Files.writeString(
        schema,
        Files.readString(schema)
            .replaceAll("(<field name=\"(?!id)\\w+\" type=\"string\")", "$1 docValues=\"false\""));
    Files.writeString(core.resolve("core.properties"), "name=files");
    Files.writeString(home.resolve("solr.xml"), "<solr/>");
    library = SongFinder.open(core.resolve("data/index"));
    node = new JettySolrRunner(home.toString(), JettyConfig.builder().build());
    node.start();
  }

  @AfterAll
  void close() throws Exception {
    if (library != null) {
      library.close();
    }
    if (node != null) {
      node.stop();
    }
  }

  @Test
  void theDefaultAnswersAreAlike() throws Exception {
    assertAlike(TwoHopOptions.DEFAULT);
  }

  @Test
  void approximateAnswersAreAlike() throws Exception {
    assertAlike(
        TwoHopOptions.builder().mode(SearchMode.APPROXIMATE).candidates(20).songs(25).build(),
        "image.mode",
        "approximate",
        "image.candidates",
        "20",
        "image.songs",
        "25");
  }

  @Test
  void turnsWithALimitForArtistsAreAlike() throws Exception {
    assertAlike(
        TwoHopOptions.PAPER.toBuilder().songs(30).maxPerArtist(8).build(),
        "image.pictures",
        "5",
        "image.coverage",
        "0",
        "image.songs",
        "30",
        "image.fill",
        "true",
        "image.maxPerArtist",
        "8");
  }

  @Test
  void turnsOfNearlyEqualSongsAreAlike() throws Exception {
    assertAlike(
        TwoHopOptions.builder().variety(1).songs(20).build(),
        "image.variety",
        "1",
        "image.songs",
        "20");
    SongsHttp solr = new SongsHttp(node.getBaseUrl().toString(), "files");
    assertThat(solr.form("image.id", "picture:p7", "image.variety", "2").error())
        .contains("variety must be 0 to 1; got: 2.0");
  }

  @Test
  void picturesOfTheIndexAreNotCentredTwice() throws Exception {
    SongsHttp solr = new SongsHttp(node.getBaseUrl().toString(), "files");
    Reply reply = solr.form("image.id", "picture:p7");
    TwoHopResult expected = library.find(TwoHopQuery.ofPicture("p7"), TwoHopOptions.DEFAULT);
    assertThat(reply.status()).as(reply.error()).isEqualTo(200);
    assertThat(reply.songs().stream().map(IndexLayout::ownerId).toList())
        .isEqualTo(expected.songs().stream().map(SongHit::id).toList());
    assertThat(
            solr.byVector(new float[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, "descriptor-2").error())
        .contains("holds vectors of encoder 'descriptor-1' (12 dimensions)");
  }

  @Test
  void boostedAnswersAreAlike() throws Exception {
    assertAlike(
        TwoHopOptions.builder().fill(true).boosts("雪:1.5", "花:-0.4", "沙").build(),
        "image.fill",
        "true",
        "image.boost",
        "雪:1.5",
        "image.boost",
        "花:-0.4",
        "image.boost",
        "沙");
    assertAlike(TwoHopOptions.builder().boosts("花:-0.4").build(), "image.boost", "花:-0.4");
  }

  @Test
  void filledAnswersAreAlike() throws Exception {
    assertAlike(TwoHopOptions.builder().fill(true).build(), "image.fill", "true");
  }

  @Test
  void answersToWordsAreAlike() throws Exception {
    SongsHttp solr = new SongsHttp(node.getBaseUrl().toString(), "files");
    SplittableRandom random = new SplittableRandom(8);
    for (SearchMode mode : SearchMode.values()) {
      TwoHopOptions options = TwoHopOptions.builder().mode(mode).candidates(20).songs(25).build();
      for (int round = 0; round < 5; round++) {
        FloatVector target = TestCatalogue.unitVector(TEXT.dimension(), random);
        Words words = new Words(TEXT, target, true, Optional.empty(), 0.5);
        String[] parameters = {
          "image.wordsVec",
          HopParams.encode(target),
          "image.wordsEncoder",
          TEXT.id(),
          "image.mode",
          mode.name(),
          "image.candidates",
          "20",
          "image.songs",
          "25"
        };
        assertSameSongs(solr.form(parameters), library.find(words, options));
        float[] query = TestCatalogue.vector(12, 60, random).values();
        Pictures pictures = (Pictures) TwoHopQuery.of(TestCatalogue.encoded(query));
        assertSameSongs(
            solr.byVector(query, ENCODER, parameters),
            library.find(words.with(pictures, 0.5), options));
      }
    }
  }

  private static void assertSameSongs(Reply reply, TwoHopResult expected) {
    assertThat(reply.status()).as(reply.error()).isEqualTo(200);
    assertThat(reply.songs().stream().map(IndexLayout::ownerId).toList())
        .isEqualTo(expected.songs().stream().map(SongHit::id).toList())
        .hasSize(25);
    assertThat(reply.anchors().stream().map(IndexLayout::ownerId).toList())
        .isEqualTo(expected.pictures().stream().map(PictureHit::id).toList());
  }

  private void assertAlike(TwoHopOptions options, String... parameters) throws Exception {
    SongsHttp solr = new SongsHttp(node.getBaseUrl().toString(), "files");
    SplittableRandom random = new SplittableRandom(7);
    int places = 0;
    for (int round = 0; round < 10; round++) {
      float[] query = TestCatalogue.vector(12, 60, random).values();
      Reply reply = solr.byVector(query, ENCODER, parameters);
      TwoHopResult expected = library.find(TwoHopQuery.of(TestCatalogue.encoded(query)), options);
      assertThat(reply.status()).as(reply.error()).isEqualTo(200);
      assertThat(reply.anchors().stream().map(IndexLayout::ownerId).toList())
          .isEqualTo(expected.pictures().stream().map(PictureHit::id).toList());
      assertThat(reply.songs().stream().map(IndexLayout::ownerId).toList())
          .isEqualTo(expected.songs().stream().map(SongHit::id).toList());
      places += expected.songs().size();
      assertThat(reply.json().get("confidence").asDouble())
          .isEqualTo(expected.confidence().orElseThrow());
      for (PictureHit hit : expected.pictures()) {
        JsonNode anchor = reply.json().get("anchors").get(hit.rank() - 1);
        assertThat(anchor.get("distance").asDouble()).isEqualTo(hit.distance());
      }
      for (SongHit hit : expected.songs()) {
        JsonNode why = reply.json().get("why").get("song:" + hit.id());
        Explanation explanation = hit.explanation();
        assertThat(why.get("picture").asText()).isEqualTo("picture:" + explanation.pictureId());
        assertThat(why.get("pictureDistance").asDouble()).isEqualTo(explanation.pictureDistance());
        assertThat(why.get("songDistance").asDouble()).isEqualTo(explanation.songDistance());
        assertThat(why.get("confidence").asDouble()).isEqualTo(hit.confidence().orElseThrow());
      }
    }
    int all = 10 * options.songs();
    if (options.fill()) {
      assertThat(places).isEqualTo(all);
    } else {
      assertThat(places).isBetween(all / 10, all * 9 / 10);
    }
  }
}
