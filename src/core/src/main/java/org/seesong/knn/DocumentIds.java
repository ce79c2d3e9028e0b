package org.seesong.knn;

import java.io.IOException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedDocValues;

/** Ids of a segment's documents, in whatever order they are asked for. For one thread. */
final class DocumentIds {
  private final LeafReader reader;
  private final String field;
  private SortedDocValues values;

  DocumentIds(LeafReader reader, String field) throws IOException {
    this.reader = reader;
    this.field = field;
    this.values = DocValues.getSorted(reader, field);
  }

  /** The id, or "" if the document has none. */
  String of(int document) throws IOException {
    if (document < values.docID()) {
      values = DocValues.getSorted(reader, field); // goes forward only
    }
    return values.advanceExact(document) ? values.lookupOrd(values.ordValue()).utf8ToString() : "";
  }
}
