package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
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

  private MiniSolrCloudCluster cluster;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Path config = Files.createDirectories(folder.resolve("config"));
    new Configset(VISUAL, NETWORK, Configset.NO_ENCODER).writeTo(config);
    cluster =
        new MiniSolrCloudCluster.Builder(2, folder.resolve("cloud"))
            .addConfig("seesong", config)
            .withSecurityJson(SECURITY)
            .build();
    List<SolrInputDocument> both = new ArrayList<>(CATALOGUE.pictureDocuments());
    both.addAll(CATALOGUE.songDocuments());
    for (String name : List.of("songs", "hidden")) {
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

  @AfterAll
  void stop() throws Exception {
    if (cluster != null) {
      cluster.shutdown();
    }
  }

  private HttpResponse<String> get(int node, String user, String more) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(cluster.getJettySolrRunner(node).getBaseUrl() + more));
    if (!user.isEmpty()) {
      byte[] credentials = (user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
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
}
