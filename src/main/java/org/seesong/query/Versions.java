package org.seesong.query;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.seesong.index.IndexLayout;

/** Tells which songs are versions of one another, by {@link IndexLayout#SONG_CONTENT_KEY}. */
final class Versions {
  private Versions() {}

  /** The key of each document that has one; of an index of an earlier version none has. */
  static Map<Integer, Long> keys(IndexReader reader, Collection<Integer> documents)
      throws IOException {
    int[] ascending = documents.stream().mapToInt(Integer::intValue).sorted().distinct().toArray();
    Map<Integer, Long> keys = new HashMap<>(2 * ascending.length);
    int next = 0;
    for (LeafReaderContext leaf : reader.leaves()) {
      int end = leaf.docBase + leaf.reader().maxDoc();
      NumericDocValues values = leaf.reader().getNumericDocValues(IndexLayout.SONG_CONTENT_KEY);
      for (; next < ascending.length && ascending[next] < end; next++) {
        if (values != null && values.advanceExact(ascending[next] - leaf.docBase)) {
          keys.put(ascending[next], values.longValue());
        }
      }
    }
    return keys;
  }

  /** A document's key, 0 if it has none. */
  static long key(IndexReader reader, int document) throws IOException {
    return keys(reader, List.of(document)).getOrDefault(document, 0L);
  }
}
