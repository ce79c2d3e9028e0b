package org.seesong.build;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seesong.index.WeightedKeyword;
import org.seesong.keyword.KeywordRows;
import org.seesong.keyword.LyricLines;
import org.seesong.keyword.Vocabulary;

/** The lines of lyrics that show a song's keywords: those in which they were counted first. */
final class KeywordLines {
  /** Keywords of a song whose lines are stored: the heaviest, which answers name first. */
  private static final int MOST_KEYWORDS = 10;

  private KeywordLines() {}

  /** For each of the first keywords the first line in which it was counted, or "". */
  static List<String> of(
      List<WeightedKeyword> carried,
      Vocabulary vocabulary,
      KeywordRows rows,
      int row,
      LyricLines lyrics) {
    Map<String, Integer> positions = new HashMap<>();
    for (int i = rows.offsets()[row]; i < rows.offsets()[row + 1]; i++) {
      positions.put(vocabulary.displays().get(rows.keywords()[i]), rows.firstInLyrics()[i]);
    }
    List<String> lines = new ArrayList<>();
    for (WeightedKeyword keyword : carried.subList(0, Math.min(MOST_KEYWORDS, carried.size()))) {
      lines.add(lyrics.at(positions.getOrDefault(keyword.keyword(), -1)));
    }
    return lines;
  }
}
