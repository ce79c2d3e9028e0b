package org.seesong.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.lucene.util.hnsw.RandomAccessVectorValues;
import org.junit.jupiter.api.Test;

class ByteCodesTest {
  private static float[] vector(int dimension, double size, SplittableRandom random) {
    float[] values = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      values[i] = random.nextInt(3) == 0 ? 0 : (float) (size * random.nextDouble(-1, 1));
    }
    return values;
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  @Test
  void theLeastDistanceIsNeverAboveTheTrueOneAndNearItForSensibleVectors() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int dimension : new int[] {1, 7, 64, 1280, 4097}) {
      List<float[]> vectors = new ArrayList<>();
      for (double size : new double[] {0, 1e-44, 1e-20, 1, 1, 1, 30, 1e12}) {
        vectors.add(vector(dimension, size, random));
      }
      ByteCodes codes = ByteCodes.of(RandomAccessVectorValues.fromFloats(vectors, dimension));
      for (float[] vector : vectors) {
        ByteCodes.Target target = codes.target(vector);
        for (int row = 0; row < vectors.size(); row++) {
          double distance = distance(vector, vectors.get(row));
          double least = target.leastDistance(row);
          assertThat(least * (1 - 1e-3)).isLessThanOrEqualTo(distance);
          if (row >= 3 && row < 6 && dimension > 64 && distance > 0 && distance < 100) {
            assertThat(least).isGreaterThan(0.9 * distance);
          }
        }
      }
    }
  }

  @Test
  void aTargetOfAnotherDimensionIsRefused() {
    assertThatThrownBy(() -> ByteCodes.NONE.target(new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("target has 3 dimensions, vectors 0");
  }
}
