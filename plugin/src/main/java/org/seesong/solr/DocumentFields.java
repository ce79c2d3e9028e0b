package org.seesong.solr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.StoredFields;
import org.apache.solr.schema.IndexSchema;
import org.apache.solr.schema.SchemaField;

/** Reads strings of documents, the cheapest way that the schema leaves. */
record DocumentFields(IndexReader reader, IndexSchema schema) {
  /** A field's values in the order in which they were indexed. */
  Map<Integer, List<String>> inOrder(String name, Collection<Integer> documents)
      throws IOException {
    SchemaField field = schema.getFieldOrNull(name);
    return field == null || !field.stored() ? inAnyOrder(name, documents) : stored(name, documents);
  }

  private Map<Integer, List<String>> stored(String name, Collection<Integer> documents)
      throws IOException {
    StoredFields stored = reader.storedFields();
    Map<Integer, List<String>> found = new HashMap<>();
    for (int document : documents) {
      found.put(document, List.of(stored.document(document, Set.of(name)).getValues(name)));
    }
    return found;
  }

  /** Keywords and their weights, in one order. */
  record Weighted(List<String> keywords, List<Double> weights) {
    static final Weighted NONE = new Weighted(List.of(), List.of());
  }

  /** Keywords of documents with their weights; nothing where either is not stored. */
  Optional<Map<Integer, Weighted>> weighted(
      String keyword, String weight, Collection<Integer> documents) throws IOException {
    SchemaField keywords = schema.getFieldOrNull(keyword);
    SchemaField weights = schema.getFieldOrNull(weight);
    if (keywords == null || weights == null || !keywords.stored() || !weights.stored()) {
      return Optional.empty();
    }
    StoredFields stored = reader.storedFields();
    Map<Integer, Weighted> found = new HashMap<>();
    for (int number : documents) {
      Document document = stored.document(number, Set.of(keyword, weight));
      found.put(
          number,
          new Weighted(
              List.of(document.getValues(keyword)),
              Arrays.stream(document.getFields(weight))
                  .map(field -> field.numericValue().doubleValue())
                  .toList()));
    }
    return Optional.of(found);
  }

  /** Whether a field's values can be read at all. */
  boolean canRead(String name) {
    SchemaField field = schema.getFieldOrNull(name);
    return field != null && (field.stored() || hasTexts(field));
  }

  private static boolean hasTexts(SchemaField field) {
    return field.hasDocValues() && field.getType().getNumberType() == null;
  }

  /** A field's values; none where they cannot be read. */
  Map<Integer, List<String>> inAnyOrder(String name, Collection<Integer> documents)
      throws IOException {
    SchemaField field = schema.getFieldOrNull(name);
    if (field == null) {
      return Map.of();
    }
    if (!hasTexts(field)) {
      return field.stored() ? stored(name, documents) : Map.of();
    }
    SortedSet<Integer> ascending = new TreeSet<>(documents);
    Map<Integer, List<String>> found = new HashMap<>();
    for (LeafReaderContext leaf : reader.leaves()) {
      SortedSet<Integer> inLeaf =
          ascending.subSet(leaf.docBase, leaf.docBase + leaf.reader().maxDoc());
      if (!inLeaf.isEmpty()) {
        read(DocValues.getSortedSet(leaf.reader(), name), leaf.docBase, inLeaf, found);
      }
    }
    return found;
  }

  private static void read(
      SortedSetDocValues values,
      int docBase,
      SortedSet<Integer> documents,
      Map<Integer, List<String>> found)
      throws IOException {
    Map<Long, String> terms = new HashMap<>();
    for (int document : documents) {
      if (values.advanceExact(document - docBase)) {
        List<String> list = new ArrayList<>();
        for (int i = 0; i < values.docValueCount(); i++) {
          long number = values.nextOrd();
          String term = terms.get(number);
          if (term == null) {
            term = values.lookupOrd(number).utf8ToString();
            terms.put(number, term);
          }
          list.add(term);
        }
        found.put(document, list);
      }
    }
  }
}
