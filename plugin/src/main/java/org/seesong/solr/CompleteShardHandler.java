package org.seesong.solr;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.ShardHandler;
import org.apache.solr.handler.component.ShardHandlerFactory;
import org.apache.solr.handler.component.ShardRequest;
import org.apache.solr.handler.component.ShardResponse;

/**
 * Makes an error of an answer that was lost. Solr's own handler says that nothing is pending any
 * more where a request to a shard ended without an answer or a failure, as now and then when a node
 * stops, and the search would go on as if that shard had no songs. Nor is that handler asked once
 * all answers are there: Solr's parallel one then may wait without end (SOLR-18244). An answer that
 * broke off is no answer with status 200.
 *
 * <p>For one request, by one thread.
 */
final class CompleteShardHandler extends ShardHandler {
  private final ShardHandler handler;
  private final Set<ShardRequest> open = Collections.newSetFromMap(new IdentityHashMap<>());

  CompleteShardHandler(ShardHandler handler) {
    this.handler = handler;
  }

  @Override
  public void prepDistributed(ResponseBuilder builder) {
    handler.prepDistributed(builder);
  }

  @Override
  public void submit(ShardRequest request, String shard, ModifiableSolrParams params) {
    open.add(request);
    handler.submit(request, shard, params);
  }

  @Override
  public ShardResponse takeCompletedIncludingErrors() {
    return open.isEmpty() ? null : complete(handler.takeCompletedIncludingErrors());
  }

  @Override
  public ShardResponse takeCompletedOrError() {
    ShardResponse response = open.isEmpty() ? null : complete(handler.takeCompletedOrError());
    if (response != null
        && response.getException() instanceof SolrException failure
        && failure.code() < ErrorCode.BAD_REQUEST.code) {
      cancelAll();
      throw StatusException.ofShard(failure);
    }
    return response;
  }

  private ShardResponse complete(ShardResponse response) {
    if (response != null) {
      open.remove(response.getShardRequest());
    } else {
      throw new StatusException(
          ErrorCode.SERVICE_UNAVAILABLE.code, "the answer of a shard was lost; retry soon");
    }
    return response;
  }

  @Override
  public void cancelAll() {
    handler.cancelAll();
  }

  @Override
  public ShardHandlerFactory getShardHandlerFactory() {
    return handler.getShardHandlerFactory();
  }
}
