package org.seesong.solr;

import java.security.Principal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.solr.client.solrj.impl.LBSolrClient;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.core.SolrCore;
import org.apache.solr.handler.component.HttpShardHandler;
import org.apache.solr.handler.component.HttpShardHandlerFactory;
import org.apache.solr.handler.component.ShardHandler;
import org.apache.solr.handler.component.ShardRequest;
import org.apache.solr.handler.component.ShardResponse;

/**
 * Solr's way to ask shards, but for those of this node, which are asked without HTTP, and those
 * that the user may not read, which are not asked. For one request.
 */
final class NodeShardHandler extends HttpShardHandler {
  private final SolrCore asking;
  private final LocalShards here;

  /** Held while something is told or everything is cancelled, so that never both happen. */
  private final Object telling = new Object();

  /** A shard that is not asked yet. */
  private Optional<Held> held = Optional.empty();

  /** What a shard is asked, and where its answer goes. */
  private record Held(LocalShards.Asked asked, SimpleSolrResponse reply, ShardResponse response) {}

  private NodeShardHandler(HttpShardHandlerFactory factory, SolrCore asking) {
    super(factory);
    this.asking = asking;
    this.here = LocalShards.of(asking.getCoreContainer());
  }

  /** Takes the place of Solr's own kind; another one, which somebody configured, stays. */
  static ShardHandler insteadOf(ShardHandler solrs, SolrCore asking) {
    return solrs.getClass() == HttpShardHandler.class
        ? new NodeShardHandler((HttpShardHandlerFactory) solrs.getShardHandlerFactory(), asking)
        : solrs;
  }

  /**
   * Refuses the whole request if a handler that somebody configured would ask shards that the user
   * may not read; this one refuses shard by shard.
   */
  static void requirePermission(
      ShardHandler handler, SolrCore asking, Principal user, SolrParams params, String[] shards) {
    if (handler instanceof NodeShardHandler || shards == null) {
      return;
    }
    for (String shard : shards) {
      Optional<SolrException> refusal = HopPermission.refusal(asking, user, params, shard);
      if (refusal.isPresent()) {
        throw refusal.get();
      }
    }
  }

  @Override
  protected void makeShardRequest(
      ShardRequest asked,
      String shard,
      ModifiableSolrParams params,
      LBSolrClient.Req request,
      SimpleSolrResponse reply,
      ShardResponse response,
      long startNanos) {
    Principal user = request.getRequest().getUserPrincipal();
    Optional<SolrException> refusal = HopPermission.refusal(asking, user, params, shard);
    if (refusal.isPresent()) {
      recordShardSubmitError(response, refusal.get());
      return;
    }
    Optional<LocalShards.Shard> found = here.find(shard, params.get(HopExchange.PATH_PARAMETER));
    if (found.isEmpty()) {
      super.makeShardRequest(asked, shard, params, request, reply, response, startNanos);
      return;
    }
    synchronized (telling) {
      // What waits is here, so that whoever takes answers waits for it, too.
      responseFutureMap.put(response, new CompletableFuture<>());
    }
    Held next = new Held(new LocalShards.Asked(found.get(), params, user), reply, response);
    if (params.get(CommonParams.TIME_ALLOWED) != null) {
      // Whoever waits may stop waiting, which takes another thread.
      start(next);
    } else {
      held.ifPresent(this::start);
      held = Optional.of(next);
    }
  }

  private void start(Held next) {
    CompletableFuture<LocalShards.Outcome> unused =
        here.ask(next.asked())
            .whenComplete(
                (outcome, failure) ->
                    tell(failure == null ? outcome : LocalShards.Outcome.of(failure), next));
  }

  /** The last shard is asked by the thread that would wait for it. */
  private void runHeld() {
    if (held.isPresent()) {
      Held last = held.get();
      held = Optional.empty();
      tell(LocalShards.run(last.asked()), last);
    }
  }

  private void tell(LocalShards.Outcome outcome, Held asked) {
    outcome.reply().ifPresent(asked.reply()::setResponse);
    asked.reply().setElapsedTime(outcome.millis());
    synchronized (telling) {
      if (!responseFutureMap.containsKey(asked.response())) {
        // Cancelled meanwhile.
        return;
      }
      if (outcome.failure().isPresent()) {
        recordShardSubmitError(asked.response(), refusal(outcome.failure().get()));
      } else {
        responses.add(asked.response());
      }
    }
  }

  @Override
  public ShardResponse takeCompletedIncludingErrors() {
    runHeld();
    return super.takeCompletedIncludingErrors();
  }

  @Override
  public ShardResponse takeCompletedOrError() {
    runHeld();
    return super.takeCompletedOrError();
  }

  private static SolrException refusal(Throwable failure) {
    return failure instanceof SolrException refusal
        ? refusal
        : new SolrException(ErrorCode.SERVER_ERROR, failure);
  }

  @Override
  public void cancelAll() {
    held.ifPresent(last -> last.asked().shard().core().close());
    held = Optional.empty();
    synchronized (telling) {
      super.cancelAll();
    }
  }
}
