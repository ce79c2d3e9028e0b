package org.seesong.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seesong.io.Digests;

/** Every layout gives the numbers that were written, in TensorFlow's order. */
class WeightSourceTest {
  private static final VggNetwork NARROW = Vgg19Test.NARROW;
  private static final WeightSource FORMULA = new FormulaWeights(NARROW);

  @TempDir Path temp;

  @Test
  void kerasWeightsComeBackAsTheyAre() throws IOException {
    Path file = WeightFiles.keras(FORMULA, temp.resolve("w.h5"));
    try (WeightSource weights = KerasWeights.open(file, NARROW)) {
      assertSame(weights, value -> value);
      assertThat(weights.preprocessing()).isEqualTo(Preprocessing.KERAS);
      assertThat(weights.trained()).isTrue();
      assertThat(weights.note())
          .isEqualTo("weights of Keras from w.h5, SHA-256 " + Digests.sha256(file));
    }
  }

  @Test
  void weightsInsideAWholeKerasModelAreFound() throws IOException {
    Path file = WeightFiles.wholeKerasModel(FORMULA, temp.resolve("model.h5"));
    try (WeightSource weights = KerasWeights.open(file, NARROW)) {
      assertSame(weights, value -> value);
    }
  }

  @ParameterizedTest
  @EnumSource
  void pyTorchWeightsComeBackInTensorFlowsLayout(WeightFiles.Style style) throws IOException {
    for (FloatFormat format : FloatFormat.values()) {
      Path file =
          WeightFiles.safetensors(FORMULA, style, format, temp.resolve(format + ".safetensors"));
      try (WeightSource weights = SafetensorsWeights.open(file, NARROW)) {
        assertSame(weights, value -> rounded(value, format));
        assertThat(weights.preprocessing()).isEqualTo(Preprocessing.TORCH);
        assertThat(weights.note()).startsWith("weights of PyTorch from " + file.getFileName());
      }
    }
  }

  @Test
  void aSeedGivesTheSameRandomWeightsInAnyOrder() throws IOException {
    RandomWeights weights = new RandomWeights(NARROW, 7);
    VggLayer first = NARROW.layers().get(0);
    VggLayer last = NARROW.layers().get(17);
    float[] once = FormulaWeights.all(weights.kernel(last), last.kernelSize());
    FormulaWeights.all(weights.kernel(first), first.kernelSize());
    assertThat(FormulaWeights.all(weights.kernel(last), last.kernelSize())).isEqualTo(once);
    assertThat(FormulaWeights.all(new RandomWeights(NARROW, 8).kernel(last), last.kernelSize()))
        .isNotEqualTo(once);
    assertThat(weights.trained()).isFalse();
    assertThat(weights.note())
        .isEqualTo("untrained, random weights of seed 7: for load and speed tests only");
  }

  @Test
  void randomWeightsKeepTheVarianceFromLayerToLayer() throws IOException {
    RandomWeights weights = new RandomWeights(NARROW, 1);
    for (VggLayer layer : NARROW.layers().subList(2, 18)) {
      double squares = 0;
      for (float value : FormulaWeights.all(weights.kernel(layer), layer.kernelSize())) {
        squares += value * value;
      }
      double share = squares / layer.kernelSize() / (2.0 / layer.fanIn());
      assertThat(share).as(layer.name()).isBetween(.85, 1.15);
      assertThat(FormulaWeights.all(weights.bias(layer), layer.width())).containsOnly(0f);
    }
  }

  private static void assertSame(WeightSource weights, UnaryOperator<Float> rounding)
      throws IOException {
    for (VggLayer layer : NARROW.layers()) {
      assertThat(FormulaWeights.all(weights.kernel(layer), layer.kernelSize()))
          .as(layer.name() + " kernel")
          .isEqualTo(rounded(FORMULA.kernel(layer), layer.kernelSize(), rounding));
      assertThat(FormulaWeights.all(weights.bias(layer), layer.width()))
          .as(layer.name() + " bias")
          .isEqualTo(rounded(FORMULA.bias(layer), layer.width(), rounding));
    }
  }

  private static float[] rounded(FloatStream numbers, long count, UnaryOperator<Float> rounding)
      throws IOException {
    float[] values = FormulaWeights.all(numbers, count);
    for (int i = 0; i < values.length; i++) {
      values[i] = rounding.apply(values[i]);
    }
    return values;
  }

  private static float rounded(float value, FloatFormat format) {
    return switch (format) {
      case F32, F64 -> value;
      case BF16 -> Float.intBitsToFloat(Float.floatToRawIntBits(value) & 0xffff0000);
      case F16 ->
          Math.abs(value) < 0x1p-14f
              ? value * 0
              : Float.intBitsToFloat(Float.floatToRawIntBits(value) & 0xffffe000);
    };
  }
}
