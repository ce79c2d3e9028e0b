package org.seesong.solr;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.SolrParams;
import org.seesong.query.QueryException;
import org.seesong.query.SearchMode;
import org.seesong.query.TwoHopOptions;

/**
 * The parameters of a request, checked.
 *
 * @param source where the picture is; "" for the body, one of the next three names, or {@link
 *     #NONE}
 * @param value what that parameter says
 * @param encoder id of the encoder that made a vector, or ""
 * @param collection where pictures are, or "" for where songs are
 * @param words what the request says beside the picture, or instead of one
 * @param options how many of what
 */
record ImageRequest(
    String source,
    String value,
    String encoder,
    String collection,
    WordsRequest words,
    TwoHopOptions options) {
  /** There is no picture, but there are words. */
  static final String NONE = "none";

  static final String VECTOR = "image.vec";
  static final String ID = "image.id";
  static final String URL = "image.url";
  static final String ENCODER = "image.encoder";
  static final String COLLECTION = "image.collection";
  private static final String PREFIX = "image.";
  private static final String PICTURES = "image.pictures";
  private static final String SONGS = "image.songs";
  private static final String SONGS_PER_PICTURE = "image.songsPerPicture";
  private static final String MODE = "image.mode";
  private static final String CANDIDATES = "image.candidates";
  private static final String COVERAGE = "image.coverage";
  private static final String VARIETY = "image.variety";
  static final String MAX_PER_ARTIST = "image.maxPerArtist";
  private static final String VERSIONS = "image.versions";
  private static final String FILL = "image.fill";
  private static final String BOOST = "image.boost";

  private static final List<String> SOURCES = List.of(VECTOR, ID, URL);
  static final List<String> NAMES =
      List.of(
          VECTOR,
          ENCODER,
          ID,
          URL,
          WordsRequest.WORDS,
          WordsRequest.WITHOUT,
          WordsRequest.WEIGHT,
          WordsRequest.VECTOR,
          WordsRequest.ENCODER,
          COLLECTION,
          ShardSearch.PICTURE_FILTER,
          PICTURES,
          SONGS,
          SONGS_PER_PICTURE,
          MODE,
          CANDIDATES,
          COVERAGE,
          VARIETY,
          MAX_PER_ARTIST,
          VERSIONS,
          FILL,
          BOOST);

  /** May be given again. */
  private static final List<String> REPEATED = List.of(ShardSearch.PICTURE_FILTER, BOOST);

  /** Keeps what goes to every shard within the size that Solr takes by default. */
  private static final int MAX_PICTURES = 100;

  /** Whose ids go to every shard. */
  private static final int MAX_SONGS = 1000;

  /** Reads and checks; the body counts as a source if there is one. */
  static ImageRequest of(SolrParams params, boolean hasBody) {
    refuseUnknown(params);
    if (params.get(CommonParams.Q) != null) {
      throw refusal(
          "'q' is not taken, for the songs that fit the picture are the query; narrow it with"
              + " 'fq', and highlight by 'hl.q'");
    }
    List<String> sources = new ArrayList<>(SOURCES);
    sources.removeIf(name -> params.get(name) == null);
    if (hasBody) {
      sources.add(0, "a body");
    }
    try {
      WordsRequest words = WordsRequest.of(params);
      if (sources.isEmpty() && !words.isEmpty()) {
        words.requireSongs();
        sources.add(NONE);
        if (params.get(BOOST) != null) {
          throw refusal(BOOST + " needs a picture to start from; words alone have none");
        }
      }
      if (sources.size() != 1) {
        throw refusal(
            "a request must have one picture: a body, or one of "
                + SOURCES
                + "; got: "
                + (sources.isEmpty() ? "none, and no " + WordsRequest.WORDS : sources));
      }
      String source = hasBody ? "" : sources.get(0);
      return new ImageRequest(
          source,
          SOURCES.contains(source) ? params.get(source) : "",
          params.get(ENCODER, ""),
          params.get(COLLECTION, ""),
          words,
          options(params));
    } catch (QueryException e) {
      throw new SolrException(ErrorCode.BAD_REQUEST, e.getMessage(), e);
    }
  }

  private static void refuseUnknown(SolrParams params) {
    for (Iterator<Map.Entry<String, String[]>> all = params.iterator(); all.hasNext(); ) {
      Map.Entry<String, String[]> entry = all.next();
      String name = entry.getKey();
      if (name.startsWith(PREFIX) && !NAMES.contains(name)) {
        throw refusal("unknown parameter '" + name + "'; there are " + NAMES);
      }
      if (NAMES.contains(name) && entry.getValue().length > 1 && !REPEATED.contains(name)) {
        throw refusal("parameter '" + name + "' is given " + entry.getValue().length + " times");
      }
    }
  }

  private static TwoHopOptions options(SolrParams params) {
    TwoHopOptions defaults = TwoHopOptions.DEFAULT;
    int pictures = atMost(PICTURES, params.getInt(PICTURES, defaults.pictures()), MAX_PICTURES);
    TwoHopOptions.Builder options =
        TwoHopOptions.builder()
            .pictures(pictures)
            .mode(mode(params.get(MODE, SearchMode.AUTO.name())))
            .candidates(params.getInt(CANDIDATES, defaults.candidates()))
            .coverage(params.getDouble(COVERAGE, defaults.selection().coverage()))
            .variety(params.getDouble(VARIETY, defaults.selection().variety()))
            .maxPerArtist(params.getInt(MAX_PER_ARTIST, 0))
            .versions(params.getBool(VERSIONS, false))
            .fill(params.getBool(FILL, false));
    if (params.get(BOOST) != null) {
      options.boosts(params.getParams(BOOST));
    }
    if (params.get(SONGS) != null && params.get(SONGS_PER_PICTURE) != null) {
      throw refusal("give '" + SONGS + "' or '" + SONGS_PER_PICTURE + "', not both");
    }
    if (params.get(SONGS_PER_PICTURE) == null) {
      options.songs(params.getInt(SONGS, songsForRows(params)));
    } else {
      options.songsPerPicture(params.getInt(SONGS_PER_PICTURE));
    }
    TwoHopOptions checked = options.build();
    atMost("songs in an answer", checked.songs(), MAX_SONGS);
    return checked;
  }

  /** Songs unless the request says how many: the default's, or what {@code rows} asks for. */
  private static int songsForRows(SolrParams params) {
    long rows = (long) params.getInt(CommonParams.START, 0) + params.getInt(CommonParams.ROWS, 0);
    return (int) Math.min(MAX_SONGS, Math.max(TwoHopOptions.DEFAULT.songs(), rows));
  }

  private static int atMost(String name, int value, int limit) {
    if (value > limit) {
      throw refusal(name + " must be at most " + limit + "; got: " + value);
    }
    return value;
  }

  /** A mode by its name, in capitals or not. */
  static SearchMode mode(String text) {
    for (SearchMode mode : SearchMode.values()) {
      if (mode.name().equals(text.toUpperCase(Locale.ROOT))) {
        return mode;
      }
    }
    throw refusal(MODE + " must be auto, exact or approximate; got: '" + text + "'");
  }

  private static SolrException refusal(String message) {
    return new SolrException(ErrorCode.BAD_REQUEST, message);
  }
}
