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
 * Parts labelled pictures into those that are indexed and those that queries are made of.
 *
 * <p>The share is taken of each keyword apart (of the first, where a picture has several), so that
 * rare keywords are asked for too; a keyword's share is rounded, and one with a single picture
 * keeps it. Pictures without keywords are indexed. The same pictures and seed give the same split.
 *
 * @param indexed pictures to index, in the catalogue's order
 * @param queries pictures to ask with, in the catalogue's order
 */
public record QuerySplit(List<Picture> indexed, List<Picture> queries) {
  public QuerySplit {
    indexed = List.copyOf(indexed);
    queries = List.copyOf(queries);
  }

  /**
   * Splits.
   *
   * @param pictures all pictures
   * @param share share of the labelled ones to ask with, above 0 and below 1
   * @param seed start of the drawing
   * @return the parts
   * @throws IllegalArgumentException if the share is out of range
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
    Set<String> asked = new HashSet<>();
    for (List<Picture> mine : byKeyword.values()) {
      Collections.shuffle(mine, random);
      long number = Math.min(mine.size() - 1L, Math.round(share * mine.size()));
      mine.subList(0, (int) number).forEach(picture -> asked.add(picture.id()));
    }
    return new QuerySplit(
        pictures.stream().filter(picture -> !asked.contains(picture.id())).toList(),
        pictures.stream().filter(picture -> asked.contains(picture.id())).toList());
  }
}
