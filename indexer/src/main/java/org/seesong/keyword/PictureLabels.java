package org.seesong.keyword;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.seesong.catalogue.Picture;
import org.seesong.index.WeightedKeyword;

/** Owners' labels of pictures as rows of a vocabulary; words outside it are left aside. */
final class PictureLabels {
  private PictureLabels() {}

  static KeywordRows rows(List<Picture> pictures, Vocabulary vocabulary) {
    KeywordRows.Builder rows = new KeywordRows.Builder();
    Map<String, Integer> ids = new HashMap<>();
    for (Picture picture : pictures) {
      TreeMap<Integer, Float> row = new TreeMap<>();
      for (WeightedKeyword keyword : picture.keywords()) {
        int id = ids.computeIfAbsent(keyword.keyword(), vocabulary::idOf);
        if (id >= 0) {
          row.merge(id, inRange(keyword.weight()), Math::max);
        }
      }
      row.forEach(rows::add);
      rows.endRow();
    }
    return rows.build();
  }

  /** A weight that a double can hold but a float cannot is brought to the nearest one that can. */
  private static float inRange(double weight) {
    return (float) Math.min(Float.MAX_VALUE, Math.max(Float.MIN_NORMAL, weight));
  }
}
