package org.seesong.likeness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seesong.keyword.KeywordRows;

/** Pictures of two kinds, told apart by the sign of one of twelve numbers. */
class LabelRegressionTest {
  private static final int DIMENSION = 12;

  private record Pictures(float[][] rows) implements PictureVectors {
    @Override
    public int size() {
      return rows.length;
    }

    @Override
    public int dimension() {
      return DIMENSION;
    }

    @Override
    public boolean read(int picture, float[] into) {
      System.arraycopy(rows[picture], 0, into, 0, DIMENSION);
      return true;
    }
  }

  private static Pictures pictures(int number) {
    Random random = new Random(5);
    float[][] rows = new float[number][DIMENSION];
    for (int i = 0; i < number; i++) {
      for (int j = 0; j < DIMENSION; j++) {
        rows[i][j] = (float) random.nextGaussian();
      }
      rows[i][3] = (i % 2 == 0 ? 1 : -1) * (0.6f + random.nextFloat());
    }
    return new Pictures(rows);
  }

  private static KeywordRows labels(int number, int unlabelledFrom, int wrong) {
    KeywordRows.Builder labels = new KeywordRows.Builder();
    for (int i = 0; i < number; i++) {
      if (i < unlabelledFrom) {
        labels.add((i == wrong ? i + 1 : i) % 2, 1);
      }
      labels.endRow();
    }
    return labels.build();
  }

  @Test
  void unlabelledPicturesGetTheKeywordOfTheirSide() throws Exception {
    float[][] foretold =
        LabelRegression.foretell(
            labels(200, 150, -1), pictures(200), IntStream.range(0, 150).toArray(), 2, 2);
    int right = 0;
    for (int i = 150; i < 200; i++) {
      assertThat(foretold[i][0] + foretold[i][1]).isCloseTo(1, within(1e-5f));
      right += foretold[i][i % 2] > 0.5 ? 1 : 0;
    }
    assertThat(right).isGreaterThanOrEqualTo(46);
  }

  @Test
  void aPicturesOwnLabelHasNoSay() throws Exception {
    int[] labelled = IntStream.range(0, 100).toArray();
    float[][] as = LabelRegression.foretell(labels(100, 100, -1), pictures(100), labelled, 2, 1);
    float[][] wrong = LabelRegression.foretell(labels(100, 100, 40), pictures(100), labelled, 2, 1);
    assertThat(wrong[40][0]).isCloseTo(as[40][0], within(0.05f));
  }

  @Test
  void threadsChangeNothing() throws Exception {
    int[] labelled = IntStream.range(0, 60).toArray();
    float[][] one = LabelRegression.foretell(labels(80, 60, 7), pictures(80), labelled, 2, 1);
    float[][] three = LabelRegression.foretell(labels(80, 60, 7), pictures(80), labelled, 2, 3);
    assertThat(three).isDeepEqualTo(one);
  }

  @Test
  void picturesThatAreAllTheSameGetTheMean() throws Exception {
    float[][] rows = new float[4][DIMENSION];
    for (float[] row : rows) {
      row[0] = 1;
    }
    float[][] foretold =
        LabelRegression.foretell(labels(4, 2, -1), new Pictures(rows), new int[] {0, 1}, 2, 1);
    assertThat(foretold[3]).containsExactly(new float[] {0.5f, 0.5f}, within(1e-5f));
  }
}
