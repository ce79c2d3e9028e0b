package org.seesong.knn;

import java.util.Comparator;

/**
 * A document near a target.
 *
 * @param document its number in Lucene
 * @param documentId its id, of kind and owner's id
 * @param squaredDistance squared Euclidean distance to the target
 */
public record Neighbour(int document, String documentId, float squaredDistance) {
  /** Nearest first, ties in the order of ids. */
  public static final Comparator<Neighbour> NEAREST =
      (a, b) -> {
        int order = Float.compare(a.squaredDistance, b.squaredDistance);
        return order != 0 ? order : a.documentId.compareTo(b.documentId);
      };

  /** How far it is. */
  public double distance() {
    return Math.sqrt(squaredDistance);
  }
}
