package org.seesong.it;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;

/**
 * All that Lucene keeps of each document of a core, by the document's id, and how it is kept: so
 * two indexes whose documents came in another order, into other segments, can be compared.
 */
final class DocumentDump {
  /** Solr's clock gives it, and no two pushes the same. */
  private static final String VERSION = "_version_";

  private final Map<String, Map<String, String>> documents = new TreeMap<>();
  private final Map<String, String> fields = new TreeMap<>();

  /** Id, then field and structure, to content. */
  Map<String, Map<String, String>> documents() {
    return documents;
  }

  /** Names of codec and formats, and each field's structures. */
  Map<String, String> fields() {
    return fields;
  }

  DocumentDump add(IndexReader reader) throws IOException {
    for (LeafReaderContext leaf : reader.leaves()) {
      SegmentReader segment = (SegmentReader) leaf.reader();
      fields.put("codec", segment.getSegmentInfo().info.getCodec().getName());
      fields.put("attributes", segment.getSegmentInfo().info.getAttributes().toString());
      fields.put("sort", String.valueOf(segment.getSegmentInfo().info.getIndexSort()));
      add(segment);
    }
    return this;
  }

  private void add(LeafReader leaf) throws IOException {
    String[] ids = new String[leaf.maxDoc()];
    for (int document = 0; document < ids.length; document++) {
      ids[document] = leaf.storedFields().document(document).get("id");
      for (IndexableField field : leaf.storedFields().document(document)) {
        String value =
            field.numericValue() != null
                ? field.numericValue().getClass().getSimpleName() + field.numericValue()
                : String.valueOf(field.binaryValue()) + field.stringValue();
        put(ids[document], "order of stored fields", field.name());
        put(ids[document], field.name() + " stored", value);
      }
    }
    for (FieldInfo field : leaf.getFieldInfos()) {
      fields.put(field.name, describe(field));
      addValues(leaf, field, ids);
      addVectors(leaf, field, ids);
      addTerms(leaf, field, ids);
      addPoints(leaf, field, ids);
    }
  }

  /** But for the suffix that tells apart fields of one format in one segment. */
  private static String describe(FieldInfo field) {
    Map<String, String> attributes = new TreeMap<>(field.attributes());
    return String.join(
        " ",
        field.getIndexOptions().toString(),
        Boolean.toString(field.hasNorms()),
        Boolean.toString(field.hasVectors()),
        field.getDocValuesType().toString(),
        field.getPointDimensionCount() + "x" + field.getPointNumBytes(),
        field.getVectorDimension() + " " + field.getVectorSimilarityFunction(),
        attributes.toString());
  }

  private void put(String id, String name, String value) {
    documents.computeIfAbsent(id, i -> new TreeMap<>()).merge(name, value, (a, b) -> a + " | " + b);
  }

  private void addValues(LeafReader leaf, FieldInfo field, String[] ids) throws IOException {
    String name = field.name + " values";
    switch (field.getDocValuesType()) {
      case NUMERIC -> {
        NumericDocValues values = DocValues.getNumeric(leaf, field.name);
        while (values.nextDoc() != NumericDocValues.NO_MORE_DOCS) {
          boolean version = field.name.equals(VERSION) && values.longValue() > 1;
          put(ids[values.docID()], name, version ? "a version" : "" + values.longValue());
        }
      }
      case SORTED -> {
        SortedDocValues values = DocValues.getSorted(leaf, field.name);
        while (values.nextDoc() != SortedDocValues.NO_MORE_DOCS) {
          put(ids[values.docID()], name, values.lookupOrd(values.ordValue()).utf8ToString());
        }
      }
      case SORTED_SET -> {
        SortedSetDocValues values = DocValues.getSortedSet(leaf, field.name);
        while (values.nextDoc() != SortedSetDocValues.NO_MORE_DOCS) {
          for (int i = 0; i < values.docValueCount(); i++) {
            put(ids[values.docID()], name, values.lookupOrd(values.nextOrd()).utf8ToString());
          }
        }
      }
      case BINARY -> {
        BinaryDocValues values = DocValues.getBinary(leaf, field.name);
        while (values.nextDoc() != BinaryDocValues.NO_MORE_DOCS) {
          put(ids[values.docID()], name, values.binaryValue().toString());
        }
      }
      case SORTED_NUMERIC -> throw new AssertionError("nothing of ours: " + field.name);
      case NONE -> {}
    }
  }

  private void addVectors(LeafReader leaf, FieldInfo field, String[] ids) throws IOException {
    if (!field.hasVectorValues()) {
      return;
    }
    FloatVectorValues values = leaf.getFloatVectorValues(field.name);
    while (values.nextDoc() != FloatVectorValues.NO_MORE_DOCS) {
      put(ids[values.docID()], field.name + " vector", Arrays.toString(values.vectorValue()));
    }
  }

  private void addTerms(LeafReader leaf, FieldInfo field, String[] ids) throws IOException {
    Terms terms = leaf.terms(field.name);
    if (terms == null) {
      return;
    }
    TermsEnum each = terms.iterator();
    for (BytesRef term = each.next(); term != null; term = each.next()) {
      PostingsEnum postings = each.postings(null, PostingsEnum.ALL);
      while (postings.nextDoc() != PostingsEnum.NO_MORE_DOCS) {
        StringBuilder text = new StringBuilder(term.utf8ToString());
        for (int i = 0; terms.hasPositions() && i < postings.freq(); i++) {
          text.append('@').append(postings.nextPosition());
        }
        put(ids[postings.docID()], field.name + " terms", text.toString());
      }
    }
    NumericDocValues norms = leaf.getNormValues(field.name);
    while (norms != null && norms.nextDoc() != NumericDocValues.NO_MORE_DOCS) {
      put(ids[norms.docID()], field.name + " norm", Long.toString(norms.longValue()));
    }
  }

  private void addPoints(LeafReader leaf, FieldInfo field, String[] ids) throws IOException {
    PointValues points = leaf.getPointValues(field.name);
    if (points == null) {
      return;
    }
    points.intersect(
        new PointValues.IntersectVisitor() {
          @Override
          public void visit(int document) {
            throw new AssertionError("every value is asked for");
          }

          @Override
          public void visit(int document, byte[] value) {
            put(ids[document], field.name + " points", Arrays.toString(value));
          }

          @Override
          public PointValues.Relation compare(byte[] least, byte[] most) {
            return PointValues.Relation.CELL_CROSSES_QUERY;
          }
        });
  }
}
