package org.seesong.solr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.handler.component.ShardResponse;
import org.seesong.solr.HopExchange.Answers;

/** Gathers what shards say to one hop, and judges failures. For one thread. */
final class HopReplies {
  private final String[] shards;
  private final boolean tolerant;
  private final List<NamedList<Object>> good = new ArrayList<>();
  private final List<String> answered = new ArrayList<>();
  private final Map<String, Object> info = new LinkedHashMap<>();
  private Optional<Throwable> failure = Optional.empty();

  /**
   * Nothing said yet.
   *
   * @param shards who was asked
   * @param tolerant whether answers without some of them will do
   */
  HopReplies(String[] shards, boolean tolerant) {
    this.shards = shards;
    this.tolerant = tolerant;
  }

  @SuppressWarnings("unchecked")
  void add(ShardResponse response) {
    String shard = response.getShard();
    if (response.getException() != null) {
      fail(shard, response.getException());
      return;
    }
    if (!(response.getSolrResponse().getResponse().get(HopParams.HOP)
        instanceof NamedList<?> answer)) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR,
          "shard "
              + shard
              + " does not know the hops; does its collection have the handler at this path?");
    }
    NamedList<Object> shown = new SimpleOrderedMap<>();
    info.put(shard, shown);
    String address = response.getShardAddress();
    shown.add("shardAddress", address == null ? LocalShards.firstAddress(shard) : address);
    shown.add("time", response.getSolrResponse().getElapsedTime());
    if (answer.get(ShardHops.OUT_OF_TIME) == null) {
      good.add((NamedList<Object>) answer);
      answered.add(shard);
    } else {
      shown.add("error", "out of time");
    }
  }

  private void fail(String shard, Throwable thrown) {
    Throwable cause = cause(thrown);
    if (failure.isEmpty() || isCallersFault(cause)) {
      failure = Optional.of(cause);
    }
    NamedList<Object> shown = new SimpleOrderedMap<>();
    shown.add("error", cause.toString());
    info.put(shard, shown);
  }

  /** Whether a failure makes waiting for others useless. */
  boolean haveFailed() {
    return failure.isPresent() && (!tolerant || isCallersFault(failure.get()));
  }

  /** All together, or the failure that matters. */
  Answers answers() {
    if (haveFailed() || (failure.isPresent() && good.isEmpty())) {
      Throwable cause = failure.get();
      throw cause instanceof SolrException refusal
          ? refusal
          : new SolrException(ErrorCode.SERVER_ERROR, cause.getMessage(), cause);
    }
    NamedList<Object> all = new SimpleOrderedMap<>();
    for (String shard : shards) {
      Object shown = info.get(shard);
      all.add(shard, shown == null ? late() : shown);
    }
    return new Answers(good, good.size() < shards.length, answered, all);
  }

  private static NamedList<Object> late() {
    NamedList<Object> shown = new SimpleOrderedMap<>();
    shown.add("error", "no answer in time");
    return shown;
  }

  /** Solr wraps what a node answered in what the client says about it. */
  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof SolrServerException
            || cause instanceof ExecutionException
            || cause instanceof CompletionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static boolean isCallersFault(Throwable failure) {
    return failure instanceof SolrException e && e.code() == ErrorCode.BAD_REQUEST.code;
  }
}
