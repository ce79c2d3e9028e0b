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
public final class Versions {
  private Versions() {}

  /**
   * The keys of songs.
   *
   * @param reader an index
   * @param documents numbers of documents
   * @return the key of each document that has one; in an index of an earlier version none has
   * @throws IOException if reading fails
   */
  public static Map<Integer, Long> keys(IndexReader reader, Collection<Integer> documents)
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

  /**
   * The key of a song.
   *
   * @param reader an index
   * @param document number of a document
   * @return its key, 0 if it has none
   * @throws IOException if reading fails
   */
  public static long key(IndexReader reader, int document) throws IOException {
    return keys(reader, List.of(document)).getOrDefault(document, 0L);
  }
}
