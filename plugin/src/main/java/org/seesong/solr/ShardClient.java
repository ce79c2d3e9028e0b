package org.seesong.solr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.cloud.ClusterState;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.core.CoreContainer;
import org.apache.solr.core.SolrCore;
import org.apache.solr.handler.component.HttpShardHandler;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.ShardHandler;
import org.apache.solr.handler.component.ShardRequest;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.SolrQueryResponse;
import org.seesong.solr.ShardResponses.Merged;

/**
 * Sends the same hop to all shards of a collection, as Solr's own distributed search does: with its
 * connections, its choice of replicas and their substitutes, its credentials. Cores of this node
 * are asked without HTTP. A shard that the user may not read is not asked. For one request.
 */
final class ShardClient {
  private static final String COLLECTION = "collection";

  /** Solr's own distributed search still routes by it. */
  static final String PATH_PARAMETER = "qt";

  private final SolrQueryRequest request;
  private final String path;
  private final ShardSearch local;
  private final boolean tolerant;

  /**
   * For one request.
   *
   * @param path where the handler is, in all collections
   */
  ShardClient(SolrQueryRequest request, String path, ShardSearch local) {
    this.request = request;
    this.path = path;
    this.local = local;
    this.tolerant = HttpShardHandler.getShardsTolerantAsBool(request);
  }

  /**
   * Asks all shards.
   *
   * @param collection another collection than the request's, or "" for the request's
   * @param deadline when to go on with the answers that there are
   */
  Merged ask(String collection, SolrParams hop, Deadline deadline) throws IOException {
    ModifiableSolrParams params = new ModifiableSolrParams(request.getParams());
    for (String name : params.getParameterNames().toArray(String[]::new)) {
      if (name.startsWith("image.") && !name.equals(ShardSearch.PICTURE_FILTER)) {
        params.remove(name);
      }
    }
    hop.forEach(entry -> params.set(entry.getKey(), entry.getValue()));
    if (deadline.isSet()) {
      params.set(CommonParams.TIME_ALLOWED, Long.toString(Math.max(1, deadline.remainingMillis())));
    }
    CoreContainer container = request.getCoreContainer();
    if (!collection.isEmpty()) {
      params.remove(ShardParams.SHARDS);
      params.remove(ShardParams._ROUTE_);
      if (!container.isZooKeeperAware()) {
        HopPermission.require(request, path, collection);
        return askCore(container, collection, params);
      }
      params.set(COLLECTION, resolved(container, collection));
    }
    return isDistributed(params) || !collection.isEmpty()
        ? askShards(params, deadline)
        : askCore(request.getCore(), local, params);
  }

  private boolean isDistributed(SolrParams params) {
    String shards = params.get(ShardParams.SHARDS);
    return params.getBool(CommonParams.DISTRIB, request.getCoreContainer().isZooKeeperAware())
        || (shards != null && shards.indexOf('/') > 0);
  }

  private String resolved(CoreContainer container, String collection) {
    List<String> names = container.getAliases().resolveAliases(collection);
    ClusterState state = container.getZkController().getClusterState();
    for (String name : names) {
      if (!state.hasCollection(name)) {
        throw new SolrException(
            ErrorCode.BAD_REQUEST,
            ImageRequest.COLLECTION + " names '" + name + "', but there is no such collection");
      }
      HopPermission.require(request, path, name);
    }
    return String.join(",", names);
  }

  private Merged askCore(CoreContainer container, String name, SolrParams params)
      throws IOException {
    try (SolrCore core = container.getCore(name)) {
      if (core == null) {
        throw new SolrException(
            ErrorCode.BAD_REQUEST,
            ImageRequest.COLLECTION + " names '" + name + "', but this node has no such core");
      }
      // As in a cloud, where a shard reads its fields by its own handler.
      ShardSearch search =
          core.getRequestHandler(path) instanceof SongsByImageHandler other
              ? other.search()
              : local;
      return askCore(core, search, params);
    }
  }

  /** Without a detour over HTTP. */
  private Merged askCore(SolrCore core, ShardSearch search, SolrParams params) throws IOException {
    try (LocalCores.Request here =
        new LocalCores.Request(core, params, request.getUserPrincipal())) {
      NamedList<Object> answer = search.answer(here);
      boolean late = answer.get(ShardSearch.OUT_OF_TIME) != null;
      return new Merged(
          late ? List.of() : List.of(answer), late, List.of(), new SimpleOrderedMap<>());
    }
  }

  private Merged askShards(ModifiableSolrParams params, Deadline deadline) throws IOException {
    ShardHandler handler = request.getCoreContainer().getShardHandlerFactory().getShardHandler();
    String[] shards;
    try (LocalCores.Request routing =
        new LocalCores.Request(request.getCore(), params, request.getUserPrincipal())) {
      ResponseBuilder builder =
          new ResponseBuilder(routing, new SolrQueryResponse(), new ArrayList<>());
      handler.prepDistributed(builder);
      shards = builder.shards;
    }
    if (shards == null) {
      return askCore(request.getCore(), local, params);
    }
    // A request may name a shard twice.
    shards = Arrays.stream(shards).distinct().toArray(String[]::new);
    params.remove(COLLECTION);
    params.remove(ShardParams.SHARDS);
    params.set(PATH_PARAMETER, path);
    params.set(CommonParams.DISTRIB, "false");
    params.set(ShardParams.IS_SHARD, true);
    params.set(ShardParams.SHARDS_PURPOSE, ShardRequest.PURPOSE_PRIVATE);
    params.set(CommonParams.OMIT_HEADER, false);
    ShardResponses responses = new ShardResponses(shards, tolerant);
    try (Exchange exchange = new Exchange(handler, responses, deadline)) {
      exchange.send(shards, params);
      exchange.await();
    }
    return responses.merged();
  }

  /** One hop under way: cores of this node on threads, other shards over HTTP. */
  private final class Exchange implements AutoCloseable {
    private final ShardHandler handler;
    private final ShardResponses responses;
    private final Deadline deadline;
    private final ShardRequest remote = new ShardRequest();
    private final Map<String, LocalCores.Query> waiting = new LinkedHashMap<>();
    private final Map<String, CompletableFuture<NamedList<Object>>> started = new LinkedHashMap<>();
    private final long start = System.nanoTime();

    Exchange(ShardHandler handler, ShardResponses responses, Deadline deadline) {
      this.handler = handler;
      this.responses = responses;
      this.deadline = deadline;
    }

    void send(String[] shards, ModifiableSolrParams params) {
      LocalCores cores = LocalCores.of(request.getCoreContainer());
      List<String> others = new ArrayList<>();
      for (String shard : shards) {
        Optional<SolrException> refusal =
            HopPermission.refusal(request.getCore(), request.getUserPrincipal(), params, shard);
        if (refusal.isPresent()) {
          responses.fail(shard, refusal.get());
          continue;
        }
        cores
            .query(shard, params, request.getUserPrincipal())
            .ifPresentOrElse(query -> waiting.put(shard, query), () -> others.add(shard));
      }
      if (responses.haveFailed()) {
        return;
      }
      remote.params = params;
      remote.purpose = ShardRequest.PURPOSE_PRIVATE;
      remote.shards = others.toArray(String[]::new);
      remote.actualShards = remote.shards;
      remote.responses = new ArrayList<>(others.size());
      others.forEach(shard -> handler.submit(remote, shard, new ModifiableSolrParams(params)));
      // The last core is asked by this thread, unless it may have to stop waiting.
      int threads = waiting.size() - (deadline.isSet() ? 0 : 1);
      for (String shard : List.copyOf(waiting.keySet()).subList(0, Math.max(0, threads))) {
        started.put(shard, start(cores, waiting.remove(shard)));
      }
    }

    private CompletableFuture<NamedList<Object>> start(LocalCores cores, LocalCores.Query query) {
      return cores
          .start(query)
          .whenComplete(
              (values, failure) -> {
                if (failure != null && !tolerant) {
                  handler.cancelAll();
                }
              });
    }

    /** Waits until all shards have answered, one has failed and that matters, or time is over. */
    void await() {
      for (String shard : List.copyOf(waiting.keySet())) {
        if (!responses.haveFailed()) {
          LocalCores.Query query = waiting.remove(shard);
          take(shard, () -> LocalCores.run(query));
        }
      }
      if (!responses.haveFailed()) {
        awaitRemote();
      }
      started.forEach(
          (shard, values) -> {
            if (!responses.haveFailed()) {
              take(shard, () -> values.get(remainingMillis(), TimeUnit.MILLISECONDS));
            }
          });
    }

    private long remainingMillis() {
      return deadline.isSet() ? Math.max(1, deadline.remainingMillis()) : Long.MAX_VALUE;
    }

    private void take(String shard, Callable<NamedList<Object>> values) {
      try {
        NamedList<Object> response = values.call();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        responses.add(shard, null, response, millis);
      } catch (TimeoutException e) {
        // Late; what is merged says so.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SolrException(ErrorCode.SERVER_ERROR, "interrupted while shards answered", e);
      } catch (Exception e) {
        responses.fail(shard, e);
      }
    }

    private void awaitRemote() {
      if (remote.shards.length == 0) {
        return;
      }
      CompletableFuture<Void> answered = new CompletableFuture<>();
      if (deadline.isSet()) {
        CompletableFuture<Void> unused =
            answered
                .orTimeout(remainingMillis(), TimeUnit.MILLISECONDS)
                .whenComplete(
                    (done, late) -> {
                      if (late != null) {
                        handler.cancelAll();
                      }
                    });
      }
      if (tolerant) {
        handler.takeCompletedIncludingErrors();
      } else {
        handler.takeCompletedOrError();
      }
      answered.complete(null);
      remote.responses.forEach(responses::add);
    }

    @Override
    public void close() {
      waiting.values().forEach(query -> query.core().close());
      handler.cancelAll();
    }
  }
}
