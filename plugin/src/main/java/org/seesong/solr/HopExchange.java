package org.seesong.solr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

/**
 * Asks all shards of a collection the same thing, as Solr's own distributed search does: with its
 * connections, its choice of replicas and their substitutes, its credentials; and shards of this
 * node without HTTP. For one request.
 */
final class HopExchange {
  private static final String COLLECTION = "collection";

  /** Solr's own distributed search still routes by it. */
  static final String PATH_PARAMETER = "qt";

  private final SolrQueryRequest request;
  private final String path;
  private final ShardHops local;
  private final boolean tolerant;

  /**
   * For one request.
   *
   * @param path where the handler is, in all collections
   */
  HopExchange(SolrQueryRequest request, String path, ShardHops local) {
    this.request = request;
    this.path = path;
    this.local = local;
    this.tolerant = HttpShardHandler.getShardsTolerantAsBool(request);
  }

  /**
   * What came back.
   *
   * @param shards answers, in no order
   * @param partial whether some shard failed or ran out of time, which was tolerated
   * @param answered addresses of the shards that answered; empty if this core answered by itself
   * @param info for each shard what {@code shards.info} shows
   */
  record Answers(
      List<NamedList<Object>> shards,
      boolean partial,
      List<String> answered,
      NamedList<Object> info) {}

  /**
   * Asks.
   *
   * @param collection another collection than the request's, or "" for the request's
   * @param hop what to ask
   * @param deadline when to go on with the answers that there are
   */
  Answers ask(String collection, SolrParams hop, Deadline deadline) throws IOException {
    ModifiableSolrParams params = new ModifiableSolrParams(request.getParams());
    for (String name : params.getParameterNames().toArray(String[]::new)) {
      if (name.startsWith("image.") && !name.equals(ShardHops.PICTURE_FILTER)) {
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

  private Answers askCore(CoreContainer container, String name, SolrParams params)
      throws IOException {
    try (SolrCore core = container.getCore(name)) {
      if (core == null) {
        throw new SolrException(
            ErrorCode.BAD_REQUEST,
            ImageRequest.COLLECTION + " names '" + name + "', but this node has no such core");
      }
      // As in a cloud, where a shard reads its fields by its own handler.
      ShardHops hops =
          core.getRequestHandler(path) instanceof SongsByImageHandler other ? other.hops() : local;
      return askCore(core, hops, params);
    }
  }

  /** Answers without a detour over HTTP. */
  private Answers askCore(SolrCore core, ShardHops hops, SolrParams params) throws IOException {
    try (LocalShards.Request here =
        new LocalShards.Request(core, params, request.getUserPrincipal())) {
      NamedList<Object> answer = hops.answer(here);
      boolean late = answer.get(ShardHops.OUT_OF_TIME) != null;
      return new Answers(
          late ? List.of() : List.of(answer), late, List.of(), new SimpleOrderedMap<>());
    }
  }

  private Answers askShards(ModifiableSolrParams params, Deadline deadline) throws IOException {
    ShardHandler handler =
        NodeShardHandler.insteadOf(
            request.getCoreContainer().getShardHandlerFactory().getShardHandler(),
            request.getCore());
    String[] shards;
    try (LocalShards.Request routing =
        new LocalShards.Request(request.getCore(), params, request.getUserPrincipal())) {
      ResponseBuilder builder =
          new ResponseBuilder(routing, new SolrQueryResponse(), new ArrayList<>());
      handler.prepDistributed(builder);
      shards = builder.shards;
    }
    if (shards == null) {
      return askCore(request.getCore(), local, params);
    }
    return askShards(handler, shards, params, deadline);
  }

  private Answers askShards(
      ShardHandler handler, String[] shards, ModifiableSolrParams params, Deadline deadline) {
    params.remove(COLLECTION);
    params.remove(ShardParams.SHARDS);
    params.set(PATH_PARAMETER, path);
    params.set(CommonParams.DISTRIB, "false");
    params.set(ShardParams.IS_SHARD, true);
    params.set(ShardParams.SHARDS_PURPOSE, ShardRequest.PURPOSE_PRIVATE);
    params.set(CommonParams.OMIT_HEADER, false);
    NodeShardHandler.requirePermission(
        handler, request.getCore(), request.getUserPrincipal(), params, shards);
    HopReplies replies = new HopReplies(shards, tolerant);
    try {
      ShardRequest asked = send(handler, shards, params);
      await(handler, deadline);
      asked.responses.forEach(replies::add);
    } finally {
      handler.cancelAll();
    }
    return replies.answers();
  }

  private static ShardRequest send(
      ShardHandler handler, String[] shards, ModifiableSolrParams params) {
    ShardRequest asked = new ShardRequest();
    asked.params = params;
    asked.purpose = ShardRequest.PURPOSE_PRIVATE;
    asked.shards = shards;
    asked.actualShards = shards;
    asked.responses = new ArrayList<>(shards.length);
    for (String shard : shards) {
      handler.submit(asked, shard, new ModifiableSolrParams(params));
    }
    return asked;
  }

  /** Waits until all shards have answered, one has failed and that matters, or time is over. */
  private void await(ShardHandler handler, Deadline deadline) {
    CompletableFuture<Void> answered = new CompletableFuture<>();
    if (deadline.isSet()) {
      CompletableFuture<Void> unused =
          answered
              .orTimeout(Math.max(1, deadline.remainingMillis()), TimeUnit.MILLISECONDS)
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
  }
}
