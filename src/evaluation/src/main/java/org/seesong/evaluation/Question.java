package org.seesong.evaluation;

import java.util.List;

/**
 * What every method is told of a query picture. Neither its keyword nor any network vector.
 *
 * @param number the query's number, from 0
 * @param nearest the five pictures of the index that look most like it, nearest first; if none of
 *     these has keywords, the five nearest that have
 */
record Question(int number, List<SeenPicture> nearest) {
  Question {
    nearest = List.copyOf(nearest);
  }

  /**
   * A picture that hop one found.
   *
   * @param picture its number
   * @param distance Euclidean distance of visual vectors
   * @param keywords keywords its owner gave it
   */
  record SeenPicture(int picture, double distance, int[] keywords) {}
}
