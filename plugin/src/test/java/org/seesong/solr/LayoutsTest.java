package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.solr.client.solrj.SolrRequest.METHOD;
import org.apache.solr.client.solrj.request.CollectionAdminRequest;
import org.apache.solr.client.solrj.request.GenericSolrRequest;
import org.apache.solr.client.solrj.request.schema.FieldTypeDefinition;
import org.apache.solr.client.solrj.request.schema.SchemaRequest;
import org.apache.solr.common.SolrInputDocument;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seesong.query.TwoHopOptions;
import org.seesong.select.SelectionOptions;
import org.seesong.solr.SongCatalogue.Expected;
import org.seesong.solr.SongsHttp.Reply;
import org.seesong.vector.VectorSpace;

/**
 * In every layout an exact answer is that of comparing everything with everything, in order. A
 * layout is named by song collection and picture collection.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LayoutsTest extends BaseCloudTestCase {
  private static final SongCatalogue CATALOGUE =
      SongCatalogue.random(7, 150, 400, VISUAL.dimension(), NETWORK.dimension());

  @BeforeAll
  void load() throws Exception {
    upload("seesong", new Configset(VISUAL, NETWORK, "none"));
    for (String suffix : List.of("11", "22")) {
      int size = suffix.equals("11") ? 1 : 2;
      create("both" + suffix, "seesong", size, size);
      create("songs" + suffix, "seesong", size, size);
      create("pictures" + suffix, "seesong", size, size);
      List<SolrInputDocument> both = new ArrayList<>(CATALOGUE.pictureDocuments());
      both.addAll(CATALOGUE.songDocuments());
      add(client(), "both" + suffix, both);
      add(client(), "songs" + suffix, CATALOGUE.songDocuments());
      add(client(), "pictures" + suffix, CATALOGUE.pictureDocuments());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "both11",
        "both22",
        "songs11 pictures11",
        "songs22 pictures22",
        "songs22 pictures11",
        "songs11 pictures22"
      })
  void exactAnswersAreThoseOfBruteForce(String layout) throws Exception {
    String[] names = layout.split(" ");
    SplittableRandom random = new SplittableRandom(layout.hashCode());
    for (int round = 0; round < 12; round++) {
      TwoHopOptions options =
          TwoHopOptions.builder()
              .pictures(1 + random.nextInt(8))
              .songs(1 + random.nextInt(30))
              .selection(
                  switch (round % 5) {
                    case 0 -> SelectionOptions.PAPER;
                    case 1 -> SelectionOptions.DEFAULT;
                    case 2 -> new SelectionOptions(0, 0, 1 + random.nextInt(3));
                    case 3 -> new SelectionOptions(random.nextDouble(), random.nextDouble(), 0);
                    default -> new SelectionOptions(0.15, 0, 1 + random.nextInt(3));
                  })
              .build();
      int year = 1990 + random.nextInt(30);
      float[] query = SongCatalogue.vector(random, VISUAL.dimension());
      Expected expected = CATALOGUE.expected(query, options, song -> song.year() >= year);
      Reply reply =
          http(round, names[0])
              .byVector(
                  query,
                  VISUAL.id(),
                  "image.collection",
                  names.length > 1 ? names[1] : "",
                  "image.mode",
                  "exact",
                  "image.pictures",
                  Integer.toString(options.pictures()),
                  "image.songs",
                  Integer.toString(options.songs()),
                  "image.coverage",
                  Double.toString(options.selection().coverage()),
                  "image.variety",
                  Double.toString(options.selection().variety()),
                  "image.maxPerArtist",
                  Integer.toString(options.selection().maxPerArtist()),
                  "fq",
                  "song_year:[" + year + " TO *]");
      assertThat(reply.status()).as(reply.error()).isEqualTo(200);
      assertThat(reply.anchors()).as("anchors of round %d", round).isEqualTo(expected.anchors());
      assertThat(reply.songs()).as("songs of round %d", round).isEqualTo(expected.songs());
      assertThat(reply.json().at("/response/numFound").asInt()).isEqualTo(expected.songs().size());
    }
  }

  @Test
  void anExistingCollectionNeedsOneFieldAndOneHandler() throws Exception {
    Path folder = Files.createDirectories(temp().resolve("existing"));
    Files.writeString(folder.resolve("managed-schema.xml"), EXISTING_SCHEMA);
    Files.writeString(folder.resolve("solrconfig.xml"), EXISTING_CONFIG);
    cluster().uploadConfigSet(folder, "existing");
    create("existing", "existing", 2, 2);
    List<SolrInputDocument> plain = new ArrayList<>();
    for (SongCatalogue.Song song : CATALOGUE.songs()) {
      SolrInputDocument document = new SolrInputDocument();
      document.setField("sku", song.id());
      document.setField("year", song.year());
      plain.add(document);
    }
    add(client(), "existing", plain);

    Map<String, Object> type = new LinkedHashMap<>();
    type.put("name", "seesong_network");
    type.put("class", VectorSpaceField.class.getName());
    type.put("space", NETWORK.id());
    type.put("vectorDimension", Integer.toString(NETWORK.dimension()));
    FieldTypeDefinition definition = new FieldTypeDefinition();
    definition.setAttributes(type);
    new SchemaRequest.AddFieldType(definition).process(client(), "existing");
    new SchemaRequest.AddField(
            Map.of("name", "song_network_vector", "type", "seesong_network", "stored", true))
        .process(client(), "existing");
    String handler =
        "{'add-requesthandler':{'name':'/songs-by-image','class':'"
            + SongsByImageHandler.class.getName()
            + "'}}";
    GenericSolrRequest configure = new GenericSolrRequest(METHOD.POST, "/config");
    configure.withContent(
        handler.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "application/json");
    configure.setRequiresCollection(true);
    client().request(configure, "existing");

    List<SolrInputDocument> places = new ArrayList<>();
    for (SongCatalogue.Song song : CATALOGUE.songs()) {
      if (song.network().length > 0) {
        SolrInputDocument document = new SolrInputDocument();
        document.setField("sku", song.id());
        document.setField("song_network_vector", Map.of("set", SongCatalogue.list(song.network())));
        places.add(document);
      }
    }
    add(client(), "existing", places);
    for (int round = 0; round < 4; round++) {
      float[] query = SongCatalogue.vector(new SplittableRandom(round), VISUAL.dimension());
      Expected expected =
          CATALOGUE.expected(query, TwoHopOptions.DEFAULT, song -> song.year() >= 2000);
      Reply reply =
          http(round, "existing")
              .byVector(
                  query,
                  VISUAL.id(),
                  "image.collection",
                  "pictures22",
                  "image.mode",
                  "exact",
                  "fq",
                  "year:[2000 TO *]",
                  "fl",
                  "id:sku,year");
      assertThat(reply.status()).as(reply.error()).isEqualTo(200);
      assertThat(reply.songs()).isEqualTo(expected.songs());
      // This shop does not say what keywords and artists its songs have.
      reply.json().get("why").forEach(why -> assertThat(why.has("keywords")).isFalse());
      assertThat(reply.json().at("/responseHeader/warnings/0").asText())
          .isEqualTo(
              "'why' lacks keywords, for collection 'existing' has no field 'song_keyword' of texts"
                  + " in docValues or stored; name one in 'fields' of the handler (songKeyword)");
    }
    Reply refused =
        http(0, "existing")
            .form(
                "image.id",
                "picture:1",
                "image.collection",
                "pictures22",
                "image.maxPerArtist",
                "1");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.error())
        .endsWith(
            "image.maxPerArtist needs the artists of songs, but collection 'existing' has no field"
                + " 'song_artist' of texts in docValues or stored; name one in 'fields' of the"
                + " handler (songArtist)");
  }

  /** Segments with clusters: by the paper's way, 10 songs of each picture, from 50 candidates. */
  @Test
  void theApproximateWayFindsNearlyTheSame() throws Exception {
    VectorSpace network = new VectorSpace("test-embedding-256", 256);
    upload("clusters", new Configset(VISUAL, network, "none"));
    create("clusters", "clusters", 2, 1);
    SongCatalogue many = SongCatalogue.random(8, 150, 3800, VISUAL.dimension(), 256);
    add(client(), "clusters", many.pictureDocuments());
    add(client(), "clusters", many.songDocuments());
    client().optimize("clusters");
    TwoHopOptions options =
        TwoHopOptions.builder().pictures(5).selection(SelectionOptions.PAPER).build();
    SplittableRandom random = new SplittableRandom(5);
    int found = 0;
    for (int round = 0; round < 20; round++) {
      float[] query = SongCatalogue.vector(random, VISUAL.dimension());
      Reply reply =
          http(round, "clusters")
              .byVector(
                  query,
                  VISUAL.id(),
                  "image.mode",
                  "approximate",
                  "image.candidates",
                  "50",
                  "image.pictures",
                  "5",
                  "image.coverage",
                  "0");
      assertThat(reply.status()).as(reply.error()).isEqualTo(200);
      List<String> songs = new ArrayList<>(reply.songs());
      songs.retainAll(many.expected(query, options, song -> true).songs());
      found += songs.size();
    }
    assertThat(found).isBetween(190, 200);
  }

  @Test
  void bothCollectionsMayBeAliases() throws Exception {
    CollectionAdminRequest.createAlias("songs-now", "songs22").process(client());
    CollectionAdminRequest.createAlias("pictures-now", "pictures22").process(client());
    float[] query = SongCatalogue.vector(new SplittableRandom(9), VISUAL.dimension());
    Reply reply =
        http(0, "songs-now")
            .byVector(
                query, VISUAL.id(), "image.mode", "exact", "image.collection", "pictures-now");
    assertThat(reply.status()).as(reply.error()).isEqualTo(200);
    assertThat(reply.songs())
        .isEqualTo(CATALOGUE.expected(query, TwoHopOptions.DEFAULT, song -> true).songs());
  }

  @Test
  void allThreeRoundsAskTheReplicasThatArePreferred() throws Exception {
    float[] query = SongCatalogue.vector(new SplittableRandom(2), VISUAL.dimension());
    for (int node = 0; node < 2; node++) {
      for (int asked = 0; asked < 2; asked++) {
        String wanted = cluster().getJettySolrRunner(asked).getBaseUrl().toString();
        List<String> params =
            new ArrayList<>(List.of("image.collection", "pictures22", "shards.info", "true"));
        if (node != asked) {
          // The configset prefers the node itself.
          params.addAll(List.of("shards.preference", "replica.location:" + wanted));
        }
        Reply reply =
            http(node, "songs22").byVector(query, VISUAL.id(), params.toArray(String[]::new));
        for (String round : List.of("/hops.info/pictures", "/hops.info/songs", "/shards.info")) {
          JsonNode shards = reply.json().at(round);
          assertThat(shards.size()).isEqualTo(2);
          shards.forEach(
              shard -> assertThat(shard.get("shardAddress").asText()).startsWith(wanted + "/"));
        }
      }
    }
  }

  private static final String EXISTING_SCHEMA =
      """
      <schema name="shop" version="1.7">
        <uniqueKey>sku</uniqueKey>
        <fieldType name="string" class="solr.StrField"/>
        <fieldType name="pint" class="solr.IntPointField" docValues="true"/>
        <fieldType name="plong" class="solr.LongPointField" docValues="true"/>
        <field name="sku" type="string" indexed="true" stored="true" docValues="false"
               uninvertible="true"/>
        <field name="year" type="pint"/>
        <field name="_version_" type="plong" indexed="false" stored="false"/>
      </schema>
      """;

  private static final String EXISTING_CONFIG =
      """
      <config>
        <luceneMatchVersion>9.12</luceneMatchVersion>
        <updateHandler class="solr.DirectUpdateHandler2"><updateLog/></updateHandler>
        <requestHandler name="/select" class="solr.SearchHandler"/>
      </config>
      """;

  @Test
  void thirtyTwoClientsGetNoWrongAnswer() throws Exception {
    askByMany(Duration.ofSeconds(4));
  }

  @Test
  @Tag("slow")
  void thirtyTwoClientsGetNoWrongAnswerForAMinute() throws Exception {
    askByMany(Duration.ofMinutes(1));
  }

  private void askByMany(Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    ExecutorService clients = Executors.newFixedThreadPool(32);
    try {
      List<Future<Integer>> all = new ArrayList<>();
      for (int client = 0; client < 32; client++) {
        SplittableRandom random = new SplittableRandom(client);
        all.add(clients.submit(() -> askUntil(end, random)));
      }
      for (Future<Integer> asked : all) {
        assertThat(asked.get()).isPositive();
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private int askUntil(long end, SplittableRandom random) throws Exception {
    int asked = 0;
    for (; asked == 0 || System.nanoTime() < end; asked++) {
      float[] query = SongCatalogue.vector(random, VISUAL.dimension());
      Expected expected = CATALOGUE.expected(query, TwoHopOptions.DEFAULT, song -> true);
      boolean sidecar = random.nextBoolean();
      Reply reply =
          http(asked, sidecar ? "songs22" : "both22")
              .byVector(
                  query,
                  VISUAL.id(),
                  "image.mode",
                  "exact",
                  "image.collection",
                  sidecar ? "pictures22" : "");
      assertThat(reply.status()).as(reply.error()).isEqualTo(200);
      assertThat(reply.anchors()).isEqualTo(expected.anchors());
      assertThat(reply.songs()).isEqualTo(expected.songs());
    }
    return asked;
  }

  private SongsHttp http(int node, String collection) {
    return new SongsHttp(
        cluster().getJettySolrRunner(node % nodes()).getBaseUrl().toString(), collection);
  }
}
