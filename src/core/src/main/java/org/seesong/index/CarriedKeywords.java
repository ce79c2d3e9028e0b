package org.seesong.index;

import java.util.List;
import java.util.Objects;

/**
 * What a document of an index carries.
 *
 * @param isSong whether it is a song, else a picture
 * @param id the owner's name for it
 * @param keywords in the order they were indexed
 */
public record CarriedKeywords(boolean isSong, String id, List<WeightedKeyword> keywords) {
  public CarriedKeywords {
    Objects.requireNonNull(id, "id");
    keywords = List.copyOf(keywords);
  }
}
