package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.common.SolrInputDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;
import org.seesong.index.LyricsSignature;
import org.seesong.index.SongDocument;
import org.seesong.index.TestCatalogue;
import org.seesong.query.PictureHit;
import org.seesong.query.SongHit;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopQuery;
import org.seesong.query.TwoHopResult;
import org.seesong.query.TwoHopSearcher;
import org.seesong.solr.SongsHttp.Reply;

/**
 * The library and Solr give the same answer for the same documents: the same pictures and songs in
 * the same order. Vectors take few values, so that most songs are as near as some others.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameAnswersTest extends BaseCloudTestCase {
  private static final TestCatalogue CATALOGUE =
      withVersions(TestCatalogue.random(new TestCatalogue.Size(80, 300, 6, 3, 3), 21));
  private static final String ENCODER = CATALOGUE.identity().imageSpace().id();

  private static final TwoHopOptions WITH_VERSIONS = TwoHopOptions.builder().versions(true).build();

  private CatalogueIndex index;
  private TwoHopSearcher library;

  /** Two of three songs are versions of another one, some of them far away from it. */
  private static TestCatalogue withVersions(TestCatalogue catalogue) {
    List<SongDocument> songs = new ArrayList<>();
    for (SongDocument song : catalogue.songs()) {
      songs.add(
          new SongDocument(
              song.id(),
              song.details(),
              song.keywords(),
              song.keywordLines(),
              song.firstLines(),
              song.searchText(),
              song.graphEmbedding(),
              new LyricsSignature(contentKey(song.id()), new byte[0])));
    }
    return new TestCatalogue(catalogue.pictures(), songs, catalogue.identity());
  }

  private static long contentKey(String id) {
    return Long.MAX_VALUE - id.hashCode() % 100;
  }

  @BeforeAll
  void load(@TempDir Path folder) throws Exception {
    Path written = folder.toRealPath().resolve("index");
    CATALOGUE.write(written);
    index = CatalogueIndex.open(written);
    library = new TwoHopSearcher(index);
    upload(
        "seesong",
        new Configset(
            CATALOGUE.identity().imageSpace(),
            CATALOGUE.identity().graphSpace(),
            Configset.NO_ENCODER));
    create("both", "seesong", 3, 1);
    create("songs", "seesong", 2, 1);
    create("pictures", "seesong", 2, 2);
    create("shop", "seesong", 2, 1);
    List<SolrInputDocument> pictures = SolrCatalogue.pictures(CATALOGUE);
    List<SolrInputDocument> songs = SolrCatalogue.songs(CATALOGUE);
    add(client(), "both", pictures);
    add(client(), "both", songs);
    add(client(), "pictures", pictures);
    add(client(), "songs", songs);
    // A shop's own collection knows songs by the ids that the catalogue has from it.
    for (SolrInputDocument song : songs) {
      song.setField(IndexLayout.ID, IndexLayout.ownerId((String) song.getFieldValue("id")));
    }
    add(client(), "shop", songs);
  }

  @AfterAll
  void close() throws Exception {
    if (index != null) {
      index.close();
    }
  }

  private static void assertSame(Reply reply, TwoHopResult expected, String layout) {
    assertThat(reply.status()).as(reply.error()).isEqualTo(200);
    assertThat(reply.anchors().stream().map(IndexLayout::ownerId).toList())
        .as(layout)
        .isEqualTo(expected.pictures().stream().map(PictureHit::id).toList());
    assertThat(reply.songs().stream().map(IndexLayout::ownerId).toList())
        .as(layout)
        .isEqualTo(expected.songs().stream().map(SongHit::id).toList());
    for (SongHit song : expected.songs()) {
      List<String> versions = new ArrayList<>();
      reply
          .json()
          .get("why")
          .get(reply.songs().get(song.rank() - 1))
          .path("versions")
          .forEach(id -> versions.add(IndexLayout.ownerId(id.asText())));
      assertThat(versions).as(layout).isEqualTo(song.versions());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"both", "songs pictures", "shop pictures"})
  void theDefaultAnswerIsTheLibrarys(String layout) throws Exception {
    String[] names = layout.split(" ");
    String pictures = names.length > 1 ? names[1] : "";
    SplittableRandom random = new SplittableRandom(layout.hashCode());
    for (int round = 0; round < 12; round++) {
      SongsHttp solr =
          new SongsHttp(
              cluster().getJettySolrRunner(round % nodes()).getBaseUrl().toString(), names[0]);
      float[] query = TestCatalogue.vector(6, 4, random).values();
      assertSame(
          solr.byVector(query, ENCODER, "image.collection", pictures),
          library.search(TestCatalogue.encoded(query), TwoHopOptions.DEFAULT),
          layout);
      String picture = CATALOGUE.pictures().get(random.nextInt(80)).id();
      assertSame(
          solr.form("image.id", "picture:" + picture, "image.collection", pictures),
          library.search(TwoHopQuery.ofPicture(picture), TwoHopOptions.DEFAULT),
          layout + ' ' + picture);
      TwoHopOptions options = TwoHopOptions.builder().songs(40).maxPerArtist(9).build();
      assertSame(
          solr.byVector(
              query,
              ENCODER,
              "image.collection",
              pictures,
              "image.songs",
              "40",
              "rows",
              "40",
              "image.maxPerArtist",
              "9"),
          library.search(TestCatalogue.encoded(query), options),
          layout);
      assertSame(
          solr.byVector(query, ENCODER, "image.collection", pictures, "image.versions", "true"),
          library.search(TestCatalogue.encoded(query), WITH_VERSIONS),
          layout);
    }
  }

  @Test
  void songsNearASongAreTheLibrarys() throws Exception {
    for (SongDocument song : CATALOGUE.songs().subList(0, 20)) {
      if (!song.graphEmbedding().isEmpty()) {
        SolrQuery request =
            new SolrQuery("{!songsNear k=1000 id=song:" + song.id() + "}")
                .setFields("id")
                .setRows(300)
                .setFilterQueries("kind:song", "-id:\"song:" + song.id() + "\"");
        request.setSort("score", SolrQuery.ORDER.desc).addSort("id", SolrQuery.ORDER.asc);
        List<String> found = new ArrayList<>();
        Set<Long> keys = new HashSet<>(Set.of(contentKey(song.id())));
        client()
            .query("both", request)
            .getResults()
            .forEach(
                each -> {
                  String id = IndexLayout.ownerId((String) each.getFieldValue("id"));
                  if (keys.add(contentKey(id))) {
                    found.add(id);
                  }
                });
        assertThat(found.subList(0, 10))
            .isEqualTo(
                library
                    .search(new TwoHopQuery.Song(song.id()), TwoHopOptions.DEFAULT)
                    .songs()
                    .stream()
                    .map(SongHit::id)
                    .toList());
      }
    }
  }
}
