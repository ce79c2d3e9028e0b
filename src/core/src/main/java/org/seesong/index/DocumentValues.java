package org.seesong.index;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.seesong.knn.LuceneVectors;
import org.seesong.vector.FloatVector;

/** Reads vectors and content keys of documents of any Lucene index that has fields of ours. */
public final class DocumentValues {
  private DocumentValues() {}

  /** Reads documents of one segment in ascending order. */
  private interface LeafValues {
    void read(LeafReaderContext leaf, int[] documents) throws IOException;
  }

  /**
   * A vector of a document.
   *
   * @param field a field of float vectors
   * @return the vector, empty if the document has none in this field
   */
  public static FloatVector vector(IndexReader reader, String field, int document)
      throws IOException {
    Objects.checkIndex(document, reader.maxDoc());
    return vectors(reader, field, List.of(document)).getOrDefault(document, FloatVector.empty());
  }

  /**
   * Vectors of documents, read in one pass over each segment's.
   *
   * @param field a field of float vectors
   * @param documents numbers of documents in any order
   * @return the vector of each that has one in this field
   */
  public static Map<Integer, FloatVector> vectors(
      IndexReader reader, String field, Collection<Integer> documents) throws IOException {
    Map<Integer, FloatVector> found = new HashMap<>(2 * documents.size());
    read(
        reader,
        documents,
        (leaf, inLeaf) -> {
          Optional<LuceneVectors> vectors = LuceneVectors.open(leaf.reader(), field);
          int at = -1;
          for (int i = 0; i < inLeaf.length && vectors.isPresent(); i++) {
            int wanted = inLeaf[i] - leaf.docBase;
            at = at < wanted ? vectors.get().documents().advance(wanted) : at;
            if (at == wanted) {
              found.put(inLeaf[i], new FloatVector(vectors.get().current().clone()));
            }
          }
        });
    return found;
  }

  /**
   * Keys that versions of a song have in common, see {@link IndexLayout#SONG_CONTENT_KEY}.
   *
   * @param documents numbers of documents in any order
   * @return the key of each that has one; in an index of an earlier version none has
   */
  public static Map<Integer, Long> contentKeys(IndexReader reader, Collection<Integer> documents)
      throws IOException {
    Map<Integer, Long> keys = new HashMap<>(2 * documents.size());
    read(
        reader,
        documents,
        (leaf, inLeaf) -> {
          NumericDocValues values = leaf.reader().getNumericDocValues(IndexLayout.SONG_CONTENT_KEY);
          for (int i = 0; i < inLeaf.length && values != null; i++) {
            if (values.advanceExact(inLeaf[i] - leaf.docBase)) {
              keys.put(inLeaf[i], values.longValue());
            }
          }
        });
    return keys;
  }

  private static void read(IndexReader reader, Collection<Integer> documents, LeafValues values)
      throws IOException {
    int[] ascending = documents.stream().mapToInt(Integer::intValue).sorted().distinct().toArray();
    int from = 0;
    for (LeafReaderContext leaf : reader.leaves()) {
      int to = from;
      while (to < ascending.length && ascending[to] < leaf.docBase + leaf.reader().maxDoc()) {
        to++;
      }
      if (to > from) {
        values.read(leaf, Arrays.copyOfRange(ascending, from, to));
      }
      from = to;
    }
  }
}
