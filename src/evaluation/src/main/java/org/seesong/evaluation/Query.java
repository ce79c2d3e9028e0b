package org.seesong.evaluation;

import java.util.List;

/**
 * What every system sees of a query picture: neither its keywords nor any graph embedding.
 *
 * @param number the query's number, from 0
 * @param nearest the five nearest pictures of the index, nearest first; if none of these has
 *     keywords, the five nearest that have
 */
record Query(int number, List<Neighbor> nearest) {
  Query {
    nearest = List.copyOf(nearest);
  }

  /**
   * A neighbour of the query picture.
   *
   * @param picture its number in the {@link PictureTable}
   * @param distance Euclidean distance of the image embeddings
   * @param keywords keywords that its owner gave it
   */
  record Neighbor(int picture, double distance, int[] keywords) {}
}
