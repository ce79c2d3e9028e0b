package org.seesong.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.impl.CloudSolrClient;
import org.apache.solr.cloud.MiniSolrCloudCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real SolrCloud and two built catalogues to push into it, one for all tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BasePushTestCase {
  static final int SONGS = 60;
  static final int PICTURES = 40;

  private final int nodes;
  private MiniSolrCloudCluster cluster;
  private Path shared;
  private Path small;
  private Path large;

  BasePushTestCase(int nodes) {
    this.nodes = nodes;
  }

  @BeforeAll
  void startSolrAndBuildCatalogues(@TempDir Path folder) throws Exception {
    shared = folder;
    cluster = new MiniSolrCloudCluster.Builder(nodes, shared.resolve("cloud")).build();
    small = build("small", SONGS, PICTURES);
    large = build("large", 2 * SONGS, 2 * PICTURES);
  }

  private Path build(String name, int songs, int pictures) throws Exception {
    SmallCatalogue catalogue =
        SmallCatalogue.writeTo(shared.resolve("catalogue-" + name), songs, pictures);
    Path out = shared.resolve(name);
    CommandRun.build(catalogue.songs(), catalogue.pictures(), out).ends(0);
    return out;
  }

  @AfterAll
  void stopSolr() throws Exception {
    if (cluster != null) {
      cluster.shutdown();
    }
  }

  final MiniSolrCloudCluster cluster() {
    return cluster;
  }

  /** A folder for files of the tests. */
  final Path shared() {
    return shared;
  }

  /** A catalogue of {@link #SONGS} songs and {@link #PICTURES} pictures. */
  final Path small() {
    return small;
  }

  /** One of twice as many. */
  final Path large() {
    return large;
  }

  final CloudSolrClient client() {
    return cluster.getSolrClient();
  }

  final String solr() {
    return cluster.getJettySolrRunner(0).getBaseUrl().toString();
  }

  final CommandRun push(Path catalogue, String name, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("push", catalogue, "--solr", solr()));
    arguments.addAll(List.of("--collection", name, "--json"));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray());
  }

  final long count(String collection, String query) throws Exception {
    return client().query(collection, new SolrQuery(query)).getResults().getNumFound();
  }
}
