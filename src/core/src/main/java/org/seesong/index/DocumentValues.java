package org.seesong.index;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.Bits;
import org.seesong.knn.LuceneVectors;
import org.seesong.vector.FloatVector;

/** Reads vectors and content keys of documents of any Lucene index that has fields of ours. */
public final class DocumentValues {
  /** Most songs that are named as versions of those of an answer. */
  private static final int MAX_VERSIONS = 10_000;

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

  /**
   * Songs that are versions of one another.
   *
   * @param keys content keys; 0 stands for none
   * @param filter what songs count, if not all do
   * @param idField doc values that name songs
   * @return for each key the ids of its songs, of 10,000 at most
   */
  public static Map<Long, SortedSet<String>> versions(
      IndexSearcher searcher, Set<Long> keys, Optional<Query> filter, String idField)
      throws IOException {
    long[] known = keys.stream().mapToLong(Long::longValue).filter(key -> key != 0).toArray();
    if (known.length == 0) {
      return Map.of();
    }
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    query.add(
        NumericDocValuesField.newSlowSetQuery(IndexLayout.SONG_CONTENT_KEY, known),
        BooleanClause.Occur.FILTER);
    filter.ifPresent(some -> query.add(some, BooleanClause.Occur.FILTER));
    IndexReader reader = searcher.getIndexReader();
    List<Integer> found =
        Arrays.stream(searcher.search(query.build(), MAX_VERSIONS).scoreDocs)
            .map(each -> each.doc)
            .toList();
    Map<Integer, Long> keyOf = contentKeys(reader, found);
    Map<Long, SortedSet<String>> versions = new HashMap<>();
    read(
        reader,
        found,
        (leaf, inLeaf) -> {
          SortedDocValues ids = DocValues.getSorted(leaf.reader(), idField);
          for (int document : inLeaf) {
            if (ids.advanceExact(document - leaf.docBase)) {
              versions
                  .computeIfAbsent(keyOf.get(document), key -> new TreeSet<>())
                  .add(ids.lookupOrd(ids.ordValue()).utf8ToString());
            }
          }
        });
    return versions;
  }

  /** How many songs have each content key. */
  public static Map<Long, Integer> songsByContentKey(IndexReader reader) throws IOException {
    Map<Long, Integer> songs = new HashMap<>();
    for (LeafReaderContext leaf : reader.leaves()) {
      NumericDocValues keys = DocValues.getNumeric(leaf.reader(), IndexLayout.SONG_CONTENT_KEY);
      Bits live = leaf.reader().getLiveDocs();
      for (int song = keys.nextDoc();
          song != NumericDocValues.NO_MORE_DOCS;
          song = keys.nextDoc()) {
        if (live == null || live.get(song)) {
          songs.merge(keys.longValue(), 1, Integer::sum);
        }
      }
    }
    return songs;
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
