package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.Counter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.util.VectorUtil;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.core.SolrCore;
import org.apache.solr.embedded.JettySolrRunner;
import org.apache.solr.metrics.SolrCoreMetricManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.seesong.solr.SongsHttp.Reply;
import org.seesong.vector.FloatVector;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryParsersTest extends BaseCloudTestCase {
  private static final SongCatalogue CATALOGUE =
      SongCatalogue.random(5, 50, 80, VISUAL.dimension(), NETWORK.dimension());

  @BeforeAll
  void load() throws Exception {
    upload("seesong", new Configset(VISUAL, NETWORK, "none"));
    create("songs", "seesong", 2, 1);
    List<SolrInputDocument> both = new ArrayList<>(CATALOGUE.pictureDocuments());
    both.addAll(CATALOGUE.songDocuments());
    add(client(), "songs", both);
  }

  private List<String> found(String query, String... filters) throws Exception {
    SolrQuery request = new SolrQuery(query).setFields("id").setRows(10).setFilterQueries(filters);
    request.setSort("score", SolrQuery.ORDER.desc).addSort("id", SolrQuery.ORDER.asc);
    return client().query("songs", request).getResults().stream()
        .map(document -> (String) document.getFieldValue("id"))
        .toList();
  }

  private static List<String> songsNear(float[] place) {
    return CATALOGUE.songs().stream()
        .filter(song -> song.network().length > 0)
        .sorted(
            Comparator.<SongCatalogue.Song>comparingDouble(
                    song -> VectorUtil.squareDistance(place, song.network()))
                .thenComparing(SongCatalogue.Song::id))
        .map(SongCatalogue.Song::id)
        .limit(10)
        .toList();
  }

  @Test
  void imageFindsPicturesThatLookAlike() throws Exception {
    float[] vector = CATALOGUE.pictures().get(3).visual();
    List<String> expected =
        CATALOGUE.pictures().stream()
            .sorted(
                Comparator.<SongCatalogue.Picture>comparingDouble(
                        picture -> VectorUtil.squareDistance(vector, picture.visual()))
                    .thenComparing(SongCatalogue.Picture::id))
            .map(SongCatalogue.Picture::id)
            .limit(10)
            .toList();
    String encoded = HopParams.encode(new FloatVector(vector));
    assertThat(found("{!image vec=" + encoded + " encoder=test-encoder}")).isEqualTo(expected);
    assertThat(found("{!image id=picture:3}")).isEqualTo(expected);
  }

  @Test
  void songsNearFindsSongsFromSongsPicturesAndVectors() throws Exception {
    SongCatalogue.Song song =
        CATALOGUE.songs().stream().filter(each -> each.network().length > 0).findFirst().get();
    SongCatalogue.Picture picture =
        CATALOGUE.pictures().stream().filter(each -> each.network().length > 0).findFirst().get();
    assertThat(found("{!songsNear id='" + song.id() + "'}")).isEqualTo(songsNear(song.network()));
    assertThat(found("{!songsNear id='" + picture.id() + "'}"))
        .isEqualTo(songsNear(picture.network()));
    assertThat(
            found(
                "{!songsNear vec="
                    + HopParams.encode(new FloatVector(picture.network()))
                    + " embedding=test-embedding}"))
        .isEqualTo(songsNear(picture.network()));
    assertThat(found("{!songsNear id='" + song.id() + "," + picture.id() + "'}"))
        .contains(songsNear(song.network()).get(0), songsNear(picture.network()).get(0));
  }

  @Test
  void filtersDoNotCostPlaces() throws Exception {
    SongCatalogue.Song song =
        CATALOGUE.songs().stream().filter(each -> each.network().length > 0).findFirst().get();
    long all =
        CATALOGUE.songs().stream()
            .filter(each -> each.network().length > 0 && each.artist().equals("artist2"))
            .count();
    assertThat(found("{!songsNear k=10 id='" + song.id() + "'}", "song_artist:artist2"))
        .hasSize((int) Math.min(10, all));
  }

  @Test
  void refusalsSayWhatToDo() {
    assertThatThrownBy(() -> found("{!image}"))
        .hasMessageEndingWith("{!image} needs 'vec', vectors, or 'id', documents, and not both");
    assertThatThrownBy(() -> found("{!image vec=AACAPw}"))
        .hasMessageEndingWith(
            "{!image} needs 'encoder', the id of the encoder that made the vector");
    assertThatThrownBy(() -> found("{!songsNear vec=AACAPw embedding=other}"))
        .hasMessageEndingWith(
            "collection 'songs' holds vectors of embedding 'test-embedding' (8 dimensions), but the"
                + " query comes from 'other' (1 dimensions); ask with embedding 'test-embedding' or"
                + " index again");
    assertThatThrownBy(() -> found("{!songsNear id=song:none}"))
        .hasMessageEndingWith(
            "{!songsNear} names 'song:none', but there is no such document with a graph embedding");
    assertThatThrownBy(() -> found("{!image k=0 id=picture:1}"))
        .hasMessageEndingWith("{!image} 'k' must be 1 to 10000; got: 0");
    assertThatThrownBy(() -> found("{!image handler=/nowhere id=picture:1}"))
        .hasMessageEndingWith(
            "{!image} looks ids up by the handler '/nowhere', which this collection lacks");
  }

  /** How often the handler of some core was asked by a node. */
  private long askedByNodes() {
    long sum = 0;
    for (JettySolrRunner node : cluster().getJettySolrRunners()) {
      for (String name : node.getCoreContainer().getLoadedCoreNames()) {
        try (SolrCore core = node.getCoreContainer().getCore(name)) {
          SolrCoreMetricManager metrics = core.getCoreMetricManager();
          sum +=
              ((Counter)
                      node.getCoreContainer()
                          .getMetricManager()
                          .registry(metrics.getRegistryName())
                          .getMetrics()
                          .get("QUERY./songs-by-image[shard].requests"))
                  .getCount();
        }
      }
    }
    return sum;
  }

  @Test
  void idsAreLookedUpOnceForAllShards() throws Exception {
    List<String> connected =
        CATALOGUE.songs().stream()
            .filter(song -> song.network().length > 0)
            .map(SongCatalogue.Song::id)
            .limit(20)
            .toList();
    long before = askedByNodes();
    assertThat(found("{!image id=picture:3}")).hasSize(10);
    assertThat(askedByNodes() - before).as("shards asked for one picture").isEqualTo(2);

    before = askedByNodes();
    assertThat(found("{!songsNear id='" + String.join(",", connected) + "'}")).hasSize(10);
    assertThat(askedByNodes() - before).as("shards asked for twenty songs").isEqualTo(2);

    before = askedByNodes();
    assertThat(found("*:*", "{!image k=3 id=picture:3}", "{!image k=4 id=picture:3}")).isNotEmpty();
    assertThat(askedByNodes() - before).as("the same picture twice").isEqualTo(2);

    SongsHttp http =
        new SongsHttp(cluster().getJettySolrRunner(0).getBaseUrl().toString(), "songs");
    before = askedByNodes();
    assertThat(http.form("image.id", "picture:3").status()).isEqualTo(200);
    long plain = askedByNodes() - before;
    before = askedByNodes();
    Reply filtered =
        http.form(
            "image.id",
            "picture:3",
            "fq",
            "{!songsNear id=" + connected.get(0) + "}",
            "image.fq",
            "{!image id=picture:4}");
    assertThat(filtered.status()).as(filtered.error()).isEqualTo(200);
    assertThat(filtered.songs()).isNotEmpty();
    assertThat(askedByNodes() - before).as("with two filters").isEqualTo(plain + 2 + 2);
  }

  @Test
  void whereAShardAloneReadsAnIdItSaysWhatToDo() {
    SolrQuery request = new SolrQuery("*:*").setFacet(true);
    request.addFacetQuery("{!image id=picture:3}");
    assertThatThrownBy(() -> client().query("songs", request))
        .hasMessageEndingWith(
            "{!image} looks ids up where a request arrives, which does not read this parameter"
                + " ('facet.query', or 'image.fq' of another collection); give 'vec' instead of"
                + " 'id', or use a JSON facet");
  }

  @Test
  void jsonFacetsMayNameIds() throws Exception {
    SolrQuery request = new SolrQuery("*:*");
    request.set("json.facet", "{near:{type:query,q:'{!image id=picture:3 k=5}'}}");
    NamedList<?> facets =
        (NamedList<?>) client().query("songs", request).getResponse().get("facets");
    NamedList<?> near = (NamedList<?>) facets.get("near");
    assertThat(((Number) near.get("count")).intValue()).isEqualTo(10);
  }

  @Test
  void vectorsTooLongToCompareAreRefused() {
    String vec = HopParams.encode(new FloatVector(new float[] {1e30f, 1, 1, 1, 1, 1, 1, 1}));
    assertThatThrownBy(() -> found("{!songsNear vec=" + vec + " embedding=test-embedding}"))
        .hasMessageContaining("{!songsNear} 'vec' must have a length of at most ");
  }
}
