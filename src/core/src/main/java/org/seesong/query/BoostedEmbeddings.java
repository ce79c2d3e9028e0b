package org.seesong.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seesong.query.HopOne.Anchor;
import org.seesong.select.Confidence.Neighbour;
import org.seesong.vector.FloatVector;

/**
 * Moves graph embeddings by {@link KeywordBoost}s; {@link TwoHopSearcher} does so for its index.
 * Immutable.
 *
 * @param boosts weights by keyword, of keywords that have a direction
 * @param shift the sum of their directions by weight; never written to
 */
public record BoostedEmbeddings(Map<String, Double> boosts, double[] shift) {
  /** Without boosts. */
  public static final BoostedEmbeddings NONE = new BoostedEmbeddings(Map.of(), new double[0]);

  /** Below this length a sum of unit vectors, or a difference of means, is rounding. */
  private static final double LEAST_LENGTH = 1e-6;

  /** Knows where keywords lead. */
  @FunctionalInterface
  public interface Directions {
    /** The {@link #direction} of a keyword; nothing where nothing carries it, or all alike. */
    Optional<double[]> of(String keyword) throws IOException;
  }

  /** The boosts of keywords that have a direction. */
  public static BoostedEmbeddings of(List<KeywordBoost> boosts, Directions directions)
      throws IOException {
    Map<String, Double> weights = new LinkedHashMap<>();
    double[] shift = new double[0];
    for (KeywordBoost boost : boosts) {
      Optional<double[]> direction = directions.of(boost.keyword());
      if (direction.isPresent()) {
        weights.put(boost.keyword(), boost.weight());
        double[] values = direction.get();
        shift = shift.length == 0 ? new double[values.length] : shift;
        for (int i = 0; i < shift.length; i++) {
          shift[i] += boost.weight() * values[i];
        }
      }
    }
    return new BoostedEmbeddings(weights, shift);
  }

  /**
   * The direction of a keyword.
   *
   * @param carriers mean embedding of the pictures, or songs, that carry it
   * @param all mean embedding of all of them
   * @return of length 1; nothing where the carriers are like all
   */
  public static Optional<double[]> direction(float[] carriers, float[] all) {
    double[] difference = new double[carriers.length];
    double square = 0;
    for (int i = 0; i < difference.length; i++) {
      difference[i] = (double) carriers[i] - all[i];
      square += difference[i] * difference[i];
    }
    double norm = Math.sqrt(square);
    if (norm < LEAST_LENGTH) {
      return Optional.empty();
    }
    for (int i = 0; i < difference.length; i++) {
      difference[i] /= norm;
    }
    return Optional.of(difference);
  }

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
  public float[] move(float[] embedding) {
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
  public List<Neighbour> weigh(List<Neighbour> pictures) {
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
