package org.seesong.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Random steps, by the fastest kernel there is, by the plain one, and by the formula. */
class SgnsKernelTest {
  private static final int ROWS = 9;

  @RepeatedTest(20)
  void aStepIsTheFormula(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    int stride = 8 * random.nextInt(1, 20);
    float[] vectors = floats(random, ROWS * stride);
    float[] contexts = floats(random, (ROWS + 1) * stride);
    Arrays.fill(contexts, ROWS * stride, (ROWS + 1) * stride, 0);
    int[] step = step(random, stride);

    float[][] plain = {vectors.clone(), contexts.clone()};
    new PlainSgnsKernel().run(plain[0], plain[1], stride, step, 1, 0.5f);
    float[][] fastest = {vectors.clone(), contexts.clone()};
    SgnsKernel.fastest().run(fastest[0], fastest[1], stride, step, 1, 0.5f);
    assertThat(fastest[0]).containsExactly(plain[0]);
    assertThat(fastest[1]).containsExactly(plain[1]);

    double[][] expected = {doubles(vectors), doubles(contexts)};
    byFormula(expected[0], expected[1], stride, step);
    for (int array = 0; array < 2; array++) {
      for (int i = 0; i < expected[array].length; i++) {
        assertThat((double) plain[array][i]).isCloseTo(expected[array][i], within(4e-3));
      }
    }
  }

  /** Some targets twice, some steps with fewer than all. */
  private static int[] step(SplittableRandom random, int stride) {
    int[] step = new int[SgnsKernel.STEP];
    int targets = random.nextInt(0, SgnsKernel.TARGETS + 1);
    step[0] = random.nextInt(ROWS) * stride;
    for (int t = 0; t < SgnsKernel.TARGETS; t++) {
      step[1 + t] = (t < targets ? random.nextInt(ROWS) : ROWS) * stride;
    }
    step[SgnsKernel.STEP - 1] = 2 * targets + random.nextInt(2);
    return step;
  }

  private static void byFormula(double[] vectors, double[] contexts, int stride, int[] step) {
    int targets = step[SgnsKernel.STEP - 1] / 2;
    double[] gradients = new double[targets];
    for (int t = 0; t < targets; t++) {
      double product = 0;
      for (int i = 0; i < stride; i++) {
        product += vectors[step[0] + i] * contexts[step[1 + t] + i];
      }
      double label = t == 0 ? step[SgnsKernel.STEP - 1] % 2 : 0;
      gradients[t] = 0.5 * (label - 1 / (1 + Math.exp(-product)));
    }
    for (int i = 0; i < stride; i++) {
      double source = vectors[step[0] + i];
      for (int t = 0; t < targets; t++) {
        double context = contexts[step[1 + t] + i];
        vectors[step[0] + i] += gradients[t] * context;
        contexts[step[1 + t] + i] = context + gradients[t] * source;
      }
    }
  }

  @Test
  void theSigmoidTableIsCloseToTheFunction() {
    for (float x = -8; x < 8; x += 0.01f) {
      assertThat((double) Sigmoid.of(x)).isCloseTo(1 / (1 + Math.exp(-x)), within(3e-3));
    }
    assertThat(Sigmoid.of(Float.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(Sigmoid.of(Float.NEGATIVE_INFINITY)).isEqualTo(0);
  }

  private static float[] floats(SplittableRandom random, int length) {
    float[] floats = new float[length];
    for (int i = 0; i < length; i++) {
      floats[i] = (float) (random.nextDouble() - 0.5);
    }
    return floats;
  }

  private static double[] doubles(float[] floats) {
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }
}
