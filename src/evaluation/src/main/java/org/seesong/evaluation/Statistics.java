package org.seesong.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.inference.BinomialTest;

/**
 * Confidence intervals and paired tests, from a seed. The bootstrap and the permutation test are
 * ours, since commons-statistics has neither; it computes the binomial test.
 *
 * <p>Intervals are percentiles of 2,000 bootstrap samples (Efron and Tibshirani, An Introduction to
 * the Bootstrap, 1993). The paired bootstrap draws 10,000 samples of the differences and doubles
 * the smaller share of sample means on either side of 0.
 */
record Statistics(long seed) {
  private static final int INTERVAL_SAMPLES = 2000;
  private static final int TEST_SAMPLES = 10_000;

  /** The mean with its interval, which is the mean itself for one value; NaN for none. */
  Interval mean(double[] values) {
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    return interval(
        mean,
        values.length,
        sample -> Arrays.stream(sample).mapToDouble(i -> values[i]).average().orElse(0));
  }

  /**
   * A figure that is no mean, such as a number of distinct songs: resampling shifts it, because a
   * sample holds some queries twice and others not at all, so the interval is the samples' spread
   * around the figure itself.
   */
  Interval centered(double value, int queries, ToDoubleFunction<int[]> figure) {
    Interval shifted = interval(value, queries, figure);
    double middle = (shifted.low() + shifted.high()) / 2;
    return new Interval(value, value + shifted.low() - middle, value + shifted.high() - middle);
  }

  private Interval interval(double value, int queries, ToDoubleFunction<int[]> figure) {
    if (queries == 0) {
      return new Interval(value, value, value);
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] samples = new double[INTERVAL_SAMPLES];
    int[] drawn = new int[queries];
    for (int sample = 0; sample < samples.length; sample++) {
      Arrays.setAll(drawn, i -> random.nextInt(queries));
      samples[sample] = figure.applyAsDouble(drawn);
    }
    Arrays.sort(samples);
    return new Interval(
        value,
        samples[(int) (0.025 * samples.length)],
        samples[(int) (0.975 * samples.length) - 1]);
  }

  /** Two-sided p for means over the same queries, by the bootstrap. */
  double pairedBootstrap(double[] one, double[] other) {
    SplittableRandom random = new SplittableRandom(seed);
    int below = 0;
    int above = 0;
    for (int sample = 0; sample < TEST_SAMPLES; sample++) {
      double sum = 0;
      for (int i = 0; i < one.length; i++) {
        int query = random.nextInt(one.length);
        sum += one[query] - other[query];
      }
      below += sum <= 0 ? 1 : 0;
      above += sum >= 0 ? 1 : 0;
    }
    return Math.min(1, 2.0 * (Math.min(below, above) + 1) / (TEST_SAMPLES + 1));
  }

  /**
   * Two-sided p for a mean of paired differences, by Fisher's permutation test: the share of 10,000
   * random choices of signs with a mean as far from 0 (Smucker, Allan and Carterette, CIKM 2007).
   */
  double permutation(double[] differences) {
    double observed = Math.abs(Arrays.stream(differences).sum());
    SplittableRandom random = new SplittableRandom(seed);
    int asFar = 0;
    for (int sample = 0; sample < TEST_SAMPLES; sample++) {
      double sum = 0;
      for (double difference : differences) {
        sum += random.nextBoolean() ? difference : -difference;
      }
      asFar += Math.abs(sum) >= observed - 1e-12 ? 1 : 0;
    }
    return (asFar + 1.0) / (TEST_SAMPLES + 1);
  }

  /** McNemar's exact test for scores of 0 and 1; means over seeds count as hits from a half on. */
  static double mcNemar(double[] one, double[] other) {
    int onlyOne = 0;
    int onlyOther = 0;
    for (int i = 0; i < one.length; i++) {
      boolean first = one[i] >= 0.5;
      boolean second = other[i] >= 0.5;
      onlyOne += first && !second ? 1 : 0;
      onlyOther += second && !first ? 1 : 0;
    }
    int disagreements = onlyOne + onlyOther;
    return disagreements == 0
        ? 1
        : BinomialTest.withDefaults().test(disagreements, onlyOne, 0.5).getPValue();
  }
}
