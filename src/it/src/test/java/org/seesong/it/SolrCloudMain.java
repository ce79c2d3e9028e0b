package org.seesong.it;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.solr.cloud.MiniSolrCloudCluster;
import org.apache.solr.embedded.JettySolrRunner;

/**
 * A SolrCloud in a process of its own, on 127.0.0.1, until its standard input ends. Knows nothing
 * of Seesong: what the nodes know of it they load as a module, which the system properties
 * solr.install.dir and solr.modules name.
 *
 * <p>Arguments: folder for its data, number of nodes. Prints {@code zk HOST}, a line {@code node
 * URL} for each node, and {@code ready}.
 */
final class SolrCloudMain {
  private SolrCloudMain() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int nodes = Integer.parseInt(arguments[1]);
    MiniSolrCloudCluster cluster = new MiniSolrCloudCluster.Builder(nodes, folder).build();
    System.out.println("zk " + cluster.getZkServer().getZkAddress());
    for (JettySolrRunner node : cluster.getJettySolrRunners()) {
      System.out.println("node " + node.getBaseUrl());
    }
    System.out.println("ready");
    while (System.in.read() >= 0) {
      // until its starter ends it
    }
    cluster.shutdown();
    System.exit(0);
  }
}
