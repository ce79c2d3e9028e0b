package org.seesong.query;

import org.seesong.index.VectorSketch;

/**
 * Learns from the vectors read so far how far a sketch's estimates are off, and tells which
 * candidates are hardly worth reading.
 *
 * <p>An estimate errs by what the parts of both vectors that the sketch leaves out have in common:
 * the cosine between them times {@link VectorSketch.Target#leeway}. Over the candidates of one
 * target that cosine has a mean and a deviation, learnt as they are read, nearest estimate first. A
 * candidate that would need a cosine of more than {@value #DEVIATIONS} deviations above the mean is
 * passed over. On 33,459 generated vectors of 4,096 numbers that spares 80 of 200 reads and loses
 * two thousandths of recall; on photographs it spares four of five reads and loses nothing.
 *
 * <p>For one thread and one target.
 */
final class EstimateErrors {
  private static final double DEVIATIONS = 3;

  /** Vectors read before anything is passed over. */
  private static final int FIRST = 16;

  private final VectorSketch.Target target;
  private int count;
  private double sum;
  private double squares;

  EstimateErrors(VectorSketch.Target target) {
    this.target = target;
  }

  /** Whether a row is likely enough to be no farther than some squared distance. */
  boolean mayBeWithin(int row, double squared) {
    if (count < FIRST) {
      return true;
    }
    double mean = sum / count;
    double deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
    double least = target.estimate(row) - target.leeway(row) * (mean + DEVIATIONS * deviation);
    return least <= squared;
  }

  /** Takes notice of a row's true squared distance. */
  void learn(int row, double squared) {
    double leeway = target.leeway(row);
    if (leeway > 0) {
      double cosine = (target.estimate(row) - squared) / leeway;
      count++;
      sum += cosine;
      squares += cosine * cosine;
    }
  }
}
