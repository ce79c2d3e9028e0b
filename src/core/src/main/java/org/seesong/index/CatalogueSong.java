package org.seesong.index;

import java.util.List;

/**
 * A song as the index tells it.
 *
 * @param id the owner's name for it
 * @param details what the owner says about it
 * @param keywords its keywords, in the order they were indexed
 * @param keywordLines for each of the first keywords a line of the lyrics that holds it, or ""
 * @param firstLines the first lines of its lyrics
 */
public record CatalogueSong(
    String id,
    SongDetails details,
    List<WeightedKeyword> keywords,
    List<String> keywordLines,
    List<String> firstLines) {
  public CatalogueSong {
    keywords = List.copyOf(keywords);
    keywordLines = List.copyOf(keywordLines);
    firstLines = List.copyOf(firstLines);
    IndexLayout.checkKeywordLines(keywords, keywordLines);
  }

  /**
   * The line of a keyword.
   *
   * @param position of the keyword among {@code keywords}
   * @return a line of the lyrics that holds it, as written; "" if none is known
   */
  public String keywordLine(int position) {
    return position < keywordLines.size() ? keywordLines.get(position) : "";
  }
}
