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

/** Responses of shards to one hop. For one thread. */
final class ShardResponses {
  private final String[] shards;
  private final boolean tolerant;
  private final List<NamedList<Object>> good = new ArrayList<>();
  private final List<String> answered = new ArrayList<>();
  private final Map<String, Object> info = new LinkedHashMap<>();
  private Optional<Throwable> failure = Optional.empty();

  /**
   * Without responses yet.
   *
   * @param shards which were asked
   * @param tolerant whether a result without some of them will do
   */
  ShardResponses(String[] shards, boolean tolerant) {
    this.shards = shards;
    this.tolerant = tolerant;
  }

  /**
   * What came back.
   *
   * @param shards responses, in no order
   * @param partial whether some shard failed or ran out of time, which was tolerated
   * @param answered addresses of the shards that answered; empty if this core answered by itself
   * @param info for each shard what {@code shards.info} shows
   */
  record Merged(
      List<NamedList<Object>> shards,
      boolean partial,
      List<String> answered,
      NamedList<Object> info) {}

  /** A response over HTTP. */
  void add(ShardResponse response) {
    if (response.getException() != null) {
      fail(response.getShard(), response.getException());
      return;
    }
    add(
        response.getShard(),
        response.getShardAddress(),
        response.getSolrResponse().getResponse(),
        response.getSolrResponse().getElapsedTime());
  }

  /**
   * A response.
   *
   * @param address of the replica that answered; null for the first
   */
  @SuppressWarnings("unchecked")
  void add(String shard, String address, NamedList<Object> response, long millis) {
    if (!(response.get(HopParams.HOP) instanceof NamedList<?> answer)) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR,
          "shard "
              + shard
              + " does not know the hops; does its collection have the handler at this path?");
    }
    NamedList<Object> shown = new SimpleOrderedMap<>();
    info.put(shard, shown);
    shown.add("shardAddress", address == null ? LocalCores.firstAddress(shard) : address);
    shown.add("time", millis);
    if (answer.get(ShardSearch.OUT_OF_TIME) == null) {
      good.add((NamedList<Object>) answer);
      answered.add(shard);
    } else {
      shown.add("error", "out of time");
    }
  }

  /** A shard that failed or was not permitted. */
  void fail(String shard, Throwable thrown) {
    Throwable cause = cause(thrown);
    if (failure.isEmpty() || isCallersFault(cause)) {
      failure = Optional.of(cause);
    }
    info.put(shard, error(cause.toString()));
  }

  /** Whether a failure makes waiting for others useless. */
  boolean haveFailed() {
    return failure.isPresent() && (!tolerant || isCallersFault(failure.get()));
  }

  /** All together; throws the failure that matters. */
  Merged merged() {
    if (haveFailed() || (failure.isPresent() && good.isEmpty())) {
      Throwable cause = failure.get();
      throw cause instanceof SolrException refusal
          ? StatusException.ofShard(refusal)
          : new SolrException(ErrorCode.SERVER_ERROR, cause.getMessage(), cause);
    }
    NamedList<Object> all = new SimpleOrderedMap<>();
    for (String shard : shards) {
      all.add(shard, info.getOrDefault(shard, error("no answer in time")));
    }
    return new Merged(good, good.size() < shards.length, answered, all);
  }

  private static NamedList<Object> error(String message) {
    NamedList<Object> shown = new SimpleOrderedMap<>();
    shown.add("error", message);
    return shown;
  }

  /** Without what clients and futures wrap around it. */
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
