package org.seesong.index;

import java.util.List;
import org.apache.lucene.index.VectorSimilarityFunction;

/**
 * The stored layout: every field of the Lucene index, its type and who reads it. Field names appear
 * here and nowhere else.
 *
 * <p>Pictures and songs are documents of one index. Where a thing is unknown its field is absent.
 *
 * <table>
 * <caption>Fields of both kinds</caption>
 * <tr><th>field</th><th>Lucene type</th><th>meaning and reader</th></tr>
 * <tr><td>{@code id}</td><td>string, indexed, stored, sorted doc values</td><td>the kind, a colon
 * and the owner's id, such as {@code song:42}, so that songs and pictures never clash and Solr can
 * take it as its unique key; breaks ties in {@code query}</td></tr>
 * <tr><td>{@code kind}</td><td>string, indexed, stored</td><td>{@code picture} or {@code
 * song}</td></tr>
 * </table>
 *
 * <table>
 * <caption>Fields of a picture</caption>
 * <tr><th>field</th><th>Lucene type</th><th>meaning and reader</th></tr>
 * <tr><td>{@code picture_path}</td><td>string, indexed, stored</td><td>where the owner said it
 * is; display and filters by how it begins. Indexed by its first 1,000 characters</td></tr>
 * <tr><td>{@code picture_keyword}</td><td>strings, indexed, stored</td><td>its keywords, in the
 * order of their weights below</td></tr>
 * <tr><td>{@code picture_keyword_weight}</td><td>stored doubles</td><td>one for each
 * keyword</td></tr>
 * <tr><td>{@code picture_label}, {@code picture_label_weight}</td><td>stored strings and
 * doubles</td><td>the keywords its owner gave it; its keywords may hold those of pictures that look
 * like it as well. Read when pictures are added later</td></tr>
 * <tr><td>{@code picture_vector}</td><td>float vector, Euclidean, 1 to 16,384
 * dimensions</td><td>its image embedding, the encoder's output, centred where the metadata has a
 * mean; hop one. A vector of zeros is taken: it is a point like any other</td></tr>
 * <tr><td>{@code picture_network_vector}</td><td>float vector, Euclidean</td><td>its graph
 * embedding; starts hop two. Absent for a picture
 * without keywords</td></tr>
 * <tr><td>{@code picture_thumbnail}</td><td>binary doc values</td><td>a small JPEG; apart from the
 * stored fields, so that reading keywords does not unpack pictures</td></tr>
 * </table>
 *
 * <table>
 * <caption>Fields of a song</caption>
 * <tr><th>field</th><th>Lucene type</th><th>meaning and reader</th></tr>
 * <tr><td>{@code song_title}, {@code song_artist}, {@code song_language}</td><td>string, indexed,
 * stored</td><td>as the owner wrote them; display and filters. Longer than 1,000 characters: stored
 * only</td></tr>
 * <tr><td>{@code song_year}</td><td>int point, stored</td><td>year of release; filters</td></tr>
 * <tr><td>{@code song_popularity}</td><td>double point, stored</td><td>in the owner's unit;
 * filters</td></tr>
 * <tr><td>{@code attribute_*}</td><td>strings, indexed, stored</td><td>the owner's other fields;
 * filters. Stored as written; indexed whole and, if it has {@code |}, each part</td></tr>
 * <tr><td>{@code song_keyword}, {@code song_keyword_weight}</td><td>as for pictures</td><td>edges
 * of the graph</td></tr>
 * <tr><td>{@code song_keyword_line}</td><td>stored strings</td><td>for each of the first keywords,
 * in their order, a line of the lyrics that holds it, or an empty string; evidence</td></tr>
 * <tr><td>{@code song_first_line}</td><td>stored strings</td><td>the first lines of the lyrics, for
 * display</td></tr>
 * <tr><td>{@code song_content_key}</td><td>long doc values</td><td>the same for songs with nearly
 * the same lyrics, of which an answer shows one: the key of the first of them. Absent in indexes of
 * earlier versions, whose songs then count as different</td></tr>
 * <tr><td>{@code song_lyrics_signature}, {@code song_lyrics_band}</td><td>binary doc values;
 * strings, indexed</td><td>the MinHash signature of the first of the song's versions, 128 bytes,
 * and its 16 bands of 3 bytes, each after its number; songs added later find versions by them.
 * Absent for songs of few words</td></tr>
 * <tr><td>{@code song_title_text}, {@code song_lyrics_text}</td><td>text, indexed by {@link
 * SongAnalyzer}</td><td>title and lyrics for text search, as the indexer passed them (one script,
 * so that either script finds them)</td></tr>
 * <tr><td>{@code song_network_vector}</td><td>float vector, Euclidean</td><td>its graph
 * embedding; found by hop two. Absent for a song without keywords</td></tr>
 * <tr><td>{@code song_text_vector}</td><td>float vector, Euclidean</td><td>the text encoder's vector
 * of length 1 of its most telling lines; found by words. Absent in an index without a text
 * encoder</td></tr>
 * </table>
 *
 * <p>What the index is made of is in the commit's user data, see {@link IndexMetadata}. Any Lucene
 * 9.12 opens the index: codec and formats carry Lucene's own names.
 */
public final class IndexLayout {
  /** Version of this layout; another one is not read. */
  public static final int VERSION = 1;

  /** How all vectors are compared. */
  public static final VectorSimilarityFunction SIMILARITY = VectorSimilarityFunction.EUCLIDEAN;

  /** Kind and owner's id. */
  public static final String ID = "id";

  /** {@link #PICTURE} or {@link #SONG}. */
  public static final String KIND = "kind";

  /** Kind of a picture. */
  public static final String PICTURE = "picture";

  /** Kind of a song. */
  public static final String SONG = "song";

  /** Where a picture is. */
  public static final String PICTURE_PATH = "picture_path";

  /** Keywords of a picture. */
  public static final String PICTURE_KEYWORD = "picture_keyword";

  /** Weights of a picture's keywords. */
  public static final String PICTURE_KEYWORD_WEIGHT = "picture_keyword_weight";

  /** Keywords that a picture's owner gave it. */
  public static final String PICTURE_LABEL = "picture_label";

  /** Weights of the keywords that a picture's owner gave it. */
  public static final String PICTURE_LABEL_WEIGHT = "picture_label_weight";

  /** What a picture looks like. */
  public static final String PICTURE_IMAGE_EMBEDDING = "picture_vector";

  /** A picture's graph embedding. */
  public static final String PICTURE_GRAPH_EMBEDDING = "picture_network_vector";

  /** A small JPEG. */
  public static final String PICTURE_THUMBNAIL = "picture_thumbnail";

  /** Title of a song as written. */
  public static final String SONG_TITLE = "song_title";

  /** Artist of a song. */
  public static final String SONG_ARTIST = "song_artist";

  /** Language tag of a song. */
  public static final String SONG_LANGUAGE = "song_language";

  /** Year of release. */
  public static final String SONG_YEAR = "song_year";

  /** Popularity in the owner's unit. */
  public static final String SONG_POPULARITY = "song_popularity";

  /** Start of the names of the owner's own fields. */
  public static final String ATTRIBUTE_PREFIX = "attribute_";

  /** Joins an attribute's values; the index has each of them as well as the whole. */
  public static final char VALUE_SEPARATOR = '|';

  /** Keywords of a song. */
  public static final String SONG_KEYWORD = "song_keyword";

  /** Weights of a song's keywords. */
  public static final String SONG_KEYWORD_WEIGHT = "song_keyword_weight";

  /** Lines of the lyrics that hold a song's keywords. */
  public static final String SONG_KEYWORD_LINE = "song_keyword_line";

  /** First lines of the lyrics. */
  public static final String SONG_FIRST_LINE = "song_first_line";

  /** The same number for versions of one song. */
  public static final String SONG_CONTENT_KEY = "song_content_key";

  /** MinHash signature of the lyrics of a song's first version. */
  public static final String SONG_LYRICS_SIGNATURE = "song_lyrics_signature";

  /** Bands of that signature. */
  public static final String SONG_LYRICS_BAND = "song_lyrics_band";

  /** Searchable title. */
  public static final String SONG_TITLE_TEXT = "song_title_text";

  /** Searchable lyrics. */
  public static final String SONG_LYRICS_TEXT = "song_lyrics_text";

  /** A song's graph embedding. */
  public static final String SONG_GRAPH_EMBEDDING = "song_network_vector";

  /** What a song's most telling lines say. */
  public static final String SONG_TEXT_EMBEDDING = "song_text_vector";

  /** Longest text, in characters, that is indexed as one term. */
  public static final int MAX_TERM_LENGTH = 1000;

  /** Longest vector taken, so that squared distances stay far inside a float's range. */
  public static final double MAX_NORM = 1e15;

  private IndexLayout() {}

  /**
   * The value of {@link #ID}.
   *
   * @param kind {@link #PICTURE} or {@link #SONG}
   * @param id the owner's id
   * @return such as {@code song:42}
   */
  public static String documentId(String kind, String id) {
    return kind + ":" + id;
  }

  /**
   * The owner's id in a value of {@link #ID}.
   *
   * @param documentId such as {@code song:42}
   * @return such as {@code 42}
   */
  public static String ownerId(String documentId) {
    return documentId.substring(documentId.indexOf(':') + 1);
  }

  /**
   * What of a text is indexed as one term: its first {@value #MAX_TERM_LENGTH} characters, one less
   * where these would end in half of a pair.
   */
  public static String term(String value) {
    if (value.length() <= MAX_TERM_LENGTH) {
      return value;
    }
    boolean splits = Character.isHighSurrogate(value.charAt(MAX_TERM_LENGTH - 1));
    return value.substring(0, MAX_TERM_LENGTH - (splits ? 1 : 0));
  }

  /** Checks a text that must be found again by its whole value. */
  static void checkTerm(String name, String value) {
    if (value.isBlank() || value.length() > MAX_TERM_LENGTH) {
      throw new IllegalArgumentException(
          name
              + " must have 1 to "
              + MAX_TERM_LENGTH
              + " characters and not be blank; got "
              + (value.isBlank() ? "'" + value + "'" : value.length() + " characters"));
    }
  }

  static void checkKeywords(List<WeightedKeyword> keywords) {
    keywords.forEach(keyword -> checkTerm("keyword", keyword.keyword()));
  }

  static void checkKeywordLines(List<WeightedKeyword> keywords, List<String> lines) {
    if (lines.size() > keywords.size()) {
      throw new IllegalArgumentException(
          lines.size() + " lines for " + keywords.size() + " keywords; there may be one for each");
    }
  }
}
