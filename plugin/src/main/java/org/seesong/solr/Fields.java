package org.seesong.solr;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.schema.FieldType;
import org.apache.solr.schema.IndexSchema;
import org.apache.solr.schema.SchemaField;
import org.seesong.index.IndexLayout;
import org.seesong.vector.VectorSpace;

/**
 * What a collection calls the fields that the hops read. Ours, unless the handler's {@code fields}
 * say otherwise: an existing song collection has its own names for artist and keywords.
 */
record Fields(
    String pictureVector,
    String pictureNetworkVector,
    String pictureKeyword,
    String pictureKeywordWeight,
    String songNetworkVector,
    String songKeyword,
    String songKeywordWeight,
    String songArtist,
    String songTextVector) {
  /** What messages call the maker of text embeddings. */
  static final String TEXT_ENCODER = "text encoder";

  private static final List<String> NAMES =
      List.of(
          "pictureVector",
          "pictureNetworkVector",
          "pictureKeyword",
          "pictureKeywordWeight",
          "songNetworkVector",
          "songKeyword",
          "songKeywordWeight",
          "songArtist",
          "songTextVector");

  /** Reads the handler's {@code fields}, which may be null. */
  static Fields from(NamedList<?> given) {
    NamedList<?> names = given == null ? new NamedList<>() : given;
    Set<String> unknown = new TreeSet<>();
    names.forEach((name, value) -> unknown.add(name));
    NAMES.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR, "'fields' of the handler has " + unknown + "; it takes " + NAMES);
    }
    return new Fields(
        name(names, 0, IndexLayout.PICTURE_IMAGE_EMBEDDING),
        name(names, 1, IndexLayout.PICTURE_GRAPH_EMBEDDING),
        name(names, 2, IndexLayout.PICTURE_KEYWORD),
        name(names, 3, IndexLayout.PICTURE_KEYWORD_WEIGHT),
        name(names, 4, IndexLayout.SONG_GRAPH_EMBEDDING),
        name(names, 5, IndexLayout.SONG_KEYWORD),
        name(names, 6, IndexLayout.SONG_KEYWORD_WEIGHT),
        name(names, 7, IndexLayout.SONG_ARTIST),
        name(names, 8, IndexLayout.SONG_TEXT_EMBEDDING));
  }

  private static String name(NamedList<?> names, int which, String ours) {
    Object given = names.get(NAMES.get(which));
    return given == null ? ours : given.toString();
  }

  /** A vector field of a collection. */
  static VectorSpaceField vectors(IndexSchema schema, String field, String collection) {
    SchemaField found = schema.getFieldOrNull(field);
    FieldType type = found == null ? null : found.getType();
    if (type instanceof VectorSpaceField vectors) {
      return vectors;
    }
    throw new SolrException(
        ErrorCode.BAD_REQUEST,
        "collection '"
            + collection
            + "' has no field '"
            + field
            + "' of type "
            + VectorSpaceField.class.getName()
            + (type == null
                ? "; add one, or name another in 'fields' of the handler"
                : ", whose 'space' says what made the vectors; it is a " + type.getTypeName()));
  }

  /** The field of songs' text embeddings, if a collection has any. */
  static VectorSpaceField texts(IndexSchema schema, String field, String collection) {
    SchemaField found = schema.getFieldOrNull(field);
    if (found != null
        && found.getType() instanceof VectorSpaceField vectors
        && !vectors.space().id().equals(Configset.NO_ENCODER)) {
      return vectors;
    }
    throw new SolrException(
        ErrorCode.BAD_REQUEST,
        "collection '"
            + collection
            + "' has no text embeddings of songs in a field '"
            + field
            + "', so it cannot be searched by words; build its index with --text-encoder auto and"
            + " push it, or name another field in 'fields' of the handler (songTextVector)");
  }

  /** Refuses vectors of another space than a field's or, where it centres them, its encoder's. */
  static void check(VectorSpace given, VectorSpaceField field, String maker, String collection) {
    VectorSpace held = field.encoderSpace();
    if (!given.equals(held) && !given.equals(field.space())) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          "collection '"
              + collection
              + "' holds vectors of "
              + maker
              + " "
              + held
              + ", but the query comes from "
              + given
              + "; ask with "
              + maker
              + " '"
              + held.id()
              + "' or index again");
    }
  }
}
