package org.seesong.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexMetadata;
import org.seesong.query.AnswerLayout;
import org.seesong.query.SongFinder;
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
    return AnswerLayout.toMap(result, metadata, encodeNanos);
  }
}
