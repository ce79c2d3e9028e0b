package org.seesong.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.search.ReferenceManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest index of a folder, as Lucene's SearcherManager keeps searchers. A later commit of the
 * same vector spaces is read by the index that is open; a new build in the folder's place, or one
 * of other spaces, is opened beside it, readied, and takes over: requests that began before end on
 * the old one, which then closes. What cannot be opened changes nothing.
 */
final class LiveIndex extends ReferenceManager<ServedIndex> {
  private static final Logger LOG = LoggerFactory.getLogger(LiveIndex.class);

  private final Path folder;
  private final AtomicLong generation = new AtomicLong(1);
  private final ScheduledExecutorService watcher;
  private final Future<?> looking;

  /** What was last said to be wrong, so that it is said once. */
  private String problem = "";

  /** Opens the index; throws as {@link org.seesong.query.SongFinder#open}. */
  LiveIndex(Path folder, Encoders encoders, Duration interval) throws IOException {
    this.folder = folder.toAbsolutePath();
    FolderState none = new FolderState("", -1, "");
    this.current =
        ServedIndex.open(this.folder, encoders, FolderState.of(this.folder).orElse(none));
    ScheduledThreadPoolExecutor pool =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "seesong-watch");
              thread.setDaemon(true);
              return thread;
            });
    this.watcher = pool;
    long millis = interval.toMillis();
    this.looking = pool.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Counts the states that were served, from 1. */
  long generation() {
    return generation.get();
  }

  /**
   * The index for one request, to be released.
   *
   * @throws ApiException if it is known to be damaged
   */
  ServedIndex lease() throws IOException {
    ServedIndex index = acquire();
    if (!index.damaged().isEmpty()) {
      release(index);
      throw damage();
    }
    return index;
  }

  /** Looks whether the index is whole: nothing, or the error that requests get. */
  Optional<ApiException> inspect() throws IOException {
    ServedIndex index = acquire();
    try {
      return index.inspect().isEmpty() ? Optional.empty() : Optional.of(damage());
    } finally {
      release(index);
    }
  }

  private static ApiException damage() {
    return new ApiException(
        503,
        "index-damaged",
        "files of the index were cut short while it is served; its owner must put a whole index in"
            + " its place, by a build or from a snapshot, which the server then finds",
        Map.of("Retry-After", "10"));
  }

  private void look() {
    try {
      maybeRefreshBlocking();
      inspect();
      problem = "";
    } catch (AlreadyClosedException e) {
      watcher.shutdown(); // the server has stopped meanwhile
    } catch (IOException | RuntimeException e) { // the next look tries again
      String message = String.valueOf(e.getMessage());
      if (!message.equals(problem)) {
        problem = message;
        LOG.warn("what is new in the folder cannot be served yet: {}", Log.clean(message));
      }
    }
  }

  @Override
  protected ServedIndex refreshIfNeeded(ServedIndex now) throws IOException {
    Optional<FolderState> newer = FolderState.of(folder);
    if (newer.isEmpty()) {
      throw new IOException("there is no index in the folder; the one that was is served on");
    }
    if (newer.get().equals(now.state())) {
      return null;
    }
    if (newer.get().follows(now.state())
        && now.damaged().isEmpty()
        && now.hasSpacesOf(metadata())) {
      now.refresh(newer.get());
      generation.incrementAndGet();
      LOG.info("a new commit is served");
      return null;
    }
    ServedIndex opened = now.openNext(folder, newer.get());
    generation.incrementAndGet();
    LOG.info("a new build is served");
    if (!opened.encoderProblem().isEmpty()) {
      LOG.warn("pictures from outside cannot be asked by: {}", Log.clean(opened.encoderProblem()));
    }
    return opened;
  }

  private IndexMetadata metadata() throws IOException {
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      return index.metadata();
    }
  }

  @Override
  protected boolean tryIncRef(ServedIndex index) {
    return index.retain();
  }

  @Override
  protected void decRef(ServedIndex index) throws IOException {
    index.release();
  }

  @Override
  protected int getRefCount(ServedIndex index) {
    return index.references();
  }

  @Override
  protected void afterClose() {
    looking.cancel(false);
    watcher.shutdown();
  }
}
