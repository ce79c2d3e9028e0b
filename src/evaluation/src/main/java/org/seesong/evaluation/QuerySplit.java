package org.seesong.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.seesong.catalogue.Picture;

/**
 * Splits labelled pictures into those to index and those to query with.
 *
 * <p>The share is taken of each keyword (of the first, where a picture has several), rounded, so
 * that rare keywords have queries, too; one with a single picture keeps it. Pictures without
 * keywords are indexed. The same pictures and seed give the same split, in the catalogue's order.
 */
public record QuerySplit(List<Picture> indexed, List<Picture> queries) {
  public QuerySplit {
    indexed = List.copyOf(indexed);
    queries = List.copyOf(queries);
  }

  /**
   * Splits.
   *
   * @param share share of the labelled pictures to query with
   * @throws IllegalArgumentException if the share is not above 0 and below 1
   */
  public static QuerySplit of(List<Picture> pictures, double share, long seed) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("split must be above 0 and below 1; got: " + share);
    }
    Map<String, List<Picture>> byKeyword = new TreeMap<>();
    for (Picture picture : pictures) {
      if (!picture.keywords().isEmpty()) {
        String keyword = picture.keywords().get(0).keyword();
        byKeyword.computeIfAbsent(keyword, k -> new ArrayList<>()).add(picture);
      }
    }
    Random random = new Random(seed);
    Set<String> held = new HashSet<>();
    for (List<Picture> mine : byKeyword.values()) {
      Collections.shuffle(mine, random);
      long number = Math.min(mine.size() - 1L, Math.round(share * mine.size()));
      mine.subList(0, (int) number).forEach(picture -> held.add(picture.id()));
    }
    return new QuerySplit(
        pictures.stream().filter(picture -> !held.contains(picture.id())).toList(),
        pictures.stream().filter(picture -> held.contains(picture.id())).toList());
  }
}
