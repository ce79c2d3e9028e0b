package org.seesong.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seesong.query.HopOne.Anchor;
import org.seesong.select.Confidence.Neighbour;
import org.seesong.vector.FloatVector;

/**
 * Moves graph embeddings by {@link KeywordBoost}s. Immutable.
 *
 * @param boosts weights by keyword, of keywords that have a direction
 * @param shift the sum of their directions by weight
 */
record BoostedEmbeddings(Map<String, Double> boosts, double[] shift) {
  /** Below this length a sum of unit vectors is rounding. */
  private static final double LEAST_LENGTH = 1e-6;

  /** The pictures with embeddings moved; without those of which boosts leave no direction. */
  List<Anchor> move(List<Anchor> connected) {
    if (boosts.isEmpty()) {
      return connected;
    }
    List<Anchor> moved = new ArrayList<>(connected.size());
    for (Anchor anchor : connected) {
      float[] embedding = move(anchor.embedding().values());
      if (embedding.length > 0) {
        moved.add(new Anchor(anchor.hit(), new FloatVector(embedding)));
      }
    }
    return moved;
  }

  /** An embedding moved, of the same length; empty if boosts leave no direction. */
  float[] move(float[] embedding) {
    if (boosts.isEmpty()) {
      return embedding;
    }
    double length = new FloatVector(embedding).norm();
    double[] sum = new double[embedding.length];
    double square = 0;
    for (int i = 0; i < sum.length; i++) {
      sum[i] = (length > 0 ? embedding[i] / length : 0) + shift[i];
      square += sum[i] * sum[i];
    }
    double norm = Math.sqrt(square);
    if (norm < LEAST_LENGTH) {
      return new float[0];
    }
    float[] moved = new float[sum.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = (float) (length / norm * sum[i]);
    }
    return moved;
  }

  /**
   * Pictures as a song's confidence sees them: each keyword's share of a picture's keywords grows
   * by its weight, as the embedding does in its direction.
   */
  List<Neighbour> weigh(List<Neighbour> pictures) {
    return boosts.isEmpty() ? pictures : pictures.stream().map(this::weigh).toList();
  }

  private Neighbour weigh(Neighbour picture) {
    if (picture.keywords().isEmpty()) {
      return picture;
    }
    double sum = picture.keywords().values().stream().mapToDouble(Double::doubleValue).sum();
    Map<String, Double> shares = new LinkedHashMap<>();
    picture.keywords().forEach((keyword, weight) -> shares.put(keyword, weight / sum));
    boosts.forEach((keyword, weight) -> shares.merge(keyword, weight, Double::sum));
    shares.values().removeIf(share -> share <= 0);
    return new Neighbour(picture.distance(), shares);
  }
}
