package org.seesong.solr;

import java.io.Closeable;
import java.security.Principal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
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
 * Asks cores of this node for their part of a hop without HTTP, by the same handler and parameters.
 * Solr authorizes nothing that is asked here: callers check {@link HopPermission} first. One for a
 * node; safe for any number of threads.
 */
final class LocalCores implements Closeable {
  private final CoreContainer node;
  private final ExecutorService threads =
      ExecutorUtil.newMDCAwareCachedThreadPool(new SolrNamedThreadFactory("seesong-shards"));

  private LocalCores(CoreContainer node) {
    this.node = node;
  }

  /** A core of this node, held until it has answered, and what it is asked on whose behalf. */
  record Query(SolrCore core, SongsByImageHandler handler, SolrParams params, Principal user) {}

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

  static LocalCores of(CoreContainer node) {
    String key =
        LocalCores.class.getName()
            + '@'
            + System.identityHashCode(LocalCores.class.getClassLoader());
    return node.getObjectCache()
        .computeIfAbsent(key, LocalCores.class, absent -> new LocalCores(node));
  }

  /**
   * A query to a shard whose replica that Solr would ask first is on this node; the caller must
   * {@link #run} or {@link #start} it, or close its core.
   *
   * @param addresses of the shard's replicas as Solr writes them, in the order of preference
   */
  Optional<Query> query(String addresses, SolrParams params, Principal user) {
    String first = firstAddress(addresses);
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
    String path = params.get(ShardClient.PATH_PARAMETER);
    if (core.getRequestHandler(path) instanceof SongsByImageHandler handler) {
      return Optional.of(new Query(core, handler, params, user));
    }
    core.close();
    return Optional.empty();
  }

  /** The address that is asked first. */
  static String firstAddress(String addresses) {
    return addresses.split("\\|", 2)[0];
  }

  /** Runs a query on another thread. */
  CompletableFuture<NamedList<Object>> start(Query query) {
    try {
      return CompletableFuture.supplyAsync(() -> run(query), threads);
    } catch (RejectedExecutionException e) {
      query.core().close();
      throw new SolrException(ErrorCode.SERVICE_UNAVAILABLE, "this node is stopping", e);
    }
  }

  /** Runs a query on this thread; gives the response's values, or throws what the handler threw. */
  static NamedList<Object> run(Query query) {
    SolrQueryResponse response = new SolrQueryResponse();
    try (SolrCore held = query.core();
        Request request = new Request(held, query.params(), query.user())) {
      request.getContext().put(CommonParams.PATH, query.params().get(ShardClient.PATH_PARAMETER));
      SolrRequestInfo.setRequestInfo(new SolrRequestInfo(request, response));
      try {
        response.addResponseHeader(new SimpleOrderedMap<>());
        query.handler().handleRequest(request, response);
      } finally {
        SolrRequestInfo.clearRequestInfo();
      }
    }
    if (response.getException() != null) {
      throw response.getException() instanceof SolrException refusal
          ? refusal
          : new SolrException(ErrorCode.SERVER_ERROR, response.getException());
    }
    return response.getValues();
  }

  @Override
  public void close() {
    ExecutorUtil.shutdownAndAwaitTermination(threads);
  }
}
