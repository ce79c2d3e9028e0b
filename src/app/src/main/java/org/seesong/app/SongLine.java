package org.seesong.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.seesong.index.CatalogueIndex;
import org.seesong.query.Explanation;
import org.seesong.query.Explanation.KeywordPath;
import org.seesong.query.SongHit;

/** One song of an answer as a line for people, and a line of its lyrics below. */
final class SongLine {
  /** Versions of a song that are named. */
  private static final int MAX_VERSIONS = 3;

  private SongLine() {}

  static String of(SongHit hit) {
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "%4d  ", hit.rank()));
    line.append(
        hit.song().details().title().isBlank() ? "(untitled)" : hit.song().details().title());
    if (!hit.song().details().artist().isBlank()) {
      line.append(" - ").append(hit.song().details().artist());
    }
    line.append("  [");
    if (!hit.explanation().sharedKeywords().isEmpty()) {
      line.append(String.join(" ", hit.explanation().sharedKeywords())).append(", ");
    }
    line.append(origin(hit.explanation()));
    line.append(String.format(Locale.ROOT, "%.3f]", hit.distance()));
    hit.confidence()
        .ifPresent(sure -> line.append(String.format(Locale.ROOT, " fits with %.2f", sure)));
    lyrics(hit).ifPresent(lyrics -> line.append("\n        ").append(lyrics));
    return line.toString();
  }

  /** The first versions of a song by id and title, and how many more there are. */
  static String versions(List<String> ids, CatalogueIndex index) throws IOException {
    List<String> named = new ArrayList<>();
    for (String id : ids.subList(0, Math.min(MAX_VERSIONS, ids.size()))) {
      named.add(id + index.song(id).map(song -> " (" + song.details().title() + ")").orElse(""));
    }
    String more = ids.size() > MAX_VERSIONS ? " and " + (ids.size() - MAX_VERSIONS) + " more" : "";
    return "        also: " + String.join(", ", named) + more;
  }

  private static String origin(Explanation explanation) {
    return switch (explanation.origin()) {
      case PICTURE -> "from " + explanation.pictureId() + ", ";
      case CENTROID -> "from all, such as " + explanation.pictureId() + ", ";
      case SONG -> "";
      case WORDS ->
          explanation.pictureId().isEmpty() ? "" : "near " + explanation.pictureId() + ", ";
    };
  }

  /** The line that holds the strongest keyword, or how the lyrics begin. */
  private static Optional<String> lyrics(SongHit hit) {
    Stream<String> lines =
        hit.explanation().origin() == Explanation.Origin.WORDS
            ? hit.song().keywordLines().stream()
            : hit.explanation().keywordPaths().stream().map(KeywordPath::line);
    return lines
        .filter(line -> !line.isEmpty())
        .findFirst()
        .or(() -> hit.song().firstLines().stream().findFirst());
  }
}
