package org.seesong.build;

import java.util.List;
import org.seesong.keyword.ScriptFolder;
import org.seesong.relevance.LyricFeatures;

/** The lines of lyrics that say most of a song: what its text embedding is made of. */
final class TellingLines {
  /** Lines at most; those of the heaviest keywords. */
  private static final int LINES = 2;

  /**
   * Words at most, a Chinese character counted as one: encoding costs by the word, and an index has
   * as many texts as songs.
   */
  private static final int WORDS = 24;

  private TellingLines() {}

  /**
   * The text.
   *
   * @param keywordLines lines that hold the song's keywords, the heaviest first; "" where there is
   *     none
   * @param firstLines how the lyrics begin, for songs without keywords
   * @return in one script; "" for a song without words
   */
  static String of(List<String> keywordLines, List<String> firstLines, ScriptFolder folder) {
    List<String> lines =
        keywordLines.stream().filter(line -> !line.isEmpty()).distinct().limit(LINES).toList();
    StringBuilder text = new StringBuilder();
    int words = 0;
    for (String line : lines.isEmpty() ? firstLines : lines) {
      int more = LyricFeatures.words(line, 0);
      if (words > 0 && words + more > WORDS) {
        break;
      }
      text.append(words > 0 ? " " : "").append(line.strip());
      words += more;
    }
    return folder.fold(text.toString());
  }
}
