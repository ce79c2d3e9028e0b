package org.seesong.push;

import java.util.List;

/**
 * Which SolrCloud, and as whom.
 *
 * @param solr addresses of nodes, such as {@code http://localhost:8983/solr}; empty if {@code zk}
 *     is given
 * @param zk ZooKeeper's hosts, such as {@code zk1:2181,zk2:2181/solr}, or ""
 * @param user name for basic authentication, or ""
 * @param password its password
 */
public record PushTarget(List<String> solr, String zk, String user, String password) {
  public PushTarget {
    solr = List.copyOf(solr);
    if (solr.isEmpty() == zk.isBlank()) {
      throw new IllegalArgumentException("give either addresses of Solr or hosts of ZooKeeper");
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return (solr.isEmpty() ? zk : String.join(", ", solr)) + (user.isEmpty() ? "" : " as " + user);
  }
}
