package org.seesong.push;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.document.Document;
import org.apache.solr.common.SolrInputDocument;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.CataloguePicture;
import org.seesong.index.CatalogueSong;
import org.seesong.index.DocumentValues;
import org.seesong.index.IndexLayout;
import org.seesong.index.SongDetails;
import org.seesong.index.Thumbnail;
import org.seesong.index.WeightedKeyword;
import org.seesong.vector.FloatVector;

/**
 * Makes of a document of our index the one that the configset's schema wants. Field names are the
 * same on both sides.
 *
 * <p>The index keeps words of lyrics but not their text, so {@code song_lyrics_text} is left out;
 * titles are searched as they were written.
 */
final class SolrDocuments {
  private static final int FLOAT_BYTES = 5;
  private static final Set<String> HEAD = Set.of(IndexLayout.ID, IndexLayout.KIND);

  private final CatalogueIndex index;

  SolrDocuments(CatalogueIndex index) {
    this.index = index;
  }

  /**
   * A document on its way.
   *
   * @param id its unique key
   * @param kind picture or song
   * @param fields what is sent
   * @param bytes about as many as it takes to send and to hold
   */
  record Outgoing(String id, String kind, SolrInputDocument fields, int bytes) {}

  /** Fields that documents have: of pictures, and of songs unless these are elsewhere. */
  Set<String> fields(boolean songs) {
    Set<String> fields = new TreeSet<>(HEAD);
    fields.addAll(
        List.of(
            IndexLayout.PICTURE_PATH,
            IndexLayout.PICTURE_KEYWORD,
            IndexLayout.PICTURE_KEYWORD_WEIGHT,
            IndexLayout.PICTURE_THUMBNAIL,
            IndexLayout.PICTURE_IMAGE_EMBEDDING,
            IndexLayout.PICTURE_GRAPH_EMBEDDING));
    if (songs) {
      fields.addAll(
          List.of(
              IndexLayout.SONG_TITLE,
              IndexLayout.SONG_TITLE_TEXT,
              IndexLayout.SONG_ARTIST,
              IndexLayout.SONG_LANGUAGE,
              IndexLayout.SONG_YEAR,
              IndexLayout.SONG_POPULARITY,
              IndexLayout.SONG_KEYWORD,
              IndexLayout.SONG_KEYWORD_WEIGHT,
              IndexLayout.SONG_KEYWORD_LINE,
              IndexLayout.SONG_FIRST_LINE,
              IndexLayout.SONG_CONTENT_KEY,
              IndexLayout.SONG_GRAPH_EMBEDDING));
      index.metadata().textSpace().ifPresent(space -> fields.add(IndexLayout.SONG_TEXT_EMBEDDING));
      index.attributes().forEach(name -> fields.add(IndexLayout.ATTRIBUTE_PREFIX + name));
    }
    return fields;
  }

  /** Kind and id of a document, which cost less than all of it. */
  record Head(String id, String kind) {}

  Head head(int document) throws IOException {
    Document stored = index.reader().storedFields().document(document, HEAD);
    String id = stored.get(IndexLayout.ID);
    String kind = stored.get(IndexLayout.KIND);
    if (id == null || !(IndexLayout.SONG.equals(kind) || IndexLayout.PICTURE.equals(kind))) {
      throw new PushException(
          "document "
              + document
              + " of index "
              + index.folder()
              + " is neither a song nor a picture; look at 'seesong check'");
    }
    return new Head(id, kind);
  }

  Outgoing read(int document, Head head) throws IOException {
    SolrInputDocument fields = new SolrInputDocument();
    fields.setField(IndexLayout.ID, head.id());
    fields.setField(IndexLayout.KIND, head.kind());
    int bytes =
        head.kind().equals(IndexLayout.SONG) ? song(document, fields) : picture(document, fields);
    return new Outgoing(head.id(), head.kind(), fields, bytes);
  }

  private int picture(int document, SolrInputDocument fields) throws IOException {
    CataloguePicture picture = index.pictureAt(document);
    setTerm(fields, IndexLayout.PICTURE_PATH, picture.path());
    setKeywords(
        fields,
        picture.keywords(),
        IndexLayout.PICTURE_KEYWORD,
        IndexLayout.PICTURE_KEYWORD_WEIGHT);
    byte[] jpeg = index.thumbnail(picture.id()).orElse(Thumbnail.none()).jpeg();
    if (jpeg.length > 0) {
      fields.setField(IndexLayout.PICTURE_THUMBNAIL, jpeg);
    }
    return 200
        + jpeg.length
        + 40 * picture.keywords().size()
        + setVector(fields, IndexLayout.PICTURE_IMAGE_EMBEDDING, document)
        + setVector(fields, IndexLayout.PICTURE_GRAPH_EMBEDDING, document);
  }

  private int song(int document, SolrInputDocument fields) throws IOException {
    CatalogueSong song = index.songAt(document);
    SongDetails details = song.details();
    setTerm(fields, IndexLayout.SONG_TITLE, details.title());
    setText(fields, IndexLayout.SONG_TITLE_TEXT, details.title());
    setTerm(fields, IndexLayout.SONG_ARTIST, details.artist());
    setTerm(fields, IndexLayout.SONG_LANGUAGE, details.language());
    if (details.year() != 0) {
      fields.setField(IndexLayout.SONG_YEAR, details.year());
    }
    if (!Double.isNaN(details.popularity())) {
      fields.setField(IndexLayout.SONG_POPULARITY, details.popularity());
    }
    long contentKey =
        DocumentValues.contentKeys(index.reader(), List.of(document)).getOrDefault(document, 0L);
    if (contentKey != 0) {
      fields.setField(IndexLayout.SONG_CONTENT_KEY, contentKey);
    }
    details
        .attributes()
        .forEach((name, value) -> setParts(fields, IndexLayout.ATTRIBUTE_PREFIX + name, value));
    setKeywords(fields, song.keywords(), IndexLayout.SONG_KEYWORD, IndexLayout.SONG_KEYWORD_WEIGHT);
    setTexts(fields, IndexLayout.SONG_KEYWORD_LINE, song.keywordLines());
    setTexts(fields, IndexLayout.SONG_FIRST_LINE, song.firstLines());
    int text = details.title().length() + details.artist().length();
    for (String line : song.keywordLines()) {
      text += line.length();
    }
    for (String line : song.firstLines()) {
      text += line.length();
    }
    return 300
        + 2 * text
        + 40 * song.keywords().size()
        + setVector(fields, IndexLayout.SONG_GRAPH_EMBEDDING, document)
        + setVector(fields, IndexLayout.SONG_TEXT_EMBEDDING, document);
  }

  private int setVector(SolrInputDocument fields, String field, int document) throws IOException {
    FloatVector vector = index.vectorAt(field, document);
    if (!vector.isEmpty()) {
      fields.setField(field, new Floats(vector.values()));
    }
    return FLOAT_BYTES * vector.dimension();
  }

  private static void setText(SolrInputDocument fields, String field, String value) {
    if (!value.isEmpty()) {
      fields.setField(field, value);
    }
  }

  private static void setTexts(SolrInputDocument fields, String field, List<String> values) {
    if (!values.isEmpty()) {
      fields.setField(field, values);
    }
  }

  /** Solr refuses terms above 32,766 bytes, and the whole batch with them. */
  private static void setTerm(SolrInputDocument fields, String field, String value) {
    setText(fields, field, IndexLayout.term(value));
  }

  /** Several values joined by a bar become several values again, so that facets count each. */
  private static void setParts(SolrInputDocument fields, String field, String value) {
    Set<String> parts = new LinkedHashSet<>();
    for (String part : value.split("\\|", -1)) {
      if (!part.isEmpty()) {
        parts.add(IndexLayout.term(part));
      }
    }
    if (!parts.isEmpty()) {
      fields.setField(field, List.copyOf(parts));
    }
  }

  private static void setKeywords(
      SolrInputDocument fields, List<WeightedKeyword> keywords, String field, String weightField) {
    if (keywords.isEmpty()) {
      return;
    }
    List<String> names = new ArrayList<>(keywords.size());
    List<Double> weights = new ArrayList<>(keywords.size());
    for (WeightedKeyword keyword : keywords) {
      names.add(keyword.keyword());
      weights.add(keyword.weight());
    }
    fields.setField(field, names);
    fields.setField(weightField, weights);
  }
}
