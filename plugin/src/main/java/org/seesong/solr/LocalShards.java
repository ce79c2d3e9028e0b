package org.seesong.solr;

import java.io.Closeable;
import java.security.Principal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.ExecutorUtil;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.common.util.SolrNamedThreadFactory;
import org.apache.solr.core.CoreContainer;
import org.apache.solr.core.SolrCore;
import org.apache.solr.request.SolrQueryRequestBase;
import org.apache.solr.request.SolrRequestInfo;
import org.apache.solr.response.SolrQueryResponse;

/**
 * Asks shards of which this node itself holds a replica, by the same handler and the same
 * parameters as over HTTP, without the detour. The replica must be the one that Solr's choice of
 * replicas puts first, so {@code shards.preference} decides. Nobody authorizes what is asked here:
 * whoever asks looks at {@link HopPermission} first. One for a node; safe for any number of
 * threads.
 */
final class LocalShards implements Closeable {
  /** In a request's context: its answer is read on this node, as it is. */
  static final String HERE = LocalShards.class.getName();

  private final CoreContainer node;
  private final ExecutorService threads =
      ExecutorUtil.newMDCAwareCachedThreadPool(new SolrNamedThreadFactory("seesong-shards"));

  private LocalShards(CoreContainer node) {
    this.node = node;
  }

  /** What a shard of this node said, or why not; both empty if it said nothing. */
  record Outcome(Optional<NamedList<Object>> reply, Optional<Throwable> failure, long millis) {
    static Outcome of(Throwable failure) {
      return new Outcome(Optional.empty(), Optional.of(failure), 0);
    }
  }

  /** A shard that was found on this node. Its core is held until it has answered. */
  record Shard(SolrCore core, SongsByImageHandler handler) {}

  /** What a shard is asked, and on whose behalf. */
  record Asked(Shard shard, SolrParams params, Principal user) {}

  /** A request inside this node. */
  static final class Request extends SolrQueryRequestBase {
    private final Principal user;

    Request(SolrCore core, SolrParams params, Principal user) {
      super(core, params);
      this.user = user;
    }

    @Override
    public Principal getUserPrincipal() {
      return user;
    }
  }

  static LocalShards of(CoreContainer node) {
    String key =
        LocalShards.class.getName()
            + '@'
            + System.identityHashCode(LocalShards.class.getClassLoader());
    return node.getObjectCache()
        .computeIfAbsent(key, LocalShards.class, absent -> new LocalShards(node));
  }

  /**
   * Finds a shard if this node has it; whoever does must {@link #ask} or {@link #run} it, or close
   * its core.
   *
   * @param addresses of its replicas as Solr writes them, the first to be asked first
   * @param path where the handler is
   */
  Optional<Shard> find(String addresses, String path) {
    String first = firstAddress(addresses);
    int slash = first.lastIndexOf('/', first.length() - 2);
    if (!node.isZooKeeperAware()
        || path == null
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
      return Optional.of(new Shard(core, handler));
    }
    core.close();
    return Optional.empty();
  }

  /** The address that is asked first. */
  static String firstAddress(String addresses) {
    return addresses.split("\\|", 2)[0];
  }

  /** Asks a shard on another thread. */
  CompletableFuture<Outcome> ask(Asked asked) {
    try {
      return CompletableFuture.supplyAsync(() -> run(asked), threads);
    } catch (RejectedExecutionException e) {
      asked.shard().core().close();
      throw new SolrException(ErrorCode.SERVICE_UNAVAILABLE, "this node is stopping", e);
    }
  }

  /** Asks a shard on this thread. */
  static Outcome run(Asked asked) {
    Shard shard = asked.shard();
    SolrParams params = asked.params();
    long start = System.nanoTime();
    SolrQueryResponse response = new SolrQueryResponse();
    NamedList<Object> reply;
    try (SolrCore held = shard.core();
        Request request = new Request(held, params, asked.user())) {
      request.getContext().put(CommonParams.PATH, params.get(HopExchange.PATH_PARAMETER));
      request.getContext().put(HERE, true);
      SolrRequestInfo.setRequestInfo(new SolrRequestInfo(request, response));
      try {
        // As Solr does for a request over HTTP, which says in the header if it is partial.
        response.addResponseHeader(new SimpleOrderedMap<>());
        shard.handler().handleRequest(request, response);
        reply =
            response.getException() != null || params.get(HopParams.HOP) != null
                ? response.getValues()
                : ParsedResponse.of(request, response);
      } finally {
        SolrRequestInfo.clearRequestInfo();
      }
    }
    return new Outcome(
        response.getException() == null ? Optional.of(reply) : Optional.empty(),
        Optional.ofNullable(response.getException()),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }

  @Override
  public void close() {
    ExecutorUtil.shutdownAndAwaitTermination(threads);
  }
}
