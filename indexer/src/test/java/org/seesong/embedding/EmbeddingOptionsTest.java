package org.seesong.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EmbeddingOptionsTest {
  @Test
  void theDefaultsAreThese() {
    assertThat(EmbeddingOptions.DEFAULT)
        .isEqualTo(new EmbeddingOptions(64, 10_000_000, 5, 0.025, 0.75, 42, 1));
    assertThat(EmbeddingOptions.DEFAULT.describe())
        .isEqualTo(
            "line dim=64 samples=10000000 negatives=5 rate=0.025 power=0.75 seed=42 threads=1");
  }

  @Test
  void valuesOutOfRangeAreNamed() {
    EmbeddingOptions options = EmbeddingOptions.DEFAULT;
    assertThatThrownBy(() -> options.withDimension(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dimension must be from 1 to 4096; got: 0");
    assertThatThrownBy(() -> options.withSamples(0))
        .hasMessage("samples must be at least 1; got: 0");
    assertThatThrownBy(() -> options.withThreads(0))
        .hasMessage("threads must be from 1 to 1024; got: 0");
    assertThatThrownBy(() -> new EmbeddingOptions(64, 1, 5, Double.NaN, 0.75, 42, 1))
        .hasMessageStartingWith("learningRate must be from");
  }
}
