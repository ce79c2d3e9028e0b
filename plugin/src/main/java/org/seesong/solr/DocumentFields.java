package org.seesong.solr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.solr.schema.IndexSchema;
import org.apache.solr.schema.SchemaField;

/** Reads strings of documents, the cheapest way that the schema leaves. */
record DocumentFields(IndexReader reader, IndexSchema schema) {
  /** A field's values in the order in which they were indexed. */
  List<String> inOrder(String name, int document) throws IOException {
    SchemaField field = schema.getFieldOrNull(name);
    if (field == null || !field.stored()) {
      return inAnyOrder(name, document);
    }
    return List.of(reader.storedFields().document(document, Set.of(name)).getValues(name));
  }

  /** A field's values; none where it is neither in doc values nor stored. */
  List<String> inAnyOrder(String name, int document) throws IOException {
    SchemaField field = schema.getFieldOrNull(name);
    if (field == null) {
      return List.of();
    }
    if (!field.hasDocValues()) {
      return field.stored() ? inOrder(name, document) : List.of();
    }
    LeafReaderContext leaf = reader.leaves().get(ReaderUtil.subIndex(document, reader.leaves()));
    SortedSetDocValues values = DocValues.getSortedSet(leaf.reader(), name);
    List<String> found = new ArrayList<>();
    if (values.advanceExact(document - leaf.docBase)) {
      for (int i = 0; i < values.docValueCount(); i++) {
        found.add(values.lookupOrd(values.nextOrd()).utf8ToString());
      }
    }
    return found;
  }
}
