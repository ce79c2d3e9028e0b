package org.seesong.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/** All that an index holds, by document and field, and what searches find in it. */
final class IndexContent {
  private final Map<String, String> content;
  private final LeafReaderContext leaf;
  private final LeafReader reader;

  private IndexContent(Map<String, String> content, LeafReaderContext leaf) {
    this.content = content;
    this.leaf = leaf;
    this.reader = leaf.reader();
  }

  /** Adds the content of an index; documents are numbered through its segments. */
  static void addTo(Map<String, String> content, Path index) throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(index))) {
      content.put("commit", new TreeMap<>(reader.getIndexCommit().getUserData()).toString());
      for (LeafReaderContext leaf : reader.leaves()) {
        IndexContent of = new IndexContent(content, leaf);
        of.stored();
        for (FieldInfo field : leaf.reader().getFieldInfos()) {
          of.vectors(field);
          of.terms(field);
          of.values(field);
          of.points(field);
        }
      }
      answers(content, reader);
    }
  }

  static int segments(Path index) throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(index))) {
      return reader.leaves().size();
    }
  }

  private void put(int document, String field, String value) {
    content.merge(
        "document " + (leaf.docBase + document) + " " + field,
        value,
        (a, b) -> a.concat("|").concat(b));
  }

  private void stored() throws IOException {
    for (int document = 0; document < reader.maxDoc(); document++) {
      for (IndexableField field : reader.storedFields().document(document)) {
        boolean binary = field.binaryValue() != null;
        put(document, field.name(), binary ? field.binaryValue().toString() : field.stringValue());
      }
    }
  }

  private void vectors(FieldInfo field) throws IOException {
    if (field.hasVectorValues()) {
      FloatVectorValues values = reader.getFloatVectorValues(field.name);
      while (values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
        String hash = Integer.toHexString(Arrays.hashCode(values.vectorValue()));
        put(values.docID(), field.name + " vector", hash);
      }
    }
  }

  private void terms(FieldInfo field) throws IOException {
    Terms terms = reader.terms(field.name);
    if (terms == null) {
      return;
    }
    TermsEnum each = terms.iterator();
    for (BytesRef term = each.next(); term != null; term = each.next()) {
      PostingsEnum postings = each.postings(null, PostingsEnum.POSITIONS);
      while (postings.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
        StringBuilder at = new StringBuilder(term.toString());
        for (int left = terms.hasPositions() ? postings.freq() : 0; left > 0; left--) {
          at.append(' ').append(postings.nextPosition());
        }
        put(postings.docID(), field.name + " terms", at.toString());
      }
    }
  }

  private void values(FieldInfo field) throws IOException {
    String name = field.name + " value";
    switch (field.getDocValuesType()) {
      case NUMERIC -> {
        NumericDocValues values = reader.getNumericDocValues(field.name);
        while (values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
          put(values.docID(), name, Long.toString(values.longValue()));
        }
      }
      case BINARY -> {
        BinaryDocValues values = reader.getBinaryDocValues(field.name);
        while (values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
          put(values.docID(), name, values.binaryValue().toString());
        }
      }
      case SORTED -> {
        SortedDocValues values = reader.getSortedDocValues(field.name);
        while (values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
          put(values.docID(), name, values.lookupOrd(values.ordValue()).toString());
        }
      }
      default -> {
        // Indexes of ours have no others.
      }
    }
  }

  private void points(FieldInfo field) throws IOException {
    PointValues points = reader.getPointValues(field.name);
    if (points != null) {
      content.merge(
          "points " + field.name, Long.toString(points.size()), (a, b) -> a.concat("|").concat(b));
    }
  }

  /** The nearest documents to some of its own vectors. */
  private static void answers(Map<String, String> content, DirectoryReader reader)
      throws IOException {
    for (LeafReaderContext leaf : reader.leaves()) {
      for (FieldInfo field : leaf.reader().getFieldInfos()) {
        if (field.hasVectorValues()) {
          FloatVectorValues values = leaf.reader().getFloatVectorValues(field.name);
          while (values.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
            float[] vector = values.vectorValue().clone();
            StringBuilder found = new StringBuilder();
            for (ScoreDoc hit :
                new IndexSearcher(reader)
                    .search(new KnnFloatVectorQuery(field.name, vector, 5), 5)
                    .scoreDocs) {
              found.append(hit.doc).append(' '); // scores are this process's own
            }
            content.put(
                "near " + field.name + " " + (leaf.docBase + values.docID()), found.toString());
          }
        }
      }
    }
  }
}
