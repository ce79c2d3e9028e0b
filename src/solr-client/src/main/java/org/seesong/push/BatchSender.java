package org.seesong.push;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.CommonParams;

/**
 * Sends documents in batches, a few side by side, each to the leader of its shard where that can be
 * reached. A batch that fails is sent again: ids are unique keys, so nothing doubles. Any failure
 * that stays, of whatever kind, ends the push. Documents are added by one thread.
 */
final class BatchSender implements AutoCloseable {
  /** A batch is sent when it is about as large as this, whatever its documents number. */
  private static final int BATCH_BYTES = 4_000_000;

  /** What may wait in all lanes together. */
  private static final long WAITING_BYTES = 64_000_000;

  private final SolrNodes nodes;
  private final Cloud cloud;
  private final PushOptions.Load load;
  private final PushListener listener;
  private final long total;
  private final Map<String, Lanes> collections = new HashMap<>();
  private final BatchThreads threads;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger retried = new AtomicInteger();
  private final AtomicInteger turn = new AtomicInteger();

  /** Documents of one collection that wait, by shard. */
  private static final class Lanes {
    private final List<List<SolrDocuments.Outgoing>> waiting = new ArrayList<>();
    private final int[] bytes;
    private volatile Optional<ShardRoutes> routes;

    Lanes(Optional<ShardRoutes> routes) {
      this.routes = routes;
      int shards = routes.map(r -> r.shards().size()).orElse(1);
      for (int i = 0; i < shards; i++) {
        waiting.add(new ArrayList<>());
      }
      bytes = new int[shards];
    }

    int shard(String id) {
      return routes.map(r -> Math.min(r.shard(id), waiting.size() - 1)).orElse(0);
    }

    /** Where a batch goes first; a leader that is gone is looked for again after a failure. */
    Optional<ShardRoutes.Core> leader(int shard) {
      return routes
          .filter(r -> shard < r.shards().size())
          .flatMap(r -> r.shards().get(shard).leader());
    }
  }

  BatchSender(Cloud cloud, PushOptions.Load load, PushListener listener, long total) {
    this.cloud = cloud;
    this.nodes = cloud.nodes();
    this.load = load;
    this.listener = listener;
    this.total = total;
    // Nobody may hear of progress after the push has ended.
    this.threads = new BatchThreads("seesong-push", load.threads(), Duration.ofSeconds(10));
  }

  /** Readies a collection; says whether its leaders are asked directly. */
  boolean open(String collection) throws IOException {
    Optional<ShardRoutes> routes = ShardRoutes.of(cloud.state(collection));
    Optional<ShardRoutes> direct = routes.filter(this::isReachable);
    collections.put(collection, new Lanes(direct));
    return direct.isPresent();
  }

  private boolean isReachable(ShardRoutes routes) {
    return routes.shards().stream()
        .flatMap(shard -> shard.leader().stream())
        .map(ShardRoutes.Core::node)
        .distinct()
        .allMatch(nodes::answers);
  }

  void add(String collection, SolrDocuments.Outgoing document) throws IOException {
    Lanes lanes = collections.get(collection);
    int shard = lanes.shard(document.id());
    List<SolrDocuments.Outgoing> lane = lanes.waiting.get(shard);
    lane.add(document);
    lanes.bytes[shard] += document.bytes();
    long limit = Math.min(BATCH_BYTES, WAITING_BYTES / lanes.bytes.length);
    if (lane.size() >= load.batch() || lanes.bytes[shard] >= limit) {
      submit(collection, lanes, shard);
    }
  }

  /** A document that Solr holds already. */
  void skip(long documents) {
    listener.pushed(done.addAndGet(documents), total);
  }

  private void submit(String collection, Lanes lanes, int shard) throws IOException {
    List<SolrDocuments.Outgoing> batch = List.copyOf(lanes.waiting.get(shard));
    int size = lanes.bytes[shard];
    lanes.waiting.get(shard).clear();
    lanes.bytes[shard] = 0;
    threads.submit(
        "sending to collection '" + collection + "'",
        () -> {
          send(collection, lanes, shard, batch);
          bytes.addAndGet(size);
          listener.pushed(done.addAndGet(batch.size()), total);
        });
  }

  /** Sends what waits and returns when Solr has taken all. */
  void finish() throws IOException {
    for (Map.Entry<String, Lanes> collection : collections.entrySet()) {
      Lanes lanes = collection.getValue();
      for (int shard = 0; shard < lanes.bytes.length; shard++) {
        if (!lanes.waiting.get(shard).isEmpty()) {
          submit(collection.getKey(), lanes, shard);
        }
      }
    }
    threads.await();
  }

  private void send(String collection, Lanes lanes, int shard, List<SolrDocuments.Outgoing> batch)
      throws IOException {
    List<SolrInputDocument> documents = batch.stream().map(SolrDocuments.Outgoing::fields).toList();
    Backoff backoff = nodes.backoff().split();
    for (int retry = 0; !threads.hasFailed(); retry++) {
      Optional<ShardRoutes.Core> leader = retry == 0 ? lanes.leader(shard) : Optional.empty();
      List<String> urls = nodes.urls();
      String url =
          leader
              .map(ShardRoutes.Core::node)
              .orElseGet(() -> urls.get(Math.floorMod(turn.getAndIncrement(), urls.size())));
      try {
        UpdateRequest request = new UpdateRequest();
        request.add(documents);
        // Updates of documents that are gone, of which there are few, are no reason to stop.
        request.setParam(CommonParams.FAIL_ON_VERSION_CONFLICTS, "false");
        nodes.once(url, request, leader.map(ShardRoutes.Core::name).orElse(collection));
        return;
      } catch (SolrServerException | IOException | SolrException e) {
        boolean gone = leader.isPresent() && SolrTrouble.status(e) == 404;
        if (retry >= load.retries() || (!gone && !SolrTrouble.mayPass(e))) {
          throw SolrTrouble.toPushException(e, url, nodes.target());
        }
        retried.incrementAndGet();
        backoff.pause(retry + 1);
        lanes.routes = lanes.routes.isPresent() ? newRoutes(collection, lanes) : lanes.routes;
      }
    }
  }

  /** A failure may be a leader's end; the next batches go to its successor. */
  private Optional<ShardRoutes> newRoutes(String collection, Lanes lanes) throws IOException {
    Optional<ShardRoutes> routes = ShardRoutes.of(cloud.state(collection));
    return routes.isPresent() && routes.get().shards().size() == lanes.bytes.length
        ? routes
        : lanes.routes;
  }

  /** Bytes sent, as estimated. */
  long bytes() {
    return bytes.get();
  }

  /** Requests that had to be sent again. */
  int retried() {
    return retried.get();
  }

  @Override
  public void close() throws IOException {
    threads.close();
  }
}
