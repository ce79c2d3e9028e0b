package org.seesong.push;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.document.Document;
import org.apache.lucene.util.IOUtils;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;

/**
 * One pass over a catalogue that writes the files of all shards which are not there yet. One thread
 * reads, a few others analyse and index.
 */
final class ShardPass {
  /** Documents of all shards that wait in memory to be written, shared by the shards. */
  private static final double MEGABYTES = 256;

  private static final double LEAST_MEGABYTES = 16;

  /** What may wait for all shards together. */
  private static final long WAITING_BYTES = 64_000_000;

  /**
   * Versions of documents begin here: above 1, which means any version in a request, and below all
   * that Solr's clock gives, so that every later update is newer, whatever our clock says.
   */
  private static final long FIRST_VERSION = 1L << 20;

  private final CatalogueIndex index;
  private final Generation generation;
  private final Map<String, ShardRoutes> routes;
  private final List<ShardInstall.Target> targets;
  private final PushOptions.Load load;
  private final PushListener listener;
  private final Map<Path, Integer> documents = new HashMap<>();
  private final AtomicLong done = new AtomicLong();
  private long songs;
  private long pictures;

  ShardPass(
      CatalogueIndex index,
      Generation generation,
      Map<String, ShardRoutes> routes,
      List<ShardInstall.Target> targets,
      PushOptions.Load load,
      PushListener listener) {
    this.index = index;
    this.generation = generation;
    this.routes = routes;
    this.targets = targets;
    this.load = load;
    this.listener = listener;
  }

  long songs() {
    return songs;
  }

  long pictures() {
    return pictures;
  }

  /** Documents of each shard's folder. */
  Map<Path, Integer> documents() {
    return documents;
  }

  /** A shard that is being written, and documents that wait for it. */
  private static final class Open {
    private final ShardWriter writer;
    private final List<Outgoing> waiting = new ArrayList<>();
    private long bytes;

    Open(ShardWriter writer) {
      this.writer = writer;
    }
  }

  /** A document and its version. */
  private record Outgoing(SolrDocuments.Outgoing document, long version) {}

  /** Writes all shards; returns the bytes of their files. */
  long write() throws IOException {
    Map<Path, Open> open = new HashMap<>();
    try {
      // Writers are closed when nobody adds to them any more.
      try (BatchThreads threads =
          new BatchThreads("seesong-shard", load.threads(), Duration.ofMinutes(1))) {
        open(open);
        read(open, threads);
        threads.await();
        finish(open);
      }
    } finally {
      for (Open shard : open.values()) {
        IOUtils.closeWhileHandlingException(shard.writer);
      }
    }
    long bytes = 0;
    for (ShardInstall.Target target : targets) {
      bytes += ShardWriter.bytes(target.folder());
    }
    return bytes;
  }

  private void open(Map<Path, Open> open) throws IOException {
    double megabytes = Math.max(LEAST_MEGABYTES, MEGABYTES / targets.size());
    for (ShardInstall.Target target : targets) {
      int there = ShardWriter.documents(target.folder());
      documents.put(target.folder(), Math.max(0, there));
      if (there < 0) {
        ShardWriter.delete(target.folder());
        Files.createDirectories(target.folder().getParent());
        open.put(target.folder(), new Open(new ShardWriter(target.folder(), megabytes)));
      }
    }
    listener.message(
        String.format(
            Locale.ROOT,
            "writing %d shards below %s%s",
            open.size(),
            targets.get(0).folder().getParent().getParent(),
            open.size() == targets.size()
                ? ""
                : "; " + (targets.size() - open.size()) + " are there already"));
  }

  private void read(Map<Path, Open> open, BatchThreads threads) throws IOException {
    SolrDocuments source = new SolrDocuments(index);
    LiveDocuments live = new LiveDocuments(index.reader());
    Map<String, List<ShardInstall.Target>> byCollection = new HashMap<>();
    targets.forEach(
        t -> byCollection.computeIfAbsent(t.collection(), c -> new ArrayList<>()).add(t));
    int size = index.reader().maxDoc();
    for (int document = 0; document < size; document++) {
      if (!live.isLive(document)) {
        continue;
      }
      SolrDocuments.Head head = source.head(document);
      boolean isSong = head.kind().equals(IndexLayout.SONG);
      songs += isSong ? 1 : 0;
      pictures += isSong ? 0 : 1;
      String collection = isSong ? generation.songs() : generation.pictures();
      int shard = routes.get(collection).shard(head.id());
      Path folder = byCollection.get(collection).get(shard).folder();
      Open to = open.get(folder);
      if (to == null) {
        tell(1);
      } else {
        documents.merge(folder, 1, Integer::sum);
        Outgoing next = new Outgoing(source.read(document, head), FIRST_VERSION + document);
        to.waiting.add(next);
        to.bytes += next.document().bytes();
        if (to.waiting.size() >= load.batch() || to.bytes >= WAITING_BYTES / targets.size()) {
          submit(to, threads);
        }
      }
    }
    for (Open shard : open.values()) {
      submit(shard, threads);
    }
  }

  private void tell(int more) {
    listener.pushed(done.addAndGet(more), index.reader().numDocs());
  }

  private void submit(Open shard, BatchThreads threads) throws IOException {
    List<Outgoing> batch = List.copyOf(shard.waiting);
    shard.waiting.clear();
    shard.bytes = 0;
    threads.submit(
        "writing a shard",
        () -> {
          List<Document> made = new ArrayList<>(batch.size());
          for (Outgoing one : batch) {
            made.add(SolrFields.toLucene(one.document().fields(), one.version()));
          }
          shard.writer.add(made);
          tell(batch.size());
        });
  }

  private void finish(Map<Path, Open> open) throws IOException {
    for (Map.Entry<Path, Open> shard : open.entrySet()) {
      shard.getValue().writer.finish();
      listener.message("wrote " + shard.getKey());
    }
  }
}
