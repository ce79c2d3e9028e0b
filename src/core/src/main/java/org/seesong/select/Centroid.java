package org.seesong.select;

import java.util.List;
import java.util.Objects;
import org.seesong.vector.FloatVector;

/**
 * Weighted mean of the graph embeddings of the pictures that hop one found. Single pictures are
 * noisy; their mean stays near where most of them are.
 *
 * @param vector the mean, not normalised; empty for none, then there is nothing to cover
 * @param nearestPicture owner's id of the picture nearest to the query; seeds the order of equally
 *     good songs
 */
public record Centroid(FloatVector vector, String nearestPicture) {
  /** Of no pictures. */
  public static final Centroid NONE = new Centroid(FloatVector.empty(), "");

  public Centroid {
    Objects.requireNonNull(vector, "vector");
    Objects.requireNonNull(nearestPicture, "nearestPicture");
  }

  /**
   * A picture of hop one.
   *
   * @param id the owner's id
   * @param embedding its graph embedding, not empty
   * @param distance from the query, finite and at least 0
   */
  public record Member(String id, FloatVector embedding, double distance) {
    public Member {
      Objects.requireNonNull(id, "id");
      if (embedding.isEmpty()) {
        throw new IllegalArgumentException("embedding of picture '" + id + "' must not be empty");
      }
      if (!(distance >= 0) || Double.isInfinite(distance)) {
        throw new IllegalArgumentException("distance must be finite and at least 0: " + distance);
      }
    }
  }

  /**
   * The mean of pictures with weights exp(-(d/m)^2) for distance d and mean distance m, so that
   * weights do not depend on the unit of distances and a picture at distance 0 counts e times as
   * much as an average one.
   *
   * @param pictures nearest first, all of one dimension
   * @return the mean, summed in doubles; {@link #NONE} of no pictures
   */
  public static Centroid of(List<Member> pictures) {
    if (pictures.isEmpty()) {
      return NONE;
    }
    int dimension = pictures.get(0).embedding().dimension();
    double[] weights = weights(pictures);
    double[] sum = new double[dimension];
    for (int picture = 0; picture < weights.length; picture++) {
      float[] values = pictures.get(picture).embedding().values();
      if (values.length != dimension) {
        throw new IllegalArgumentException(
            "pictures must have one dimension; got: " + dimension + " and " + values.length);
      }
      for (int i = 0; i < dimension; i++) {
        sum[i] += weights[picture] * values[i];
      }
    }
    float[] mean = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      mean[i] = (float) sum[i];
    }
    return new Centroid(new FloatVector(mean), pictures.get(0).id());
  }

  /** Weights that add up to 1. */
  private static double[] weights(List<Member> pictures) {
    double mean = pictures.stream().mapToDouble(Member::distance).average().orElseThrow();
    double[] weights = new double[pictures.size()];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double relative = mean == 0 ? 0 : pictures.get(i).distance() / mean;
      weights[i] = Math.exp(-relative * relative);
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }
}
