package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.solr.client.solrj.request.CollectionAdminRequest;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.cloud.MiniSolrCloudCluster;
import org.apache.solr.common.SolrInputDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.vector.VectorSpace;

/** security.json governs the handler, also where a node asks itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecurityTest {
  private static final VectorSpace TEXT = BaseCloudTestCase.TEXT;
  private static final VectorSpace VISUAL = new VectorSpace("test-encoder", 24);
  private static final VectorSpace NETWORK = new VectorSpace("test-embedding", 8);
  private static final SongCatalogue CATALOGUE = SongCatalogue.random(3, 30, 60, 24, 8);
  private static final String PASSWORD = "SolrRocks";

  /** All three have the password above, salted and hashed as Solr's documentation shows it. */
  private static final String SECURITY =
      """
      {"authentication": {"class": "solr.BasicAuthPlugin", "blockUnknown": true, "credentials": {
         "admin": "$", "reader": "$", "stranger": "$"}},
       "authorization": {"class": "solr.RuleBasedAuthorizationPlugin",
         "permissions": [
           {"name": "hidden", "collection": "hidden", "role": "admin",
            "path": ["/select", "/songs-by-image"]},
           {"name": "read", "role": "reader"},
           {"name": "all", "role": "admin"}],
         "user-role": {"admin": ["admin", "reader"], "reader": "reader"}}}
      """
          .replace(
              "$",
              "IV0EHq1OnNrj6gvRCwvFwTrZ1+z1oBbnQdiVC3otuq0="
                  + " Ndd7LKvVBAaZIF0QAVi1ekCfAJXr1GGfLtRUXhgrF8c=");

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String FORM = "application/x-www-form-urlencoded";

  /** Has nodes ask each other by HTTP/1.1. */
  static final String HTTP_1 = "solr.http1";

  private MiniSolrCloudCluster cluster;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    // Many requests between nodes are refused here and the others of the same search cancelled, and
    // by HTTP/2 a later one then waits without end now and then (SOLR-17819).
    System.setProperty(HTTP_1, "true");
    Path config = Files.createDirectories(folder.resolve("config"));
    new Configset(VISUAL, Optional.empty(), NETWORK, Optional.of(TEXT), Configset.NO_ENCODER, "")
        .writeTo(config);
    cluster =
        new MiniSolrCloudCluster.Builder(2, folder.resolve("cloud"))
            .addConfig("seesong", config)
            .withSecurityJson(SECURITY)
            .withSolrXml(solrXml())
            .build();
    for (String name : List.of("songs", "hidden")) {
      List<SolrInputDocument> both = new ArrayList<>(CATALOGUE.pictureDocuments());
      both.addAll(SongCatalogue.withTexts(CATALOGUE.songDocuments(), TEXT));
      both.forEach(document -> document.setField("attribute_owner", "property of " + name));
      CollectionAdminRequest.Create create =
          CollectionAdminRequest.createCollection(name, "seesong", 2, 2);
      create.setBasicAuthCredentials("admin", PASSWORD);
      create.process(cluster.getSolrClient());
      cluster.waitForActiveCollection(name, 2, 4);
      UpdateRequest update = new UpdateRequest();
      update.setBasicAuthCredentials("admin", PASSWORD);
      update.add(both);
      update.commit(cluster.getSolrClient(), name);
    }
  }

  /** How nodes ask shards, among other things. */
  String solrXml() {
    return MiniSolrCloudCluster.DEFAULT_CLOUD_SOLR_XML;
  }

  @AfterAll
  void stop() throws Exception {
    System.clearProperty(HTTP_1);
    if (cluster != null) {
      cluster.shutdown();
    }
  }

  private HttpResponse<String> get(int node, String user, String more) throws Exception {
    return send(request(node, more), user);
  }

  private HttpRequest.Builder request(int node, String more) {
    return HttpRequest.newBuilder(URI.create(cluster.getJettySolrRunner(node).getBaseUrl() + more))
        .timeout(Duration.ofMinutes(2));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request, String user)
      throws Exception {
    if (!user.isEmpty()) {
      byte[] credentials = (user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(int node, String more, String type, String body)
      throws Exception {
    return send(
        request(node, more)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body)),
        "reader");
  }

  private HttpResponse<String> ask(int node, String user, String more) throws Exception {
    return get(node, user, "/songs/songs-by-image?wt=json&image.id=picture:1" + more);
  }

  @Test
  void whoMayReadMayAskAndNobodyElse() throws Exception {
    for (int node = 0; node < 2; node++) {
      assertThat(ask(node, "", "").statusCode()).isEqualTo(401);
      assertThat(ask(node, "stranger", "").statusCode()).isEqualTo(403);
      HttpResponse<String> answer = ask(node, "reader", "");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).contains("\"anchors\"").contains("song:");
    }
  }

  @Test
  void picturesOfACollectionThatOneMayNotReadStayHidden() throws Exception {
    for (int node = 0; node < 2; node++) {
      assertThat(get(node, "reader", "/hidden/select?q=*:*").statusCode()).isEqualTo(403);
      assertThat(ask(node, "admin", "&image.collection=hidden").statusCode()).isEqualTo(200);
      HttpResponse<String> refused = ask(node, "reader", "&image.collection=hidden");
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
      assertThat(refused.body())
          .contains("image.collection names 'hidden', which this user may not read by");
    }
  }

  /** Addresses of a collection's cores on one node, without "http://". */
  private List<String> cores(int node, String collection) {
    String base = cluster.getJettySolrRunner(node).getBaseUrl().toString().replace("http://", "");
    return cluster.getJettySolrRunner(node).getCoreContainer().getLoadedCoreNames().stream()
        .filter(core -> core.startsWith(collection + "_"))
        .sorted()
        .map(core -> base + "/" + core)
        .toList();
  }

  /** Words beside a picture and a boost, words alone, and a boost alone. */
  private static List<String> wordsRequests() {
    String path = "/songs/songs-by-image?wt=json&fl=*&";
    String boosted = "&image.id=picture:1&image.boost=snow:2";
    return List.of(
        path + BaseCloudTestCase.WORDS, path + BaseCloudTestCase.WORDS + boosted, path + boosted);
  }

  @Test
  void wordsAndBoostsFindNothingInWhatOneMayNotReadEither() throws Exception {
    for (int node = 0; node < 2; node++) {
      for (String words : wordsRequests()) {
        HttpResponse<String> answer = get(node, "reader", words);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("property of songs");
        assertThat(answer.body().contains("\"wordsDistance\"")).isEqualTo(words.contains("Vec"));
        assertThat(get(node, "stranger", words).statusCode()).isEqualTo(403);
        assertThat(get(node, "reader", words.replace("/songs/", "/hidden/")).statusCode())
            .isEqualTo(403);
        assertNothingLeaks(get(node, "reader", words + "&collection=hidden"), words);
        for (String shards : waysToNameHiddenCores(node)) {
          String named = "&shards=" + URLEncoder.encode(shards, StandardCharsets.UTF_8);
          assertNothingLeaks(get(node, "reader", words + named), shards);
          assertThat(get(node, "admin", words + named).body()).contains("property of hidden");
        }
      }
      for (String pictured : wordsRequests().subList(1, 3)) {
        assertNothingLeaks(get(node, "reader", pictured + "&image.collection=hidden"), "pictures");
      }
      for (String name : List.of("seesong.text", "seesong.text.k", "seesong.keyword")) {
        HttpResponse<String> internal =
            get(node, "reader", wordsRequests().get(0) + "&" + name + "=1");
        assertThat(internal.statusCode()).isEqualTo(400);
        assertThat(internal.body())
            .contains("parameter '" + name + "' is for requests between nodes and not taken");
      }
    }
  }

  /** Ways to write "all shards of hidden, from replicas of this node first". */
  private List<String> waysToNameHiddenCores(int node) {
    List<String> here = cores(node, "hidden");
    List<String> there = cores(1 - node, "hidden");
    return List.of(
        String.join(",", here),
        "http://" + String.join(",http://", here),
        here.get(0) + "|" + there.get(0) + "," + here.get(1) + "|" + there.get(1),
        here.get(0) + "/," + here.get(1) + "/",
        String.join(",", there));
  }

  static void assertNothingLeaks(HttpResponse<String> answer, String way) {
    assertThat(answer.body()).as(way).doesNotContain("property of hidden");
    assertThat(answer.statusCode()).as(way + ": " + answer.body()).isEqualTo(403);
  }

  @Test
  void coresOfACollectionThatOneMayNotReadAreNotReachedByShards() throws Exception {
    for (int node = 0; node < 2; node++) {
      for (String shards : waysToNameHiddenCores(node)) {
        String named = "&fl=*&shards=" + URLEncoder.encode(shards, StandardCharsets.UTF_8);
        if (shards.indexOf('|') < 0) {
          // With more replicas Solr 9.10.1's own search asks the second one as a node would.
          assertNothingLeaks(get(node, "reader", "/songs/select?q=*:*" + named), shards);
        }
        assertNothingLeaks(ask(node, "reader", named), shards);
        // Hop one asks what may be read; hop two and the search after it do not.
        assertNothingLeaks(ask(node, "reader", "&image.collection=songs" + named), shards);
        assertNothingLeaks(
            post(
                node,
                "/songs/songs-by-image",
                "application/json",
                "{\"params\":{\"image.id\":\"picture:1\",\"fl\":\"*\",\"shards\":\""
                    + shards
                    + "\"}}"),
            shards);
        for (String parser : List.of("{!image id=picture:1}", "{!songsNear id=song:1}")) {
          String query = "q=" + URLEncoder.encode(parser, StandardCharsets.UTF_8);
          assertNothingLeaks(get(node, "reader", "/songs/select?" + query + named), shards);
          assertNothingLeaks(ask(node, "reader", "&fl=*&fq=" + query.substring(2) + named), shards);
        }
      }
    }
  }

  @Test
  void aCollectionThatOneMayNotReadIsNotReachedByItsName() throws Exception {
    String form = "image.id=picture:1&fl=*&collection=hidden";
    for (int node = 0; node < 2; node++) {
      for (String more : List.of("", "&_route_=shard1")) {
        assertNothingLeaks(get(node, "reader", "/songs/songs-by-image?" + form + more), more);
        assertNothingLeaks(post(node, "/songs/songs-by-image", FORM, form + more), more);
        assertNothingLeaks(
            post(node, "/songs/songs-by-image", FORM, form + more + "&image.collection=songs"),
            more);
        assertNothingLeaks(
            post(node, "/songs/songs-by-image", FORM, form + more + "&image.collection=hidden"),
            more);
      }
      assertNothingLeaks(
          post(
              node,
              "/songs/songs-by-image",
              "application/json",
              "{\"params\":{\"image.id\":\"picture:1\",\"fl\":\"*\",\"collection\":\"hidden\"}}"),
          "json");
    }
  }

  /** Asks for all of what one may read and some of what one may not. */
  HttpResponse<String> askTolerantly(int node) throws Exception {
    String shards = String.join(",", cores(node, "hidden")) + ",shard1,shard2";
    return ask(node, "reader", "&fl=*&rows=50&shards.tolerant=true&shards=" + shards);
  }

  @Test
  void aTolerantRequestGetsNothingOfWhatOneMayNotReadEither() throws Exception {
    for (int node = 0; node < 2; node++) {
      HttpResponse<String> answer = askTolerantly(node);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body())
          .contains("property of songs", "\"partialResults\":true")
          .doesNotContain("property of hidden");
    }
  }

  @Test
  void whoMayReadBothMayNameCores() throws Exception {
    for (int node = 0; node < 2; node++) {
      String shards = String.join(",", cores(node, "hidden"));
      HttpResponse<String> answer = ask(node, "admin", "&fl=*&shards=" + shards);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).contains("property of hidden").doesNotContain("property of songs");
    }
  }

  @Test
  void aNodeWithoutTheCollectionForwardsTheUser() throws Exception {
    for (String name : List.of("afar")) {
      CollectionAdminRequest.Create create =
          CollectionAdminRequest.createCollection(name, "seesong", 2, 1)
              .setCreateNodeSet(cluster.getJettySolrRunner(0).getNodeName());
      create.setBasicAuthCredentials("admin", PASSWORD);
      create.process(cluster.getSolrClient());
      cluster.waitForActiveCollection(name, 2, 2);
      UpdateRequest update = new UpdateRequest();
      update.setBasicAuthCredentials("admin", PASSWORD);
      update.add(CATALOGUE.pictureDocuments());
      update.add(CATALOGUE.songDocuments());
      update.commit(cluster.getSolrClient(), name);
    }
    for (int node = 0; node < 2; node++) {
      String asked = "/afar/songs-by-image?wt=json&image.id=picture:1";
      HttpResponse<String> answer = get(node, "reader", asked);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).contains("song:");
      assertThat(get(node, "stranger", asked).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void shardsAreAskedByThisHandlerOnly() throws Exception {
    HttpResponse<String> refused = ask(0, "reader", "&shards.qt=/select");
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(refused.body()).contains("'shards.qt' is not taken");
  }
}
