package org.seesong.app;

import java.util.Locale;
import org.seesong.query.SongHit;

/** One song of an answer as a line for people. */
final class SongLine {
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
    if (!hit.because().sharedKeywords().isEmpty()) {
      line.append(String.join(" ", hit.because().sharedKeywords())).append(", ");
    }
    line.append("by ").append(hit.because().pictureId());
    line.append(String.format(Locale.ROOT, ", %.3f]", hit.because().songDistance()));
    hit.song().firstLines().stream()
        .findFirst()
        .ifPresent(first -> line.append("\n        ").append(first));
    return line.toString();
  }
}
