package org.seesong.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class AliasTableTest {
  @RepeatedTest(10)
  void drawsInProportionToRandomWeights(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    double[] weights = random.doubles(random.nextInt(1, 50)).map(w -> w * w * w).toArray();
    weights[0] += 0.01;
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    AliasTable table = new AliasTable(weights);
    int draws = 200_000;
    int[] counts = new int[weights.length];
    for (int i = 0; i < draws; i++) {
      counts[table.draw(random)]++;
    }
    for (int i = 0; i < weights.length; i++) {
      double share = weights[i] / sum;
      double fiveSigmas = 5 * Math.sqrt(share * (1 - share) / draws) + 1e-9;
      assertThat(counts[i] / (double) draws).isCloseTo(share, within(fiveSigmas));
    }
  }

  @Test
  void neverDrawsWhatHasNoWeight() {
    AliasTable table = new AliasTable(new double[] {0, 1, 0, 3, 0});
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 100_000; i++) {
      assertThat(table.draw(random)).isIn(1, 3);
    }
  }

  @Test
  void tablesInOneArrayAreDrawnFromApart() {
    AliasTable tables = new AliasTable(new double[] {1, 0, 5, 0, 1, 0}, new int[] {0, 2, 2, 4, 6});
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 10_000; i++) {
      assertThat(tables.draw(random, 0, 2)).isZero();
      assertThat(tables.draw(random, 2, 2)).isZero();
      assertThat(tables.draw(random, 4, 2)).isZero();
    }
  }
}
