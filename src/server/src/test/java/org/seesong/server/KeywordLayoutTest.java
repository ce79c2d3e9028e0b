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
    double[][] at = place(random(keywords, random), radius);
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
    double[][] at = place(affinity, radius);
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
    assertThat(place(affinity, radius)).isDeepEqualTo(place(affinity, radius));
  }

  @Test
  void keywordsThatShareNothingArePlacedToo() {
    double[] radius = {1, 1, 1};
    double[][] at = place(new double[3][3], radius);
    assertThat(distance(at, 0, 1)).isCloseTo(2.3, within(0.5));
    assertThat(place(new double[0][0], new double[0])).isEmpty();
    assertThat(place(new double[1][1], new double[] {1})[0]).doesNotContain(Double.NaN);
  }

  @Test
  void anchoredKeywordsStayWhereTheyWere() {
    SplittableRandom random = new SplittableRandom(5);
    double[][] affinity = random(60, random);
    double[] radius = new double[60];
    Arrays.setAll(radius, i -> Math.exp(2 * random.nextDouble()));
    // The last five are new, and all others have grown a little.
    double[][] before = place(crop(affinity, 55), Arrays.copyOf(radius, 55));
    double[] grown = Arrays.stream(radius).map(r -> r * (1 + 0.05 * random.nextDouble())).toArray();
    double[][] after = KeywordLayout.place(affinity, grown, Arrays.copyOf(before, 60));
    double[][] anew = place(affinity, grown);
    double extent =
        Arrays.stream(before).mapToDouble(at -> Math.hypot(at[0], at[1])).max().orElseThrow();
    double moved = 0;
    double movedAnew = 0;
    for (int i = 0; i < 55; i++) {
      moved += Math.hypot(after[i][0] - before[i][0], after[i][1] - before[i][1]) / 55 / extent;
      movedAnew += Math.hypot(anew[i][0] - before[i][0], anew[i][1] - before[i][1]) / 55 / extent;
    }
    assertThat(moved).as("mean way in radii of the map").isLessThan(0.2);
    assertThat(movedAnew).as("the same without anchors").isGreaterThan(3 * moved);
    for (int i = 0; i < 60; i++) {
      for (int j = 0; j < i; j++) {
        assertThat(distance(after, i, j)).isGreaterThan(0.97 * (grown[i] + grown[j]));
      }
    }
  }

  private static double[][] crop(double[][] affinity, int size) {
    return Arrays.stream(affinity)
        .limit(size)
        .map(row -> Arrays.copyOf(row, size))
        .toArray(double[][]::new);
  }

  private static double[][] place(double[][] affinity, double[] radius) {
    return KeywordLayout.place(affinity, radius, new double[radius.length][]);
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
