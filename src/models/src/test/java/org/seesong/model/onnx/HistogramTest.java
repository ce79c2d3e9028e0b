package org.seesong.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTest {
  private static Histogram of(float... numbers) {
    Histogram histogram = new Histogram();
    histogram.add(FloatBuffer.wrap(numbers));
    return histogram;
  }

  private static float high(ActivationRange range) {
    return (255 - range.zero()) * range.scale();
  }

  private static float low(ActivationRange range) {
    return -range.zero() * range.scale();
  }

  @Test
  void minMaxSpansAllNumbersAndZero() {
    ActivationRange both = of(-1, 3, 2).range(RangeMethod.MIN_MAX);
    assertThat(both.scale()).isEqualTo(4 / 255f);
    assertThat(both.zero()).isEqualTo(64);
    ActivationRange positive = of(2, 5).range(RangeMethod.MIN_MAX);
    assertThat(positive).isEqualTo(new ActivationRange(5 / 255f, 0));
    ActivationRange negative = of(-2, -5).range(RangeMethod.MIN_MAX);
    assertThat(negative).isEqualTo(new ActivationRange(5 / 255f, 255));
    assertThat(of(0, 0).range(RangeMethod.MIN_MAX)).isEqualTo(new ActivationRange(1, 0));
    assertThat(of(1e-42f).range(RangeMethod.ENTROPY)).isEqualTo(new ActivationRange(1, 0));
  }

  @Test
  void rareNumbersAreCutOffByTheOthers() {
    float[] numbers = new float[1_000_000];
    Random random = new Random(1);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    numbers[17] = 200;
    numbers[18] = -100;
    Histogram histogram = of(numbers);
    assertThat(high(histogram.range(RangeMethod.MIN_MAX))).isBetween(199f, 201f);
    // One in 10,000 of a normal distribution lies beyond 3.72; bins are an eighth wide here.
    ActivationRange percentile = histogram.range(RangeMethod.PERCENTILE);
    assertThat(high(percentile)).isBetween(3.6f, 4f);
    assertThat(low(percentile)).isBetween(-4f, -3.6f);
    ActivationRange entropy = histogram.range(RangeMethod.ENTROPY);
    assertThat(high(entropy)).isBetween(2f, 40f);
    assertThat(low(entropy)).isBetween(-40f, -2f);
  }

  @Test
  void theOrderAndTheGrowthOfTheNumbersDoNotCount() {
    Histogram rising = new Histogram();
    Histogram falling = new Histogram();
    for (int i = 0; i < 10_000; i++) {
      rising.add(FloatBuffer.wrap(new float[] {i * .37f}));
      falling.add(FloatBuffer.wrap(new float[] {(9_999 - i) * .37f}));
    }
    for (RangeMethod method : RangeMethod.values()) {
      assertThat(rising.range(method)).isEqualTo(falling.range(method));
    }
  }

  @Test
  void whatIsNoNumberIsRefused() {
    assertThatThrownBy(() -> of(1, Float.NaN)).hasMessage("an activation is no finite number");
    assertThatThrownBy(() -> of(Float.NEGATIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
