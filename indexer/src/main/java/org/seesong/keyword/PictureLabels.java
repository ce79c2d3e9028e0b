package org.seesong.keyword;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.seesong.catalogue.Picture;
import org.seesong.index.WeightedKeyword;

/**
 * Labels of pictures as rows of a vocabulary: their owners', else those of a network's classes.
 * Words outside the vocabulary are left aside.
 */
final class PictureLabels {
  private PictureLabels() {}

  /**
   * @param ofClasses keywords of each picture by its classes, for pictures without labels
   */
  static KeywordRows rows(List<Picture> pictures, Vocabulary vocabulary, KeywordRows ofClasses) {
    KeywordRows.Builder rows = new KeywordRows.Builder();
    Map<String, Integer> ids = new HashMap<>();
    for (int i = 0; i < pictures.size(); i++) {
      Picture picture = pictures.get(i);
      TreeMap<Integer, Float> row = new TreeMap<>();
      for (WeightedKeyword keyword : picture.keywords()) {
        int id = ids.computeIfAbsent(keyword.keyword(), vocabulary::idOf);
        if (id >= 0) {
          row.merge(id, inRange(keyword.weight()), Math::max);
        }
      }
      for (int at = ofClasses.start(i);
          picture.keywords().isEmpty() && at < ofClasses.end(i);
          at++) {
        row.put(ofClasses.keywords()[at], ofClasses.weights()[at]);
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
