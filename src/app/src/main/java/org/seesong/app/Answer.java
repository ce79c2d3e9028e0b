package org.seesong.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexMetadata;
import org.seesong.index.WeightedKeyword;
import org.seesong.query.Explanation;
import org.seesong.query.Explanation.KeywordPath;
import org.seesong.query.PictureHit;
import org.seesong.query.SongFinder;
import org.seesong.query.SongHit;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopQuery;
import org.seesong.query.TwoHopResult;

/**
 * A search's answer with the time of its parts.
 *
 * @param result songs and pictures
 * @param metadata of the index that was searched
 * @param encodeNanos time for decoding and encoding the picture
 */
record Answer(TwoHopResult result, IndexMetadata metadata, long encodeNanos) {
  Answer {
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(metadata, "metadata");
  }

  /** Songs that fit an image. */
  static Answer find(SongFinder finder, Path image, TwoHopOptions options) throws IOException {
    long start = System.nanoTime();
    TwoHopQuery query = TwoHopQuery.of(finder.encode(image));
    return find(finder, query, System.nanoTime() - start, options);
  }

  /** Songs that fit a query whose images took so long to encode. */
  static Answer find(SongFinder finder, TwoHopQuery query, long encodeNanos, TwoHopOptions options)
      throws IOException {
    TwoHopResult result = finder.find(query, options);
    return new Answer(result, finder.read(CatalogueIndex::metadata), encodeNanos);
  }

  double encodeMillis() {
    return encodeNanos / 1e6;
  }

  double hopOneMillis() {
    return result.timing().hopOneNanos() / 1e6;
  }

  double hopTwoMillis() {
    return result.timing().hopTwoNanos() / 1e6;
  }

  /** The answer as plain values, in the layout that the user guide promises. */
  Map<String, Object> toMap() {
    Map<String, Object> timing = new LinkedHashMap<>();
    timing.put("encodeMillis", rounded(encodeMillis()));
    timing.put("hopOneMillis", rounded(hopOneMillis()));
    timing.put("hopTwoMillis", rounded(hopTwoMillis()));
    Map<String, Object> spaces = new LinkedHashMap<>();
    spaces.put("encoder", metadata.encoderSpace().id());
    spaces.put("embedding", metadata.graphSpace().id());
    UntrainedNotice.mark(spaces, metadata.encoderSpace().id());
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("confidence", number(result.confidence()));
    map.put("songs", result.songs().stream().map(Answer::song).toList());
    map.put("pictures", result.pictures().stream().map(Answer::picture).toList());
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
    explanation.put("keywordPaths", why.keywordPaths().stream().map(Answer::path).toList());
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", hit.song().id());
    map.put("title", hit.song().details().title());
    map.put("artist", hit.song().details().artist());
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
    map.put("id", hit.picture().id());
    map.put("path", hit.picture().path());
    map.put("distance", hit.distance());
    List<String> keywords =
        hit.picture().keywords().stream().map(WeightedKeyword::keyword).toList();
    map.put("keywords", keywords);
    return map;
  }

  /** Null where there is none. */
  private static Double number(OptionalDouble confidence) {
    return confidence.isPresent() ? (Double) confidence.getAsDouble() : null;
  }

  private static double rounded(double millis) {
    return Math.round(millis * 1000) / 1000.0;
  }
}
