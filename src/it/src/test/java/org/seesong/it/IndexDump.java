package org.seesong.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.store.FSDirectory;

/** All that an index holds, as text by document and field, read with plain Lucene. */
final class IndexDump {
  private IndexDump() {}

  /** Document number and field to content, and the commit's user data under "commit". */
  static Map<String, String> of(Path index) throws IOException {
    Map<String, String> dump = new TreeMap<>();
    try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(index))) {
      dump.put("commit", new TreeMap<>(reader.getIndexCommit().getUserData()).toString());
      for (LeafReaderContext leaf : reader.leaves()) {
        dumpStored(leaf, dump);
        for (FieldInfo field : leaf.reader().getFieldInfos()) {
          dumpVectors(leaf, field, dump);
          dumpSortedSet(leaf, field, dump);
        }
      }
    }
    return dump;
  }

  private static String key(LeafReaderContext leaf, int document, String field) {
    return String.format(Locale.ROOT, "%08d %s", leaf.docBase + document, field);
  }

  private static void dumpStored(LeafReaderContext leaf, Map<String, String> dump)
      throws IOException {
    LeafReader reader = leaf.reader();
    for (int document = 0; document < reader.maxDoc(); document++) {
      for (IndexableField field : reader.storedFields().document(document)) {
        String value =
            field.binaryValue() != null ? field.binaryValue().toString() : field.stringValue();
        dump.merge(key(leaf, document, field.name()), value, (a, b) -> a + "|" + b);
      }
    }
  }

  private static void dumpVectors(LeafReaderContext leaf, FieldInfo field, Map<String, String> dump)
      throws IOException {
    if (!field.hasVectorValues()) {
      return;
    }
    FloatVectorValues values = leaf.reader().getFloatVectorValues(field.name);
    for (int document = values.nextDoc();
        document != FloatVectorValues.NO_MORE_DOCS;
        document = values.nextDoc()) {
      dump.put(key(leaf, document, field.name + " vector"), Arrays.toString(values.vectorValue()));
    }
  }

  private static void dumpSortedSet(
      LeafReaderContext leaf, FieldInfo field, Map<String, String> dump) throws IOException {
    if (field.getDocValuesType() != DocValuesType.SORTED
        && field.getDocValuesType() != DocValuesType.SORTED_SET) {
      return;
    }
    SortedSetDocValues values = DocValues.getSortedSet(leaf.reader(), field.name);
    while (values.nextDoc() != SortedSetDocValues.NO_MORE_DOCS) {
      StringBuilder terms = new StringBuilder();
      for (int i = 0; i < values.docValueCount(); i++) {
        terms.append(values.lookupOrd(values.nextOrd()).utf8ToString()).append('|');
      }
      dump.put(key(leaf, values.docID(), field.name + " set"), terms.toString());
    }
  }
}
