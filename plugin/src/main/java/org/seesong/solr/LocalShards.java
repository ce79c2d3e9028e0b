package org.seesong.solr;

import java.io.Closeable;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.ExecutorUtil;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.common.util.SolrNamedThreadFactory;
import org.apache.solr.core.CoreContainer;
import org.apache.solr.core.SolrCore;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.request.SolrQueryRequestBase;
import org.apache.solr.request.SolrRequestInfo;
import org.apache.solr.response.SolrQueryResponse;

/**
 * Asks shards of which this node itself holds a replica, by the same handler and the same
 * parameters as over HTTP, without the detour. The replica must be the one that Solr's choice of
 * replicas puts first, so {@code shards.preference} decides. One for a node; safe for any number of
 * threads.
 */
final class LocalShards implements Closeable {
  private final ExecutorService threads =
      ExecutorUtil.newMDCAwareCachedThreadPool(new SolrNamedThreadFactory("seesong-hops"));

  /** What a shard of this node said, or why not; both empty if its time was over. */
  record Outcome(Optional<NamedList<?>> hop, Optional<Exception> failure, long millis) {}

  /** A shard that was found on this node. Its core is held until it is asked. */
  private record Asked(SolrCore core, SongsByImageHandler handler, SolrParams params) {}

  /** A request inside this node. */
  static final class HopRequest extends SolrQueryRequestBase {
    HopRequest(SolrCore core, SolrParams params) {
      super(core, params);
    }
  }

  static LocalShards of(CoreContainer node) {
    String key =
        LocalShards.class.getName()
            + '@'
            + System.identityHashCode(LocalShards.class.getClassLoader());
    return node.getObjectCache()
        .computeIfAbsent(key, LocalShards.class, absent -> new LocalShards());
  }

  /**
   * Asks a shard if this node has it.
   *
   * @param request whose hop it is
   * @param path where the handler is
   * @param shard addresses of its replicas as Solr writes them, the first to be asked first
   * @param params what to ask
   * @return what it will say, or nothing if it is to be asked over HTTP
   */
  Optional<Future<Outcome>> ask(
      SolrQueryRequest request, String path, String shard, SolrParams params) {
    return open(request.getCoreContainer(), path, shard, params)
        .map(asked -> threads.submit(() -> run(asked)));
  }

  private static Optional<Asked> open(
      CoreContainer node, String path, String shard, SolrParams params) {
    String first = shard.split("\\|", 2)[0];
    int slash = first.lastIndexOf('/', first.length() - 2);
    if (!node.isZooKeeperAware()
        || slash < 0
        || !first.substring(0, slash).equals(node.getZkController().getBaseUrl())) {
      return Optional.empty();
    }
    String name = first.substring(slash + 1).replace("/", "");
    SolrCore core = node.getLoadedCoreNames().contains(name) ? node.getCore(name) : null;
    if (core == null) {
      return Optional.empty();
    }
    if (core.getRequestHandler(path) instanceof SongsByImageHandler handler) {
      return Optional.of(new Asked(core, handler, params));
    }
    core.close();
    return Optional.empty();
  }

  private static Outcome run(Asked asked) {
    long start = System.nanoTime();
    SolrQueryResponse response = new SolrQueryResponse();
    try (SolrCore held = asked.core();
        HopRequest request = new HopRequest(held, asked.params())) {
      SolrRequestInfo.setRequestInfo(new SolrRequestInfo(request, response));
      try {
        // As Solr does for a request over HTTP, which says in the header if it is partial.
        response.addResponseHeader(new SimpleOrderedMap<>());
        asked.handler().handleRequest(request, response);
      } finally {
        SolrRequestInfo.clearRequestInfo();
      }
    }
    return new Outcome(
        Optional.ofNullable((NamedList<?>) response.getValues().get(HopParams.HOP)),
        Optional.ofNullable(response.getException()),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }

  @Override
  public void close() {
    ExecutorUtil.shutdownAndAwaitTermination(threads);
  }
}
