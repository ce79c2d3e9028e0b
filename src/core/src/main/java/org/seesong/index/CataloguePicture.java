package org.seesong.index;

import java.util.List;

/**
 * A picture as the index tells it.
 *
 * @param id the owner's name for it
 * @param path where the owner says it is
 * @param keywords its keywords, in the order they were indexed
 */
public record CataloguePicture(String id, String path, List<WeightedKeyword> keywords) {
  public CataloguePicture {
    keywords = List.copyOf(keywords);
  }
}
