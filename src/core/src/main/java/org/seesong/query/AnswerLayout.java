package org.seesong.query;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.seesong.encoder.ModelDescription;
import org.seesong.index.IndexMetadata;
import org.seesong.index.WeightedKeyword;
import org.seesong.query.Explanation.KeywordPath;

/**
 * The layout of an answer in JSON, as plain values: what {@code seesong search --json} prints and
 * the server sends. The user guide lists the fields.
 */
public final class AnswerLayout {
  private AnswerLayout() {}

  /**
   * An answer as maps, lists, texts, numbers and null, in the order of the guide.
   *
   * @param result songs and pictures
   * @param metadata of the index that was searched
   * @param encodeNanos time for decoding and encoding the query's images; 0 without
   * @return a map of the caller's, who may add to it
   */
  public static Map<String, Object> toMap(
      TwoHopResult result, IndexMetadata metadata, long encodeNanos) {
    Map<String, Object> timing = new LinkedHashMap<>();
    timing.put("encodeMillis", millis(encodeNanos));
    timing.put("hopOneMillis", millis(result.timing().hopOneNanos()));
    timing.put("hopTwoMillis", millis(result.timing().hopTwoNanos()));
    String encoder = metadata.encoderSpace().id();
    Map<String, Object> spaces = new LinkedHashMap<>();
    spaces.put("encoder", encoder);
    spaces.put("embedding", metadata.graphSpace().id());
    if (ModelDescription.saysUntrained(encoder)) {
      spaces.put("trained", false);
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("confidence", number(result.confidence()));
    map.put("songs", result.songs().stream().map(AnswerLayout::song).toList());
    map.put("pictures", result.pictures().stream().map(AnswerLayout::picture).toList());
    map.put("timing", timing);
    map.put("spaces", spaces);
    return map;
  }

  private static Map<String, Object> song(SongHit hit) {
    Map<String, Object> explanation = new LinkedHashMap<>();
    Explanation why = hit.explanation();
    explanation.put("origin", why.origin().name().toLowerCase(Locale.ROOT));
    explanation.put("picture", why.pictureId().isEmpty() ? null : why.pictureId());
    explanation.put("pictureDistance", why.pictureDistance());
    explanation.put("songDistance", why.songDistance());
    explanation.put("keywords", why.sharedKeywords());
    explanation.put("keywordPaths", why.keywordPaths().stream().map(AnswerLayout::path).toList());
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", hit.id());
    map.put("title", hit.title());
    map.put("artist", hit.artist());
    map.put("language", hit.language());
    map.put("firstLines", hit.firstLines());
    map.put("rank", hit.rank());
    map.put("distance", hit.distance());
    map.put("confidence", number(hit.confidence()));
    map.put("explanation", explanation);
    if (!hit.versions().isEmpty()) {
      map.put("versions", hit.versions());
    }
    return map;
  }

  private static Map<String, Object> path(KeywordPath path) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("keyword", path.keyword());
    map.put("originWeight", path.originWeight());
    map.put("songWeight", path.songWeight());
    map.put("line", path.line());
    return map;
  }

  private static Map<String, Object> picture(PictureHit hit) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", hit.id());
    map.put("path", hit.path());
    map.put("distance", hit.distance());
    List<String> keywords = hit.keywords().stream().map(WeightedKeyword::keyword).toList();
    map.put("keywords", keywords);
    return map;
  }

  /** Null where there is none. */
  private static Double number(OptionalDouble confidence) {
    return confidence.isPresent() ? (Double) confidence.getAsDouble() : null;
  }

  private static double millis(long nanos) {
    return Math.round(nanos / 1e3) / 1e3;
  }
}
