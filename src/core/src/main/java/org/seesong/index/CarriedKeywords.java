package org.seesong.index;

import java.util.List;

/**
 * What a document of an index carries.
 *
 * @param isSong whether it is a song, else a picture
 * @param keywords in the order they were indexed
 */
public record CarriedKeywords(boolean isSong, List<WeightedKeyword> keywords) {
  public CarriedKeywords {
    keywords = List.copyOf(keywords);
  }
}
