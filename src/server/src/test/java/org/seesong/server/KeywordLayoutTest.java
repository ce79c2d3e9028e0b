package org.seesong.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class KeywordLayoutTest {
  @RepeatedTest(3)
  void discsDoNotOverlap(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    int keywords = 80;
    double[] radius = new double[keywords];
    Arrays.setAll(radius, i -> Math.exp(2 * random.nextDouble()));
    double[][] at = KeywordLayout.place(random(keywords, random), radius);
    for (int i = 0; i < keywords; i++) {
      for (int j = 0; j < i; j++) {
        assertThat(distance(at, i, j)).isGreaterThan(0.97 * (radius[i] + radius[j]));
      }
    }
  }

  @Test
  void keywordsThatGoTogetherAreNeighbours() {
    // Two groups of ten, numbered in turn, so that the order of keywords tells nothing.
    double[][] affinity = new double[20][20];
    for (int i = 0; i < 20; i++) {
      for (int j = 0; j < 20; j++) {
        affinity[i][j] = i % 2 == j % 2 ? 0.5 : 0.01;
      }
    }
    double[] radius = new double[20];
    Arrays.fill(radius, 1);
    double[][] at = KeywordLayout.place(affinity, radius);
    double within = 0;
    double across = 0;
    for (int i = 0; i < 20; i++) {
      for (int j = 0; j < i; j++) {
        within += i % 2 == j % 2 ? distance(at, i, j) / 90 : 0;
        across += i % 2 == j % 2 ? 0 : distance(at, i, j) / 100;
      }
    }
    assertThat(within).isLessThan(0.8 * across);
  }

  @Test
  void theSameInputGivesTheSameBits() {
    double[][] affinity = random(30, new SplittableRandom(1));
    double[] radius = new double[30];
    Arrays.fill(radius, 2);
    assertThat(KeywordLayout.place(affinity, radius))
        .isDeepEqualTo(KeywordLayout.place(affinity, radius));
  }

  @Test
  void keywordsThatShareNothingArePlacedToo() {
    double[] radius = {1, 1, 1};
    double[][] at = KeywordLayout.place(new double[3][3], radius);
    assertThat(distance(at, 0, 1)).isCloseTo(2.3, within(0.5));
    assertThat(KeywordLayout.place(new double[0][0], new double[0])).isEmpty();
    assertThat(KeywordLayout.place(new double[1][1], new double[] {1})[0])
        .doesNotContain(Double.NaN);
  }

  private static double[][] random(int size, SplittableRandom random) {
    double[][] affinity = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        affinity[i][j] = affinity[j][i] = random.nextDouble();
      }
    }
    return affinity;
  }

  private static double distance(double[][] at, int i, int j) {
    return Math.hypot(at[i][0] - at[j][0], at[i][1] - at[j][1]);
  }
}
