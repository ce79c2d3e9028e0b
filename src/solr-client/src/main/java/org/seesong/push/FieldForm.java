package org.seesong.push;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/**
 * How Solr writes the values of a field into Lucene, for each kind of field in Seesong's configset.
 */
enum FieldForm {
  /** A term, stored, with docValues. */
  TERM("StrField", "indexed stored docValues omitNorms omitTermFreqAndPositions") {
    @Override
    void add(Document document, String name, Object value) {
      document.add(new Field(name, value.toString(), TERM_TYPE));
      document.add(new SortedDocValuesField(name, new BytesRef(value.toString())));
    }
  },
  /** Several of them. */
  TERMS("StrField", "indexed stored docValues multiValued omitNorms omitTermFreqAndPositions") {
    @Override
    void add(Document document, String name, Object value) {
      document.add(new Field(name, value.toString(), TERM_TYPE));
      document.add(new SortedSetDocValuesField(name, new BytesRef(value.toString())));
    }
  },
  /** An int, stored, with docValues. */
  INT("IntPointField", "indexed stored docValues") {
    @Override
    void add(Document document, String name, Object value) {
      int number = ((Number) value).intValue();
      document.add(new IntPoint(name, number));
      document.add(new NumericDocValuesField(name, number));
      document.add(new StoredField(name, number));
    }
  },
  /** A double, stored, with docValues. */
  DOUBLE("DoublePointField", "indexed stored docValues") {
    @Override
    void add(Document document, String name, Object value) {
      double number = ((Number) value).doubleValue();
      document.add(new DoublePoint(name, number));
      document.add(new NumericDocValuesField(name, Double.doubleToLongBits(number)));
      document.add(new StoredField(name, number));
    }
  },
  /** A long in docValues alone. */
  LONG_VALUE("LongPointField", "docValues") {
    @Override
    void add(Document document, String name, Object value) {
      document.add(new NumericDocValuesField(name, ((Number) value).longValue()));
    }
  },
  /** Doubles that are stored only. */
  STORED_DOUBLES("DoublePointField", "stored multiValued") {
    @Override
    void add(Document document, String name, Object value) {
      document.add(new StoredField(name, ((Number) value).doubleValue()));
    }
  },
  /** Bytes that are stored only; Solr calls them indexed and indexes nothing. */
  BYTES("BinaryField", "indexed stored") {
    @Override
    void add(Document document, String name, Object value) {
      document.add(new StoredField(name, (byte[]) value));
    }
  },
  /** A text, stored. */
  TEXT("TextField", "indexed stored") {
    @Override
    void add(Document document, String name, Object value) {
      document.add(new Field(name, value.toString(), TEXT_TYPE));
    }
  },
  /** Several texts. */
  TEXTS("TextField", "indexed stored multiValued") {
    @Override
    void add(Document document, String name, Object value) {
      TEXT.add(document, name, value);
    }
  },
  /** A vector that is not stored. */
  VECTOR("VectorSpaceField", "indexed") {
    @Override
    void add(Document document, String name, Object value) {
      document.add(
          new KnnFloatVectorField(
              name, ((Floats) value).numbers(), VectorSimilarityFunction.EUCLIDEAN));
    }
  },
  /** A vector and its numbers, stored one by one. */
  STORED_VECTOR("VectorSpaceField", "indexed stored") {
    @Override
    void add(Document document, String name, Object value) {
      VECTOR.add(document, name, value);
      for (float number : ((Floats) value).numbers()) {
        document.add(new StoredField(name, number));
      }
    }
  };

  private static final FieldType TERM_TYPE = type(IndexOptions.DOCS, false);
  private static final FieldType TEXT_TYPE = type(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS, true);

  private static final List<String> FLAGS =
      List.of("indexed", "stored", "docValues", "multiValued");

  /** Further flags of what is indexed as terms. */
  private static final List<String> TERM_FLAGS =
      List.of(
          "omitNorms",
          "omitTermFreqAndPositions",
          "omitPositions",
          "storeOffsetsWithPositions",
          "termVectors");

  /** The analyzer of texts, as the schema's type names it; {@code SongAnalyzer} makes it here. */
  private static final String ANALYZER = "SmartChineseAnalyzer";

  private final String solrClass;
  private final List<String> flags;

  FieldForm(String solrClass, String flags) {
    this.solrClass = solrClass;
    this.flags = List.of(flags.split(" ", -1));
  }

  private static FieldType type(IndexOptions options, boolean text) {
    FieldType type = new FieldType();
    type.setIndexOptions(options);
    type.setStored(true);
    type.setTokenized(text);
    type.setOmitNorms(!text);
    type.freeze();
    return type;
  }

  /** Adds one value; a vector is one. */
  abstract void add(Document document, String name, Object value);

  /** Adds all values of a field. */
  final void addAll(Document document, String name, Object values) {
    if (values instanceof Collection<?> list && !(values instanceof Floats)) {
      list.forEach(value -> add(document, name, value));
    } else {
      add(document, name, values);
    }
  }

  /**
   * How a field of a schema differs from this form; "" if it does not.
   *
   * @param field the field as Solr's schema API tells it, with its defaults
   * @param type its type
   */
  final String problem(JsonNode field, JsonNode type) {
    Map<String, Object> wrong = new LinkedHashMap<>();
    String is = withoutPackage(type.path("class"));
    if (!is.equals(solrClass)) {
      wrong.put("class", is.isEmpty() ? "none" : is);
    } else {
      List<String> compared = new ArrayList<>(FLAGS);
      if (this == TERM || this == TERMS || this == TEXT || this == TEXTS) {
        compared.addAll(TERM_FLAGS);
      }
      for (String flag : compared) {
        boolean set = field.path(flag).asBoolean();
        if (set != flags.contains(flag)) {
          wrong.put(flag, set);
        }
      }
      String analyzer = withoutPackage(type.path("analyzer").path("class"));
      if ((this == TEXT || this == TEXTS) && !analyzer.equals(ANALYZER)) {
        wrong.put("analyzer", analyzer.isEmpty() ? "another" : analyzer);
      }
    }
    return wrong.isEmpty() ? "" : wrong.toString();
  }

  private static String withoutPackage(JsonNode name) {
    return name.asText().replaceFirst(".*\\.", "");
  }
}
