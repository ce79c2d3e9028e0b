package org.seesong.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.util.BytesRef;
import org.seesong.vector.FloatVector;

/**
 * Between our pictures and songs and Lucene's documents, both ways, as {@link IndexLayout} says.
 */
final class Documents {
  /** The stored fields that {@link #labels} reads. */
  static final Set<String> LABEL_FIELDS =
      Set.of(IndexLayout.PICTURE_LABEL, IndexLayout.PICTURE_LABEL_WEIGHT);

  /** The fields that {@link #carried} reads. */
  static final Set<String> CARRIED_FIELDS =
      Set.of(
          IndexLayout.ID,
          IndexLayout.KIND,
          IndexLayout.PICTURE_KEYWORD,
          IndexLayout.PICTURE_KEYWORD_WEIGHT,
          IndexLayout.SONG_KEYWORD,
          IndexLayout.SONG_KEYWORD_WEIGHT);

  private Documents() {}

  static Document of(PictureDocument picture) {
    Document document = start(IndexLayout.PICTURE, picture.id());
    addPath(document, picture.path());
    addKeywords(
        document,
        picture.keywords(),
        IndexLayout.PICTURE_KEYWORD,
        IndexLayout.PICTURE_KEYWORD_WEIGHT);
    for (WeightedKeyword label : picture.labels()) {
      document.add(new StoredField(IndexLayout.PICTURE_LABEL, label.keyword()));
      document.add(new StoredField(IndexLayout.PICTURE_LABEL_WEIGHT, label.weight()));
    }
    addVector(document, IndexLayout.PICTURE_IMAGE_EMBEDDING, picture.imageEmbedding());
    addVector(document, IndexLayout.PICTURE_GRAPH_EMBEDDING, picture.graphEmbedding());
    byte[] jpeg = picture.thumbnail().jpeg();
    if (jpeg.length > 0) {
      document.add(new BinaryDocValuesField(IndexLayout.PICTURE_THUMBNAIL, new BytesRef(jpeg)));
    }
    return document;
  }

  /**
   * The document of a song.
   *
   * @param signature of the first of the song's versions
   */
  static Document of(SongDocument song, LyricsSignature signature) {
    Document document = start(IndexLayout.SONG, song.id());
    addDetails(document, song.details());
    addKeywords(
        document, song.keywords(), IndexLayout.SONG_KEYWORD, IndexLayout.SONG_KEYWORD_WEIGHT);
    for (String line : song.keywordLines()) {
      document.add(new StoredField(IndexLayout.SONG_KEYWORD_LINE, line));
    }
    for (String line : song.firstLines()) {
      document.add(new StoredField(IndexLayout.SONG_FIRST_LINE, line));
    }
    if (signature.contentKey() != 0) {
      document.add(new NumericDocValuesField(IndexLayout.SONG_CONTENT_KEY, signature.contentKey()));
    }
    if (signature.hasHashes()) {
      document.add(new BinaryDocValuesField(IndexLayout.SONG_LYRICS_SIGNATURE, signature.bytes()));
    }
    for (BytesRef band : signature.bandTerms()) {
      document.add(new StringField(IndexLayout.SONG_LYRICS_BAND, band, Field.Store.NO));
    }
    SearchText text = song.searchText();
    document.add(new TextField(IndexLayout.SONG_TITLE_TEXT, text.title(), Field.Store.NO));
    document.add(new TextField(IndexLayout.SONG_LYRICS_TEXT, text.lyrics(), Field.Store.NO));
    addVector(document, IndexLayout.SONG_GRAPH_EMBEDDING, song.graphEmbedding());
    addVector(document, IndexLayout.SONG_TEXT_EMBEDDING, song.textEmbedding());
    return document;
  }

  private static void addPath(Document document, String path) {
    document.add(new StoredField(IndexLayout.PICTURE_PATH, path));
    if (!path.isEmpty()) {
      document.add(
          new StringField(IndexLayout.PICTURE_PATH, IndexLayout.term(path), Field.Store.NO));
    }
  }

  private static Document start(String kind, String id) {
    Document document = new Document();
    String documentId = IndexLayout.documentId(kind, id);
    document.add(new StringField(IndexLayout.ID, documentId, Field.Store.YES));
    document.add(new SortedDocValuesField(IndexLayout.ID, new BytesRef(documentId)));
    document.add(new StringField(IndexLayout.KIND, kind, Field.Store.YES));
    return document;
  }

  private static void addDetails(Document document, SongDetails details) {
    addText(document, IndexLayout.SONG_TITLE, details.title());
    addText(document, IndexLayout.SONG_ARTIST, details.artist());
    addText(document, IndexLayout.SONG_LANGUAGE, details.language());
    if (details.year() != 0) {
      document.add(new IntPoint(IndexLayout.SONG_YEAR, details.year()));
      document.add(new StoredField(IndexLayout.SONG_YEAR, details.year()));
    }
    if (!Double.isNaN(details.popularity())) {
      document.add(new DoublePoint(IndexLayout.SONG_POPULARITY, details.popularity()));
      document.add(new StoredField(IndexLayout.SONG_POPULARITY, details.popularity()));
    }
    details
        .attributes()
        .forEach((name, value) -> addParts(document, IndexLayout.ATTRIBUTE_PREFIX + name, value));
  }

  private static void addText(Document document, String field, String value) {
    if (value.isEmpty()) {
      return;
    }
    String term = IndexLayout.term(value);
    if (term.equals(value)) {
      document.add(new StringField(field, value, Field.Store.YES));
    } else {
      // Lucene wants a field indexed in all documents or in none.
      document.add(new StoredField(field, value));
      document.add(new StringField(field, term, Field.Store.NO));
    }
  }

  /** The value whole, and each of its parts as one more term. */
  private static void addParts(Document document, String field, String value) {
    addText(document, field, value);
    if (value.indexOf(IndexLayout.VALUE_SEPARATOR) < 0) {
      return;
    }
    Set<String> parts = new TreeSet<>(List.of(value.split("\\|", -1)));
    parts.removeIf(part -> part.isEmpty() || part.length() > IndexLayout.MAX_TERM_LENGTH);
    parts.forEach(part -> document.add(new StringField(field, part, Field.Store.NO)));
  }

  private static void addKeywords(
      Document document, List<WeightedKeyword> keywords, String field, String weightField) {
    for (WeightedKeyword keyword : keywords) {
      document.add(new StringField(field, keyword.keyword(), Field.Store.YES));
      document.add(new StoredField(weightField, keyword.weight()));
    }
  }

  private static void addVector(Document document, String field, FloatVector vector) {
    if (!vector.isEmpty()) {
      document.add(new KnnFloatVectorField(field, vector.values(), IndexLayout.SIMILARITY));
    }
  }

  /** Throws an IllegalArgumentException if stored fields are not as the layout says. */
  static CataloguePicture picture(Document document) {
    return new CataloguePicture(
        IndexLayout.ownerId(need(document, IndexLayout.ID)),
        text(document, IndexLayout.PICTURE_PATH),
        keywords(document, IndexLayout.PICTURE_KEYWORD, IndexLayout.PICTURE_KEYWORD_WEIGHT));
  }

  /** Throws an IllegalArgumentException if stored fields are not as the layout says. */
  static List<WeightedKeyword> labels(Document document) {
    return keywords(document, IndexLayout.PICTURE_LABEL, IndexLayout.PICTURE_LABEL_WEIGHT);
  }

  /** Throws an IllegalArgumentException if stored fields are not as the layout says. */
  static CarriedKeywords carried(Document document) {
    boolean song = need(document, IndexLayout.KIND).equals(IndexLayout.SONG);
    return new CarriedKeywords(
        song,
        IndexLayout.ownerId(need(document, IndexLayout.ID)),
        song
            ? keywords(document, IndexLayout.SONG_KEYWORD, IndexLayout.SONG_KEYWORD_WEIGHT)
            : keywords(document, IndexLayout.PICTURE_KEYWORD, IndexLayout.PICTURE_KEYWORD_WEIGHT));
  }

  /** Throws an IllegalArgumentException if stored fields are not as the layout says. */
  static CatalogueSong song(Document document) {
    return new CatalogueSong(
        IndexLayout.ownerId(need(document, IndexLayout.ID)),
        details(document),
        keywords(document, IndexLayout.SONG_KEYWORD, IndexLayout.SONG_KEYWORD_WEIGHT),
        List.of(document.getValues(IndexLayout.SONG_KEYWORD_LINE)),
        List.of(document.getValues(IndexLayout.SONG_FIRST_LINE)));
  }

  private static SongDetails details(Document document) {
    IndexableField year = document.getField(IndexLayout.SONG_YEAR);
    IndexableField popularity = document.getField(IndexLayout.SONG_POPULARITY);
    SortedMap<String, String> attributes = new TreeMap<>();
    for (IndexableField field : document) {
      if (field.name().startsWith(IndexLayout.ATTRIBUTE_PREFIX)) {
        String name = field.name().substring(IndexLayout.ATTRIBUTE_PREFIX.length());
        attributes.put(name, field.stringValue());
      }
    }
    return new SongDetails(
        text(document, IndexLayout.SONG_TITLE),
        text(document, IndexLayout.SONG_ARTIST),
        text(document, IndexLayout.SONG_LANGUAGE),
        year == null ? 0 : number(year).intValue(),
        popularity == null ? Double.NaN : number(popularity).doubleValue(),
        attributes);
  }

  private static Number number(IndexableField field) {
    Number number = field.numericValue();
    if (number == null) {
      throw new IllegalArgumentException(field.name() + " is not a number");
    }
    return number;
  }

  private static String need(Document document, String field) {
    String value = document.get(field);
    if (value == null) {
      throw new IllegalArgumentException(field + " is missing");
    }
    return value;
  }

  private static String text(Document document, String field) {
    String value = document.get(field);
    return value == null ? "" : value;
  }

  private static List<WeightedKeyword> keywords(
      Document document, String field, String weightField) {
    String[] keywords = document.getValues(field);
    IndexableField[] weights = document.getFields(weightField);
    if (keywords.length != weights.length) {
      throw new IllegalArgumentException(
          keywords.length
              + " values of "
              + field
              + " but "
              + weights.length
              + " of "
              + weightField);
    }
    List<WeightedKeyword> result = new ArrayList<>(keywords.length);
    for (int i = 0; i < keywords.length; i++) {
      result.add(new WeightedKeyword(keywords[i], number(weights[i]).doubleValue()));
    }
    return result;
  }
}
