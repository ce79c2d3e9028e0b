package org.seesong.index;

import java.util.List;

/**
 * A song as the index tells it.
 *
 * @param id the owner's name for it
 * @param details what the owner says about it
 * @param keywords its keywords, in the order they were indexed
 * @param firstLines the first lines of its lyrics
 */
public record CatalogueSong(
    String id, SongDetails details, List<WeightedKeyword> keywords, List<String> firstLines) {
  public CatalogueSong {
    keywords = List.copyOf(keywords);
    firstLines = List.copyOf(firstLines);
  }
}
