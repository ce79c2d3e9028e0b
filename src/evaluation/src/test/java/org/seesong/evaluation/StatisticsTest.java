package org.seesong.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  private final Statistics statistics = new Statistics(1);

  private static double mcNemar(int onlyOne, int onlyOther) {
    double[] one = new double[onlyOne + onlyOther];
    double[] other = new double[one.length];
    Arrays.fill(one, 0, onlyOne, 1);
    Arrays.fill(other, onlyOne, one.length, 1);
    return Statistics.mcNemar(one, other);
  }

  @Test
  void mcNemarsTestIsExact() {
    assertThat(mcNemar(0, 0)).isEqualTo(1);
    assertThat(mcNemar(0, 5)).isCloseTo(2 / 32.0, within(1e-12));
    assertThat(mcNemar(1, 5)).isCloseTo(2 * 7 / 64.0, within(1e-12));
    assertThat(mcNemar(5, 5)).isEqualTo(1);
    assertThat(mcNemar(400, 600)).isBetween(1e-11, 1e-9);
    assertThat(mcNemar(20_000, 30_000)).isBetween(0.0, 1e-300);
  }

  @Test
  void mcNemarLooksAtDisagreementsOnly() {
    double[] one = {1, 1, 1, 1, 1, 1, 0, 0};
    double[] other = {0, 0, 0, 0, 0, 1, 0, 0};
    assertThat(Statistics.mcNemar(one, other)).isCloseTo(2 / 32.0, within(1e-12));
    assertThat(Statistics.mcNemar(one, other)).isEqualTo(Statistics.mcNemar(other, one));
    assertThat(Statistics.mcNemar(one, one)).isEqualTo(1);
  }

  @Test
  void intervalsCoverTheMeanAboutAsOftenAsTheySay() {
    SplittableRandom random = new SplittableRandom(7);
    int covered = 0;
    for (int trial = 0; trial < 100; trial++) {
      double[] values = random.doubles(200).toArray();
      Interval interval = new Statistics(trial).mean(values);
      covered += interval.low() <= 0.5 && interval.high() >= 0.5 ? 1 : 0;
    }
    assertThat(covered).isBetween(88, 100);
  }

  @Test
  void thePairedTestSeesADifferenceAndOnlyThat() {
    SplittableRandom random = new SplittableRandom(3);
    double[] one = random.doubles(400).toArray();
    double[] better = IntStream.range(0, 400).mapToDouble(i -> one[i] + 0.05).toArray();
    double[] noisy =
        IntStream.range(0, 400).mapToDouble(i -> one[i] + random.nextDouble() - 0.5).toArray();
    assertThat(statistics.pairedBootstrap(better, one)).isLessThan(0.001);
    assertThat(statistics.pairedBootstrap(noisy, one)).isGreaterThan(0.01);
    assertThat(statistics.pairedBootstrap(one, one)).isEqualTo(1);
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    double[] values = {0, 1, 1, 0.5, 0.25};
    assertThat(new Statistics(9).mean(values)).isEqualTo(new Statistics(9).mean(values));
    assertThat(statistics.mean(new double[] {0.5})).isEqualTo(new Interval(0.5, 0.5, 0.5));
    assertThat(statistics.mean(new double[0]))
        .isEqualTo(new Interval(Double.NaN, Double.NaN, Double.NaN));
  }

  @Test
  void thePermutationTestIsThatOfAllSigns() {
    double[] differences = {0.1, 0.2, 0.3, 0.05, 0.15, 0.02, 0.3, 0.4};
    assertThat(statistics.permutation(differences)).isBetween(1.5 / 256, 2.5 / 256);
    assertThat(statistics.permutation(new double[] {0.1, -0.1, 0.1, -0.1})).isEqualTo(1);
    assertThat(statistics.permutation(new double[0])).isEqualTo(1);
  }
}
