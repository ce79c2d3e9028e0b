package org.seesong.push;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.cloud.SolrZkClient;
import org.apache.solr.common.cloud.ZkStateReader;
import org.apache.solr.common.util.URLUtil;
import org.apache.solr.common.util.Utils;
import org.apache.zookeeper.KeeperException;

/** Asks ZooKeeper which nodes of a SolrCloud are alive. */
final class LiveNodes {
  private static final int CONNECT_MILLIS = (int) TimeUnit.SECONDS.toMillis(15);

  private LiveNodes() {}

  /** Addresses such as {@code http://10.0.0.3:8983/solr}; at least one. */
  static List<String> of(String hosts) throws PushException {
    try (SolrZkClient zk =
        new SolrZkClient.Builder()
            .withUrl(hosts)
            .withTimeout(CONNECT_MILLIS, TimeUnit.MILLISECONDS)
            .withConnTimeOut(CONNECT_MILLIS, TimeUnit.MILLISECONDS)
            .build()) {
      Set<String> names =
          new TreeSet<>(zk.getChildren(ZkStateReader.LIVE_NODES_ZKNODE, null, true));
      String scheme = scheme(zk);
      List<String> urls = new ArrayList<>();
      names.forEach(name -> urls.add(URLUtil.getBaseUrlForNodeName(name, scheme)));
      if (urls.isEmpty()) {
        throw new PushException("ZooKeeper at " + hosts + " knows of no live node of Solr");
      }
      return urls;
    } catch (KeeperException.NoNodeException e) {
      throw new PushException(
          "ZooKeeper at "
              + hosts
              + " holds no SolrCloud ("
              + e.getPath()
              + " is missing); if Solr has a folder of its own there, append it, such as"
              + " zk1:2181,zk2:2181/solr",
          e);
    } catch (SolrException | KeeperException e) {
      throw new PushException(
          "no ZooKeeper answers at " + hosts + " (" + SolrTrouble.reason(e) + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PushException("interrupted while asking ZooKeeper at " + hosts, e);
    }
  }

  private static String scheme(SolrZkClient zk) throws KeeperException, InterruptedException {
    if (!zk.exists(ZkStateReader.CLUSTER_PROPS, true)) {
      return "http";
    }
    Object properties = Utils.fromJSON(zk.getData(ZkStateReader.CLUSTER_PROPS, null, null, true));
    Object scheme = properties instanceof Map<?, ?> map ? map.get(ZkStateReader.URL_SCHEME) : null;
    return scheme == null ? "http" : scheme.toString();
  }
}
