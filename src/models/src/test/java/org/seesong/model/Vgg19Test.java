package org.seesong.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.encoder.Engine;

class Vgg19Test {
  static final VggNetwork NARROW =
      new VggNetwork(
          64,
          List.of(
              new VggNetwork.Block(2, 4),
              new VggNetwork.Block(2, 8),
              new VggNetwork.Block(4, 16),
              new VggNetwork.Block(4, 32),
              new VggNetwork.Block(4, 32)),
          List.of(64, 48),
          0);

  @TempDir Path temp;

  @Test
  void tensorFlowGivesWhatThePlainestNetworkGives() throws Exception {
    WeightSource weights = new FormulaWeights(NARROW);
    Path folder = temp.resolve("vgg");
    Vgg19.write(weights, Engine.TENSORFLOW, folder, done -> {});
    float[] pictures = pictures(2, 1);
    float[] vectors = TensorFlowRun.run(folder, NARROW, pictures);
    assertThat(vectors).hasSize(2 * 48);
    for (int p = 0; p < 2; p++) {
      int size = pictures.length / 2;
      double[] expected =
          PlainVgg.run(weights, java.util.Arrays.copyOfRange(pictures, p * size, (p + 1) * size));
      assertThat(distance(expected, vectors, p * 48)).isLessThan(1e-6);
    }
  }

  static float[] pictures(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] pictures = new float[count * NARROW.side() * NARROW.side() * 3];
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = random.nextInt(256) - 110f;
    }
    return pictures;
  }

  /** The largest difference relative to the norm. */
  static double distance(double[] expected, float[] found, int from) {
    double norm = 0;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      norm += expected[i] * expected[i];
      largest = Math.max(largest, Math.abs(expected[i] - found[from + i]));
    }
    assertThat(norm).isPositive();
    return largest / Math.sqrt(norm);
  }
}
