package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.solr.client.solrj.request.CollectionAdminRequest;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.cloud.MiniSolrCloudCluster;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.cloud.DocCollection;
import org.apache.solr.common.cloud.Replica;
import org.apache.solr.common.cloud.Slice;
import org.apache.solr.core.SolrCore;
import org.apache.solr.embedded.JettySolrRunner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.testing.Trials;
import org.seesong.vector.VectorSpace;
import org.slf4j.LoggerFactory;

/**
 * A user who may read some collections asks them for others, by every parameter that can name a
 * collection, a core, a shard or an address, in random combinations: songs and pictures in one
 * collection and in two, replicas on several nodes, collections on one node only.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRequestsTest {
  private static final VectorSpace TEXT = BaseCloudTestCase.TEXT;
  private static final VectorSpace VISUAL = new VectorSpace("test-encoder", 24);
  private static final VectorSpace NETWORK = new VectorSpace("test-embedding", 8);
  private static final SongCatalogue CATALOGUE = SongCatalogue.random(3, 20, 40, 24, 8);
  private static final String PASSWORD = "SolrRocks";

  /** Where remote streaming is on, Solr's parser leaves it to handlers to refuse addresses. */
  private static final String STREAMING = "solr.enableRemoteStreaming";

  /** In ids, attributes and keywords of what the user may not read, and nowhere else. */
  private static final String MARK = "zxq";

  /** Both have the password above, salted and hashed as Solr's documentation shows it. */
  private static final String SECURITY =
      """
      {"authentication": {"class": "solr.BasicAuthPlugin", "blockUnknown": true, "credentials": {
         "admin": "$", "reader": "$"}},
       "authorization": {"class": "solr.RuleBasedAuthorizationPlugin",
         "permissions": [
           {"name": "hidden", "collection": ["hidden", "hiddensongs", "hiddenpictures"],
            "role": "admin", "path": ["/select", "/songs-by-image"]},
           {"name": "read", "role": "reader"},
           {"name": "all", "role": "admin"}],
         "user-role": {"admin": ["admin", "reader"], "reader": "reader"}}}
      """
          .replace(
              "$",
              "IV0EHq1OnNrj6gvRCwvFwTrZ1+z1oBbnQdiVC3otuq0="
                  + " Ndd7LKvVBAaZIF0QAVi1ekCfAJXr1GGfLtRUXhgrF8c=");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger strayRequests = new AtomicInteger();
  private ServerSocket elsewhere;
  private MiniSolrCloudCluster cluster;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    elsewhere = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread counting = new Thread(this::countStrayRequests);
    counting.setDaemon(true);
    counting.start();
    System.setProperty(STREAMING, "true");
    System.setProperty(SecurityTest.HTTP_1, "true"); // for the reason given there
    Path config = Files.createDirectories(folder.resolve("config"));
    new Configset(VISUAL, Optional.empty(), NETWORK, Optional.of(TEXT), Configset.NO_ENCODER, "")
        .writeTo(config);
    cluster =
        new MiniSolrCloudCluster.Builder(2, folder.resolve("cloud"))
            .addConfig("seesong", config)
            .withSecurityJson(SECURITY)
            .build();
    List<SolrInputDocument> both = new ArrayList<>(CATALOGUE.pictureDocuments());
    both.addAll(songs());
    create("both", both, 2, 2);
    create("songs", songs(), 2, 2);
    create("pictures", CATALOGUE.pictureDocuments(), 1, 1);
    List<SolrInputDocument> songs = marked(songs());
    List<SolrInputDocument> pictures = marked(CATALOGUE.pictureDocuments());
    List<SolrInputDocument> hidden = new ArrayList<>(pictures);
    hidden.addAll(songs);
    create("hidden", hidden, 2, 2);
    create("hiddensongs", songs, 1, 2);
    create("hiddenpictures", pictures, 2, 1);
    alias("secret", "hidden");
    alias("mixed", "both,hidden");
  }

  private static List<SolrInputDocument> songs() {
    return SongCatalogue.withTexts(CATALOGUE.songDocuments(), TEXT);
  }

  private void create(String name, List<SolrInputDocument> documents, int shards, int replicas)
      throws Exception {
    CollectionAdminRequest.Create create =
        CollectionAdminRequest.createCollection(name, "seesong", shards, replicas);
    create.setBasicAuthCredentials("admin", PASSWORD);
    create.process(cluster.getSolrClient());
    cluster.waitForActiveCollection(name, shards, shards * replicas);
    UpdateRequest update = new UpdateRequest();
    update.setBasicAuthCredentials("admin", PASSWORD);
    update.add(documents);
    update.commit(cluster.getSolrClient(), name);
  }

  private void alias(String name, String collections) throws Exception {
    CollectionAdminRequest.CreateAlias create =
        CollectionAdminRequest.createAlias(name, collections);
    create.setBasicAuthCredentials("admin", PASSWORD);
    create.process(cluster.getSolrClient());
  }

  /** Every second document keeps its id, so that ids which one may know exist there too. */
  private static List<SolrInputDocument> marked(List<SolrInputDocument> documents) {
    int number = 0;
    for (SolrInputDocument document : documents) {
      if (number++ % 2 == 0) {
        document.setField("id", document.getFieldValue("id") + MARK);
      }
      document.setField("attribute_owner", MARK);
      for (String field : List.of("picture_keyword", "song_keyword")) {
        if (document.containsKey(field)) {
          List<Object> keywords = new ArrayList<>(document.getFieldValues(field));
          keywords.add(MARK);
          document.setField(field, keywords);
        }
      }
    }
    return documents;
  }

  private void countStrayRequests() {
    while (!elsewhere.isClosed()) {
      try {
        elsewhere.accept().close();
        strayRequests.incrementAndGet();
      } catch (IOException e) {
        assertThat(elsewhere.isClosed()).isTrue();
      }
    }
  }

  @AfterAll
  void stop() throws Exception {
    System.clearProperty(STREAMING);
    System.clearProperty(SecurityTest.HTTP_1);
    elsewhere.close();
    if (cluster != null) {
      cluster.shutdown();
    }
  }

  /** Draws requests: one of the readable layouts, and parameters that name something else. */
  private final class Draw {
    private final SplittableRandom random;
    private final SplittableRandom other;
    private final List<String> hiddenCores = new ArrayList<>();
    private final List<String> collections =
        new ArrayList<>(
            List.of("hidden", "hiddensongs", "hiddenpictures", "secret", "mixed", "both,hidden"));
    private final String there = "127.0.0.1:" + elsewhere.getLocalPort();

    Draw(long seed) {
      random = new SplittableRandom(seed);
      other = new SplittableRandom(seed + 1);
      for (String name : List.of("hidden", "hiddensongs", "hiddenpictures")) {
        DocCollection state = cluster.getZkStateReader().getClusterState().getCollection(name);
        for (Slice slice : state.getSlices()) {
          for (Replica replica : slice.getReplicas()) {
            hiddenCores.add(replica.getCoreUrl().replace("http://", ""));
            collections.add(replica.getCoreName());
          }
        }
      }
      collections.add(there + "/solr/hidden");
      collections.add("hidden/select?q=*:*&");
    }

    private <T> T one(List<T> of) {
      return of.get(random.nextInt(of.size()));
    }

    private String core() {
      String core = one(hiddenCores);
      core = random.nextBoolean() ? core : core.substring(0, core.length() - 1);
      return random.nextInt(3) == 0 ? "http://" + core : core;
    }

    private String shards() {
      List<String> parts = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        parts.add(
            switch (random.nextInt(8)) {
              case 0 -> "shard1";
              case 1 -> there + "/solr/both_shard1_replica_n1";
              case 2 -> core() + "|" + there + "/solr/x";
              case 3 -> core() + "|" + core();
              case 4 -> "both_shard1_replica_n1@" + core();
              default -> core();
            });
      }
      return String.join(",", parts);
    }

    private String fq() {
      return switch (random.nextInt(4)) {
        case 0 -> "{!image id=picture:1}";
        case 1 -> "{!songsNear id=song:1}";
        case 2 -> "{!image id=picture:1 handler=/select}";
        default -> "{!collapse field=id}";
      };
    }

    private void attack(Map<String, String> params) {
      switch (random.nextInt(22)) {
        case 0, 1 -> params.put("image.collection", one(collections));
        case 2 -> params.put("image.collection", one(List.of("../hidden", "/hidden", "hidden/")));
        case 3, 4, 5 -> params.put("collection", one(collections));
        case 6, 7, 8, 9 -> params.put("shards", shards());
        case 10 -> params.put("_route_", one(List.of("shard1", "hidden!", "shard1,shard2")));
        case 11 -> {
          params.remove("image.id");
          params.put(
              "image.url",
              one(List.of("http://" + there + "/a.jpg", "http://" + core() + "select?q=*:*")));
        }
        case 12 -> {
          params.put(
              "stream.url",
              one(List.of("http://" + there + "/a.jpg", "http://" + core() + "select?q=*:*")));
          params.put(
              "stream.contentType", one(List.of("image/jpeg", "application/json", "text/json")));
        }
        case 13 -> params.put("stream.file", "/etc/passwd");
        case 14 -> params.put("shards.qt", one(List.of("/select", "/songs-by-image", "/query")));
        case 15 -> params.put("qt", one(List.of("/select", "/songs-by-image")));
        case 16 -> params.put("shards.preference", "replica.location:http://" + there);
        case 17 -> params.put("shard.url", one(List.of(there + "/solr/x", core())));
        case 18 -> {
          params.put("isShard", "true");
          params.put("distrib", one(List.of("true", "false")));
          params.put("seesong.picks", "[\"song:1\",\"song:0" + MARK + "\"]");
        }
        case 19 -> params.put("shards.tolerant", "true");
        case 20 -> params.put(one(List.of("fq", "image.fq")), fq());
        default -> params.put("distrib", "false");
      }
    }

    /** Of some requests words beside the picture or alone, a boost, or a hop between nodes. */
    private void askOtherwise(Map<String, String> params) {
      int kind = other.nextInt(6);
      if (kind < 2) {
        params.put("image.wordsEncoder", TEXT.id());
        params.put("image.wordsVec", "AACAPwAAAAA");
      }
      if (kind == 0) {
        params.remove("image.id");
      } else if (kind < 3) {
        params.put("image.boost", other.nextBoolean() ? "snow" : "of nothing:-2");
      }
      if (params.containsKey("isShard") && other.nextBoolean()) {
        params.put("seesong.hop", other.nextBoolean() ? "words" : "keywords");
        params.put("seesong.text", "AACAPwAAAAA " + TEXT.id());
        params.put("seesong.text.k", "10");
        params.put("seesong.keyword", "snow");
        params.put("seesong.space", NETWORK.id());
        params.put("seesong.dimension", Integer.toString(NETWORK.dimension()));
        params.put("seesong.mode", "exact");
        params.put("seesong.candidates", "10");
      }
    }

    /** Collection, form of the request and parameters. */
    Asked next() {
      Map<String, String> params = new LinkedHashMap<>();
      params.put("wt", "json");
      params.put("fl", "*");
      params.put("image.fill", "true");
      params.put("image.id", "picture:1");
      String collection = one(List.of("both", "both", "songs"));
      if (collection.equals("songs")) {
        params.put("image.collection", "pictures");
      }
      for (int i = random.nextInt(4); i >= 0; i--) {
        attack(params);
      }
      askOtherwise(params);
      return new Asked(random.nextInt(2), collection, random.nextInt(3), params);
    }
  }

  /** A request; its form is 0 for an address, 1 for a form and 2 for JSON. */
  private record Asked(int node, String collection, int form, Map<String, String> params) {}

  private HttpResponse<String> send(Asked asked, String user) throws Exception {
    String encoded =
        asked.params().entrySet().stream()
            .map(
                entry ->
                    entry.getKey()
                        + '='
                        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    String base =
        cluster.getJettySolrRunner(asked.node()).getBaseUrl()
            + "/"
            + asked.collection()
            + "/songs-by-image";
    HttpRequest.Builder request =
        switch (asked.form()) {
          case 0 -> HttpRequest.newBuilder(URI.create(base + "?" + encoded));
          case 1 ->
              HttpRequest.newBuilder(URI.create(base))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString(encoded));
          default ->
              HttpRequest.newBuilder(URI.create(base))
                  .header("Content-Type", "application/json")
                  .POST(
                      BodyPublishers.ofString(
                          new ObjectMapper().writeValueAsString(Map.of("params", asked.params()))));
        };
    byte[] credentials = (user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    return client.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
  }

  private void askAndFindNothing(int requests) throws Exception {
    Draw draw = new Draw(Trials.seed());
    Map<Integer, Integer> statuses = new TreeMap<>();
    int toldToAdmin = 0;
    for (int i = 0; i < requests; i++) {
      Asked asked = draw.next();
      HttpResponse<String> answer = send(asked, "reader");
      String what = "seed " + Trials.seed() + ", request " + i + ": " + asked;
      // What a message repeats of the request is no news.
      String told = answer.body().replace("\\\"", "\"");
      for (String given : asked.params().values()) {
        told = told.replace(given, "");
      }
      assertThat(told).as(what).doesNotContain(MARK);
      // Where some shards are not asked and that is tolerated, an id may be on one of them.
      boolean tolerant = asked.params().containsKey("shards.tolerant");
      assertThat(answer.statusCode())
          .as(what + answer.body())
          .isIn(200, 400, 403, tolerant ? 503 : 200);
      assertThat(strayRequests).as(what).hasValue(0);
      statuses.merge(answer.statusCode(), 1, Integer::sum);
      if (i % 10 == 0 && send(asked, "admin").body().contains(MARK)) {
        toldToAdmin++;
      }
    }
    LoggerFactory.getLogger(HostileRequestsTest.class)
        .warn("{} requests: {}; {} tell an admin", requests, statuses, toldToAdmin);
    assertThat(toldToAdmin).isPositive();
    assertThat(statuses).containsKeys(200, 400, 403);
  }

  @Test
  void nothingOfTheOthersComesBackAndNoRequestGoesElsewhere() throws Exception {
    askAndFindNothing(Trials.count(150));
  }

  /** JSON says as much as a form, though the handler has a default for image.collection. */
  @Test
  void jsonIsTakenAtItsWord() throws Exception {
    Map<String, String> params = new LinkedHashMap<>();
    params.put("image.id", "picture:1");
    params.put("image.collection", "hidden");
    HttpResponse<String> refused = send(new Asked(0, "both", 2, params), "reader");
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
    params.put("image.collection", "both");
    assertThat(send(new Asked(0, "songs", 2, params), "reader").statusCode()).isEqualTo(200);
    params.put("seesong.picks", "[]");
    HttpResponse<String> internal = send(new Asked(0, "both", 2, params), "reader");
    assertThat(internal.statusCode()).isEqualTo(400);
    assertThat(internal.body())
        .contains("parameter 'seesong.picks' is for requests between nodes and not taken");
  }

  /** No core may be held by who asked for it twice: it would never be closed. */
  @Test
  void aShardThatIsNamedTwiceIsAskedOnce() throws Exception {
    Map<String, String> params = new LinkedHashMap<>();
    params.put("image.id", "picture:1");
    params.put("shards", "shard1,shard2,shard1,shard2");
    params.put("image.fill", "true");
    Map<String, Integer> before = references();
    HttpResponse<String> answer = send(new Asked(0, "both", 0, params), "reader");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(references()).isEqualTo(before);
  }

  /** Of each core, this look at it among them. */
  private Map<String, Integer> references() {
    Map<String, Integer> counts = new TreeMap<>();
    for (JettySolrRunner node : cluster.getJettySolrRunners()) {
      for (String name : node.getCoreContainer().getLoadedCoreNames()) {
        try (SolrCore core = node.getCoreContainer().getCore(name)) {
          counts.put(name, core.getOpenCount());
        }
      }
    }
    return counts;
  }

  @Test
  @Tag("slow")
  void norInManyRequests() throws Exception {
    askAndFindNothing(Trials.count(5000));
  }
}
