package org.seesong.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EmbeddingOptionsTest {
  @Test
  void theDefaultsAreThese() {
    assertThat(EmbeddingOptions.DEFAULT)
        .isEqualTo(
            new EmbeddingOptions(
                "line", 64, 10_000_000, 5, 0.025, 0.75, false, 1, 5, 0.01, 2, 0.5, 42, 1));
    assertThat(EmbeddingOptions.DEFAULT.describe())
        .isEqualTo(
            "line dim=64 samples=10000000 negatives=5 rate=0.025 power=0.75 typed=false weights=1.0"
                + " seed=42 threads=1");
    assertThat(EmbeddingOptions.DEFAULT.withMethod("hpe").describe())
        .isEqualTo(
            "hpe dim=64 samples=10000000 negatives=5 rate=0.025 power=0.75 typed=false weights=1.0"
                + " steps=5 reg=0.01 seed=42 threads=1");
    assertThat(EmbeddingOptions.DEFAULT.withMethod("exact").describe())
        .isEqualTo("exact dim=64 weights=1.0 evidence=2.0 cooccurrence=0.5");
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
    assertThatThrownBy(() -> options.withLearningRate(Double.NaN))
        .hasMessageStartingWith("learningRate must be from");
    assertThatThrownBy(() -> options.withCooccurrence(1))
        .hasMessage("cooccurrence must be from 0 to 0.99; got: 1");
    assertThatThrownBy(() -> options.withMethod("word2vec"))
        .hasMessage("unknown embedding 'word2vec'; there are: line, line1, hpe, exact");
  }
}
