package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.request.CollectionAdminRequest;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.cloud.DocCollection;
import org.apache.solr.common.cloud.Replica;
import org.apache.solr.common.cloud.Slice;
import org.apache.solr.core.SolrCore;
import org.apache.solr.embedded.JettySolrRunner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.encoder.DescriptorEncoder;
import org.seesong.query.TwoHopOptions;
import org.seesong.solr.SongCatalogue.Expected;
import org.seesong.solr.SongsHttp.Reply;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/**
 * What breaks in a cluster: slow and missing shards, dying replicas, reloads. Tests that leave a
 * node down come last.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsTest extends BaseCloudTestCase {
  private static final VectorSpace DESCRIPTOR =
      new VectorSpace("descriptor-2", new DescriptorEncoder().dimension());
  private static final SongCatalogue CATALOGUE =
      SongCatalogue.random(13, 40, 120, DESCRIPTOR.dimension(), NETWORK.dimension());
  private static final float[] QUERY =
      SongCatalogue.vector(new SplittableRandom(1), DESCRIPTOR.dimension());

  @BeforeAll
  void load(@TempDir Path folder) throws Exception {
    new Configset(DESCRIPTOR, NETWORK, "descriptor").writeTo(folder);
    Path config = folder.resolve("solrconfig.xml");
    Files.writeString(
        config,
        Files.readString(config)
            .replace(
                "<requestHandler name=\"/songs-by-image\"",
                "<queryParser name=\"sleep\" class=\""
                    + SleepQParserPlugin.class.getName()
                    + "\"/>\n<requestHandler name=\"/songs-by-image\"")
            .replace(
                "<str name=\"encoder\">",
                "<int name=\"encoderQueue\">1</int><str name=\"encoder\">"));
    cluster().uploadConfigSet(folder, "faults");
    for (int replicas = 1; replicas <= 2; replicas++) {
      String name = "songs" + replicas;
      create(name, "faults", 2, replicas);
      List<SolrInputDocument> both = new ArrayList<>(CATALOGUE.pictureDocuments());
      both.addAll(CATALOGUE.songDocuments());
      add(client(), name, both);
    }
  }

  private SongsHttp http(int node, String collection) {
    return new SongsHttp(cluster().getJettySolrRunner(node).getBaseUrl().toString(), collection);
  }

  private static Expected expected() {
    return CATALOGUE.expected(QUERY, TwoHopOptions.DEFAULT, song -> true);
  }

  private Set<String> idsOf(String collection, String shard) throws Exception {
    SolrQuery all = new SolrQuery("*:*").setFields("id").setRows(1000);
    all.set("shards", shard);
    Set<String> ids = new TreeSet<>();
    client()
        .query(collection, all)
        .getResults()
        .forEach(document -> ids.add((String) document.getFieldValue("id")));
    return ids;
  }

  private Reply ask(SongsHttp http, String... more) throws Exception {
    List<String> all = new ArrayList<>(List.of("image.mode", "exact"));
    all.addAll(List.of(more));
    return http.byVector(QUERY, DESCRIPTOR.id(), all.toArray(String[]::new));
  }

  @Test
  @Order(1)
  void aSlowShardIsLeftOutWhenTimeIsOver() throws Exception {
    Set<String> fast = idsOf("songs2", "shard2");
    Expected expected =
        CATALOGUE.expected(QUERY, TwoHopOptions.DEFAULT, song -> fast.contains(song.id()));
    Reply reply =
        ask(
            http(0, "songs2"),
            "fq",
            "{!sleep shard=shard1 ms=20000 cache=false}",
            "timeAllowed",
            "6000",
            "shards.info",
            "true");
    assertThat(reply.status()).as(reply.error()).isEqualTo(200);
    assertThat(reply.isPartial()).isTrue();
    assertThat(reply.json().at("/responseHeader/partialSongs").asBoolean()).isTrue();
    assertThat(reply.json().at("/responseHeader/partialPictures").asBoolean()).isFalse();
    assertThat(reply.anchors()).isEqualTo(expected.anchors());
    assertThat(reply.songs()).isEqualTo(expected.songs());
    assertThat(reply.json().at("/hops.info/songs").toString()).contains("no answer in time");
  }

  @Test
  @Order(1)
  void aSlowShardOfPicturesIsLeftOutToo() throws Exception {
    Set<String> fast = idsOf("songs2", "shard2");
    SongCatalogue half =
        new SongCatalogue(
            CATALOGUE.pictures().stream().filter(each -> fast.contains(each.id())).toList(),
            CATALOGUE.songs());
    Expected expected = half.expected(QUERY, TwoHopOptions.DEFAULT, song -> true);
    Reply reply =
        ask(
            http(0, "songs2"),
            "image.fq",
            "{!sleep shard=shard1 ms=20000 cache=false}",
            "timeAllowed",
            "4000");
    assertThat(reply.status()).as(reply.error()).isEqualTo(200);
    assertThat(reply.isPartial()).isTrue();
    assertThat(reply.json().at("/responseHeader/partialPictures").asBoolean()).isTrue();
    assertThat(reply.json().at("/responseHeader/partialSongs").asBoolean()).isFalse();
    assertThat(reply.anchors()).isEqualTo(expected.anchors());
    assertThat(reply.songs()).isEqualTo(expected.songs());
  }

  @Test
  @Order(1)
  void anApproximateHopEndsWhenTimeIsOver() throws Exception {
    Replica replica =
        cluster()
            .getZkStateReader()
            .getClusterState()
            .getCollection("songs1")
            .getSlice("shard1")
            .getLeader();
    Reply reply =
        new SongsHttp(replica.getBaseUrl(), replica.getCoreName())
            .form(
                "isShard",
                "true",
                "distrib",
                "false",
                HopParams.HOP,
                HopParams.SONGS,
                HopParams.SPACE,
                NETWORK.id(),
                HopParams.DIMENSION,
                Integer.toString(NETWORK.dimension()),
                HopParams.TARGET,
                HopParams.encode(new FloatVector(new float[] {1, 0, 0, 0, 0, 0, 0, 0})),
                HopParams.K,
                "5",
                HopParams.MODE,
                "approximate",
                HopParams.CANDIDATES,
                "100",
                "timeAllowed",
                "40",
                "fq",
                "{!sleep shard=shard1 ms=200}");
    assertThat(reply.status()).as(reply.error()).isEqualTo(200);
    assertThat(reply.json().get(HopParams.HOP).get("outOfTime").asBoolean()).isTrue();
  }

  @Test
  @Order(2)
  void aFullEncoderAnswers503AndSaysWhenToRetry() throws Exception {
    URI node = cluster().getJettySolrRunner(0).getBaseUrl().toURI();
    try (Socket socket = new Socket(node.getHost(), node.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST "
                  + node.getPath()
                  + "/songs2/songs-by-image HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png"
                  + "\r\nContent-Length: 1000\r\nConnection: close\r\n\r\nabc")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      while (encodesUnderWay(cluster().getJettySolrRunner(0)) == 0) {
        Thread.sleep(20);
      }
      Reply reply = http(0, "songs2").body(new byte[] {1, 2, 3}, "image/png");
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.error())
          .isEqualTo("encoder 'descriptor-2' is busy with 1 pictures; retry in a moment");
      assertThat(reply.http().headers().firstValue("Retry-After")).contains("1");
      out.write(new byte[997]);
      out.flush();
      try (InputStream in = socket.getInputStream()) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
            .contains("400 Bad Request");
      }
    }
    assertThat(http(0, "songs2").body(new byte[] {1, 2, 3}, "image/png").status()).isEqualTo(400);
  }

  private static int encodesUnderWay(JettySolrRunner node) {
    int underWay = 0;
    for (String name : node.getCoreContainer().getLoadedCoreNames()) {
      try (SolrCore core = node.getCoreContainer().getCore(name)) {
        underWay +=
            ((SongsByImageHandler) core.getRequestHandler("/songs-by-image")).encodesUnderWay();
      }
    }
    return underWay;
  }

  @Test
  @Order(3)
  void reloadsDisturbNobodyAndLeaveOneEncoder() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Integer> asking = CompletableFuture.supplyAsync(() -> askUntil(over, 0));
    for (int i = 0; i < 3; i++) {
      CollectionAdminRequest.reloadCollection("songs2").process(client());
    }
    over.set(true);
    assertThat(asking.join()).isPositive();
    for (JettySolrRunner node : cluster().getJettySolrRunners()) {
      assertThat(NodeEncoders.of(node.getCoreContainer()).open()).isOne();
    }
  }

  /** Asks on and on, and says how often; every answer must be whole and right. */
  private int askUntil(AtomicBoolean over, int node) {
    try {
      SongsHttp http = http(node, "songs2");
      int asked = 0;
      for (; !over.get() || asked == 0; asked++) {
        Reply reply = ask(http);
        assertThat(reply.status()).as(reply.http().body()).isEqualTo(200);
        assertThat(reply.songs()).isEqualTo(expected().songs());
      }
      return asked;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @Order(4)
  void aNodeStopsWhileItAnswers() throws Exception {
    JettySolrRunner node = cluster().getJettySolrRunner(1);
    CompletableFuture<Object> asking =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return ask(http(1, "songs2"), "fq", "{!sleep shard=shard1 ms=3000 cache=false}");
              } catch (Exception e) {
                // A connection that breaks is an answer, too.
                return e;
              }
            });
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Integer> strict =
        CompletableFuture.supplyAsync(() -> askTheDying(node, over, "false"));
    CompletableFuture<Integer> tolerant =
        CompletableFuture.supplyAsync(() -> askTheDying(node, over, "true"));
    Thread.sleep(500);
    cluster().stopJettySolrRunner(node);
    assertThat(asking.join()).isNotNull();
    over.set(true);
    assertThat(strict.join()).isPositive();
    assertThat(tolerant.join()).isPositive();
  }

  /**
   * Asks a node that lives for songs by replicas of one that dies; says how many answers were
   * whole. No answer may be wrong: what is not whole is an error or says so.
   */
  private int askTheDying(JettySolrRunner dying, AtomicBoolean over, String tolerant) {
    try {
      SongsHttp http = http(0, "songs2");
      String preference = "replica.location:" + dying.getBaseUrl();
      int whole = 0;
      while (!over.get() || whole == 0) {
        Reply reply = ask(http, "shards.preference", preference, "shards.tolerant", tolerant);
        if (reply.status() != 200) {
          assertThat(reply.status()).as(reply.http().body()).isBetween(500, 599);
        } else if (reply.isPartial()) {
          assertThat(tolerant).isEqualTo("true");
        } else {
          assertThat(reply.songs()).as(reply.http().body()).isEqualTo(expected().songs());
          whole++;
        }
      }
      return whole;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @Order(5)
  void aReplicaThatIsDownIsReplaced() throws Exception {
    Reply reply = ask(http(0, "songs2"), "shards.tolerant", "true");
    assertThat(reply.isPartial()).isFalse();
    assertThat(reply.songs()).isEqualTo(expected().songs());
  }

  @Test
  @Order(6)
  void aShardThatIsDownIsAnErrorOrAFlag() throws Exception {
    DocCollection state = cluster().getZkStateReader().getClusterState().getCollection("songs1");
    Set<String> live = cluster().getZkStateReader().getClusterState().getLiveNodes();
    String up = "";
    for (Slice slice : state.getSlices()) {
      for (Replica replica : slice.getReplicas()) {
        up = live.contains(replica.getNodeName()) ? slice.getName() : up;
      }
    }
    Reply strict = ask(http(0, "songs1"));
    assertThat(strict.status()).isEqualTo(503);
    assertThat(strict.error()).contains("servers hosting shard");
    Set<String> ids = idsOf("songs1", up);
    SongCatalogue half =
        new SongCatalogue(
            CATALOGUE.pictures().stream().filter(each -> ids.contains(each.id())).toList(),
            CATALOGUE.songs().stream().filter(each -> ids.contains(each.id())).toList());
    Expected expected = half.expected(QUERY, TwoHopOptions.DEFAULT, song -> true);
    Reply tolerant = ask(http(0, "songs1"), "shards.tolerant", "true");
    assertThat(tolerant.status()).as(tolerant.error()).isEqualTo(200);
    assertThat(tolerant.isPartial()).isTrue();
    assertThat(tolerant.json().at("/responseHeader/partialPictures").asBoolean()).isTrue();
    assertThat(tolerant.json().at("/responseHeader/partialSongs").asBoolean()).isTrue();
    assertThat(tolerant.anchors()).isEqualTo(expected.anchors());
    assertThat(tolerant.songs()).isEqualTo(expected.songs());
  }
}
