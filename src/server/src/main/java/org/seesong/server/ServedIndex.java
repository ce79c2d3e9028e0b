package org.seesong.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.seesong.encoder.BatchingEncoder;
import org.seesong.encoder.EncoderException;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexMetadata;
import org.seesong.query.SongFinder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An index in one folder with its encoder, used by any number of requests: each holds a reference,
 * and the last one closes it. Later commits to the folder become visible by {@link #refresh}.
 */
final class ServedIndex {
  private static final Logger LOG = LoggerFactory.getLogger(ServedIndex.class);

  /** A model that is installed while the server runs is found after this long. */
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final AtomicInteger references = new AtomicInteger(1);
  private final SongFinder finder;
  private final Encoders encoders;
  private volatile FolderState state;
  private volatile IndexFacts facts;
  private volatile OpenFiles files;

  /** A file that was cut short; "" while all are whole. Never whole again, see {@link #inspect}. */
  private volatile String damaged = "";

  /**
   * Guarded by {@link #mapping}: the newest map, made when it is first asked for and perhaps of an
   * earlier state, also of the index that this one follows.
   */
  private CatalogueMap map;

  /** Counts the states; a map is of one of them. */
  private final AtomicInteger states = new AtomicInteger();

  private int mapped = -1;
  private final Object mapping = new Object();

  /** Guarded by this object, as are the two below. */
  private Encoders.Lease lease;

  private String encoderProblem = "";
  private long nextTry;

  private ServedIndex(SongFinder finder, Encoders encoders, FolderState state, CatalogueMap before)
      throws IOException {
    this.map = before;
    this.finder = finder;
    this.encoders = encoders;
    this.state = state;
    this.files = finder.read(OpenFiles::of);
    this.facts = IndexFacts.of(finder);
    openEncoder(); // before the first picture comes
  }

  /** Opens an index and readies it for requests; throws as {@link SongFinder#open}. */
  static ServedIndex open(Path folder, Encoders encoders, FolderState state) throws IOException {
    return open(folder, encoders, state, null);
  }

  /** The same for an index that takes this one's place. */
  ServedIndex openNext(Path folder, FolderState newer) throws IOException {
    synchronized (mapping) {
      return open(folder, encoders, newer, map);
    }
  }

  private static ServedIndex open(
      Path folder, Encoders encoders, FolderState state, CatalogueMap before) throws IOException {
    SongFinder.Builder builder = SongFinder.builder(folder);
    encoders.text().ifPresent(builder::textEncoder);
    SongFinder finder = builder.open();
    try {
      return new ServedIndex(finder, encoders, state, before);
    } catch (IOException | RuntimeException e) {
      finder.close();
      throw e;
    }
  }

  SongFinder finder() {
    return finder;
  }

  FolderState state() {
    return state;
  }

  IndexFacts facts() {
    return facts;
  }

  /**
   * Looks whether the files are whole; one log line where they are no longer.
   *
   * @return a file that was cut short; "" if all are whole
   */
  synchronized String inspect() throws IOException {
    if (damaged.isEmpty()) {
      damaged = files.damaged().orElse("");
      if (!damaged.isEmpty()) {
        LOG.error(
            "{} of the index was cut short while it is served; nothing is answered until a whole"
                + " index is in its place",
            damaged);
      }
    }
    return damaged;
  }

  /** What {@link #inspect} found last. */
  String damaged() {
    return damaged;
  }

  /** The map of the newest state; the first call takes a pass over the index. */
  CatalogueMap map() throws IOException {
    synchronized (mapping) {
      int now = states.get();
      if (mapped != now) {
        Optional<CatalogueMap> before = Optional.ofNullable(map);
        map = finder.read(index -> CatalogueMap.of(index, before));
        mapped = now;
      }
      return map;
    }
  }

  /** The encoder for pictures; nothing if there is none just now, see {@link #encoderProblem}. */
  synchronized Optional<BatchingEncoder> encoder() {
    if (lease == null && System.nanoTime() - nextTry >= 0) {
      String before = encoderProblem;
      openEncoder();
      if (lease == null && !encoderProblem.equals(before)) {
        LOG.warn("pictures from outside cannot be asked by: {}", Log.clean(encoderProblem));
      }
    }
    return Optional.ofNullable(lease).map(Encoders.Lease::encoder);
  }

  private synchronized void openEncoder() {
    try {
      lease = encoders.open(facts.metadata());
      encoderProblem = "";
    } catch (IOException | EncoderException e) {
      nextTry = System.nanoTime() + RETRY_NANOS;
      encoderProblem = String.valueOf(e.getMessage());
    }
  }

  /** Why there is no encoder; "" if there is one. */
  synchronized String encoderProblem() {
    return encoderProblem;
  }

  /** Whether an index of other metadata can take this one's place without another encoder. */
  boolean hasSpacesOf(IndexMetadata other) {
    IndexMetadata own = facts.metadata();
    return own.encoderSpace().equals(other.encoderSpace())
        && own.textSpace().equals(other.textSpace());
  }

  /** Lets later requests see the newest commit. */
  void refresh(FolderState newer) throws IOException {
    finder.refresh();
    IndexMetadata now = finder.read(CatalogueIndex::metadata);
    if (!hasSpacesOf(now)) {
      throw new IOException("the index changed twice within a moment");
    }
    files = finder.read(OpenFiles::of);
    facts = IndexFacts.of(finder);
    states.incrementAndGet();
    state = newer;
  }

  boolean retain() {
    return references.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  int references() {
    return references.get();
  }

  void release() throws IOException {
    if (references.decrementAndGet() == 0) {
      synchronized (this) {
        if (lease != null) {
          lease.close();
          lease = null;
        }
        nextTry = Long.MAX_VALUE;
      }
      finder.close();
    }
  }
}
