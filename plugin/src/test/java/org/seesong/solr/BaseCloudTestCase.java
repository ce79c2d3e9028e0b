package org.seesong.solr;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.impl.CloudSolrClient;
import org.apache.solr.client.solrj.request.CollectionAdminRequest;
import org.apache.solr.cloud.MiniSolrCloudCluster;
import org.apache.solr.common.SolrInputDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.vector.VectorSpace;

/**
 * A SolrCloud in this JVM: real nodes, HTTP and ZooKeeper on 127.0.0.1, one for all tests of a
 * class.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BaseCloudTestCase {
  static final VectorSpace VISUAL = new VectorSpace("test-encoder", 24);
  static final VectorSpace NETWORK = new VectorSpace("test-embedding", 8);
  static final VectorSpace TEXT = new VectorSpace("test-text", 2);

  /** (1, 0) in {@link #TEXT}. */
  static final String WORDS = "image.wordsEncoder=test-text&image.wordsVec=AACAPwAAAAA";

  private Path temp;
  private MiniSolrCloudCluster cluster;

  /** How many nodes the tests want. */
  int nodes() {
    return 2;
  }

  @BeforeAll
  void startCluster(@TempDir Path folder) throws Exception {
    temp = folder;
    System.setProperty("metricsEnabled", "true");
    cluster = new MiniSolrCloudCluster.Builder(nodes(), temp.resolve("cloud")).build();
  }

  @AfterAll
  void stopCluster() throws Exception {
    if (cluster != null) {
      cluster.shutdown();
    }
  }

  /** A folder that is deleted after the tests. */
  final Path temp() {
    return temp;
  }

  final MiniSolrCloudCluster cluster() {
    return cluster;
  }

  final CloudSolrClient client() {
    return cluster.getSolrClient();
  }

  /** Uploads our configset under a name. */
  final void upload(String name, Configset configset) throws Exception {
    Path folder = Files.createDirectories(temp.resolve("configset-" + name));
    configset.writeTo(folder);
    cluster.uploadConfigSet(folder, name);
  }

  /** Creates a collection and waits until all replicas are active. */
  final void create(String collection, String config, int shards, int replicas) throws Exception {
    CollectionAdminRequest.createCollection(collection, config, shards, replicas).process(client());
    cluster.waitForActiveCollection(collection, shards, shards * replicas);
  }

  /** Adds documents and makes them visible. */
  static void add(SolrClient client, String collection, List<SolrInputDocument> documents)
      throws Exception {
    client.add(collection, documents);
    client.commit(collection);
  }
}
