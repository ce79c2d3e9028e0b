package org.seesong.index;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.store.AlreadyClosedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sketches of segments that are open, each read once, when it is first asked for, and let go when
 * its segment is closed. Readers of later states of an index may share one, since most of their
 * segments are the same. One that cannot be read is warned of once; searches do without it, through
 * Lucene's graph. Safe for any number of threads.
 */
final class SketchCache {
  private static final Logger LOG = LoggerFactory.getLogger(SketchCache.class);

  private final Map<Key, Optional<VectorSketch>> sketches = new ConcurrentHashMap<>();

  private record Key(IndexReader.CacheKey segment, String field) {}

  Optional<VectorSketch> get(LeafReader reader, String field) throws IOException {
    IndexReader.CacheHelper segment = reader.getCoreCacheHelper();
    if (segment == null) {
      return read(reader, field);
    }
    Key key = new Key(segment.getKey(), field);
    Optional<VectorSketch> known = sketches.get(key);
    if (known != null) {
      return known;
    }
    synchronized (this) {
      known = sketches.get(key);
      if (known == null) {
        known = read(reader, field);
        sketches.put(key, known);
        segment.addClosedListener(closed -> sketches.remove(key));
      }
      return known;
    }
  }

  private static Optional<VectorSketch> read(LeafReader reader, String field) throws IOException {
    try {
      return SketchFile.read(reader, field);
    } catch (ClosedByInterruptException | AlreadyClosedException e) {
      throw e; // says nothing about the file
    } catch (IOException | RuntimeException e) { // damaged numbers can make any of these
      LOG.warn(
          "a sketch of {} cannot be read, searches do without it, more slowly; run the same"
              + " 'seesong build' again, which writes it anew: {}",
          field,
          e.toString());
      return Optional.empty();
    }
  }

  /** Number of sketches, and of places where none is, that are known. */
  int size() {
    return sketches.size();
  }
}
