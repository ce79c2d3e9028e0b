package org.seesong.query;

import java.util.List;
import java.util.Objects;
import org.seesong.vector.FloatVector;

/**
 * What the pictures of hop one agree on: one point of the network in place of several.
 *
 * <p>Single pictures are noisy: one of five may show the right colours and the wrong thing. Their
 * mean stays near where most of them are.
 */
public final class Centroid {
  private Centroid() {}

  /**
   * A picture's say.
   *
   * @param networkVector where it is in the network, not empty
   * @param distance how far it is from the query, at least 0
   */
  public record Vote(FloatVector networkVector, double distance) {
    public Vote {
      Objects.requireNonNull(networkVector, "networkVector");
      if (networkVector.isEmpty()) {
        throw new IllegalArgumentException("networkVector must not be empty");
      }
      if (!(distance >= 0) || Double.isInfinite(distance)) {
        throw new IllegalArgumentException("distance must be finite and at least 0: " + distance);
      }
    }
  }

  /**
   * The mean of the votes' vectors, each with weight exp(-(d/m)^2) for distance d and mean distance
   * m. So weights do not depend on the unit of distances, a picture at distance 0 counts e times as
   * much as an average one and no more, and far ones fade.
   *
   * @param votes the pictures' votes, at least one, all of one dimension
   * @return the weighted mean, summed in doubles; not normalised, which leaves the order of songs
   *     of equal length as it is
   */
  public static FloatVector of(List<Vote> votes) {
    if (votes.isEmpty()) {
      throw new IllegalArgumentException("a consensus needs at least one vote");
    }
    int dimension = votes.get(0).networkVector().dimension();
    double[] weights = weights(votes);
    double[] sum = new double[dimension];
    for (int vote = 0; vote < weights.length; vote++) {
      float[] values = votes.get(vote).networkVector().values();
      if (values.length != dimension) {
        throw new IllegalArgumentException(
            "votes must have one dimension; got: " + dimension + " and " + values.length);
      }
      for (int i = 0; i < dimension; i++) {
        sum[i] += weights[vote] * values[i];
      }
    }
    float[] consensus = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      consensus[i] = (float) sum[i];
    }
    return new FloatVector(consensus);
  }

  /** What each vote counts; all add up to 1. */
  private static double[] weights(List<Vote> votes) {
    double mean = votes.stream().mapToDouble(Vote::distance).average().orElseThrow();
    double[] weights = new double[votes.size()];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double relative = mean == 0 ? 0 : votes.get(i).distance() / mean;
      weights[i] = Math.exp(-relative * relative);
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }
}
