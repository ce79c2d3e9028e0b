package org.seesong.index;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;

/**
 * Sketches of segments that are open, each read once, when it is first asked for, and let go when
 * its segment is closed. Readers of later states of an index may share one, since most of their
 * segments are the same. Safe for any number of threads.
 */
final class SketchCache {
  private final Map<Key, Optional<VectorSketch>> sketches = new ConcurrentHashMap<>();

  private record Key(IndexReader.CacheKey segment, String field) {}

  Optional<VectorSketch> get(LeafReader reader, String field) throws IOException {
    IndexReader.CacheHelper segment = reader.getCoreCacheHelper();
    if (segment == null) {
      return SketchFile.read(reader, field);
    }
    Key key = new Key(segment.getKey(), field);
    Optional<VectorSketch> known = sketches.get(key);
    if (known != null) {
      return known;
    }
    synchronized (this) {
      known = sketches.get(key);
      if (known == null) {
        known = SketchFile.read(reader, field);
        sketches.put(key, known);
        segment.addClosedListener(closed -> sketches.remove(key));
      }
      return known;
    }
  }

  /** Number of sketches, and of places where none is, that are known. */
  int size() {
    return sketches.size();
  }
}
