package org.seesong.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.seesong.graph.Graph;

class EmbeddingOptionsTest {
  @Test
  void theDefaultsAreThese() {
    assertThat(ClosedFormOptions.DEFAULT).isEqualTo(new ClosedFormOptions(64, 1));
    assertThat(LineOptions.DEFAULT)
        .isEqualTo(new LineOptions(2, 64, 0, 5, 0.05, 0.75, true, 1, 42, 1));
    assertThat(LineOptions.SAMPLES_PER_EDGE).isEqualTo(32);
    assertThat(LineOptions.LEAST_SAMPLES).isEqualTo(1_000_000);
    assertThat(LineOptions.DEFAULT.describe())
        .isEqualTo(
            "line2 dim=64 samples=32/edge negatives=5 rate=0.05 power=0.75 typed=true weights=1.0"
                + " seed=42 threads=1");
    assertThat(ClosedFormOptions.DEFAULT.describe()).isEqualTo("closed-form dim=64 weights=1.0");
  }

  @Test
  void thePapersDifferInThreePlaces() {
    assertThat(LineOptions.PAPER)
        .isEqualTo(new LineOptions(2, 64, 10_000_000, 5, 0.025, 0.75, false, 1, 42, 1));
    assertThat(LineOptions.PAPER.describe())
        .isEqualTo(
            "line2 dim=64 samples=10000000 negatives=5 rate=0.025 power=0.75 typed=false"
                + " weights=1.0 seed=42 threads=1");
  }

  @Test
  void aNameGivesTheDefaultsOfItsMethod() {
    for (String method : EmbeddingOptions.methods()) {
      EmbeddingOptions options = EmbeddingOptions.of(method);
      assertThat(options.method()).isEqualTo(method);
      assertThat(options.describe()).startsWith(method + " dim=64 ");
    }
    assertThatThrownBy(() -> EmbeddingOptions.of("word2vec"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown embedding 'word2vec'; there are: line2, line1, closed-form");
  }

  @Test
  void samplesScaleWithTheGraphUnlessTheyAreGiven() {
    Graph graph = PlantedGraphs.of(4, 40_000, 20, 1);
    LineOptions line = LineOptions.DEFAULT;
    assertThat(line.samplesFor(graph)).isEqualTo(32L * graph.edges());
    assertThat(line.withSamples(7).samplesFor(graph)).isEqualTo(7);
    assertThat(line.samplesFor(PlantedGraphs.withGaps())).isEqualTo(1_000_000);
  }

  @Test
  void aBuilderSetsEveryOption() {
    LineOptions options = new LineOptions(1, 1, 2, 3, .4, .5, false, .6, 10, 11);
    assertThat(
            LineOptions.DEFAULT.toBuilder()
                .order(1)
                .dimension(1)
                .samples(2)
                .negatives(3)
                .learningRate(.4)
                .negativeExponent(.5)
                .typedNegatives(false)
                .weightExponent(.6)
                .seed(10)
                .threads(11)
                .build())
        .isEqualTo(options);
    assertThat(options.toBuilder().build()).isEqualTo(options);
    assertThat(ClosedFormOptions.DEFAULT.withDimension(1).withWeightExponent(.6))
        .isEqualTo(new ClosedFormOptions(1, .6));
  }

  @Test
  void theClosedFormHasNeitherSeedNorThreads() {
    EmbeddingOptions closed = ClosedFormOptions.DEFAULT;
    assertThat(closed.withSeed(7).withThreads(3)).isEqualTo(closed);
    assertThat(closed.seed()).isZero();
    assertThat(closed.threads()).isEqualTo(1);
  }

  @Test
  void valuesOutOfRangeAreNamed() {
    LineOptions line = LineOptions.DEFAULT;
    ClosedFormOptions closed = ClosedFormOptions.DEFAULT;
    assertThatThrownBy(() -> line.withDimension(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dimension must be from 1 to 4096; got: 0");
    assertThatThrownBy(() -> closed.withDimension(4097))
        .hasMessage("dimension must be from 1 to 4096; got: 4097");
    assertThatThrownBy(() -> line.withSamples(-1))
        .hasMessage("samples must be at least 1, or 0 to scale with the graph; got: -1");
    assertThatThrownBy(() -> line.withThreads(0))
        .hasMessage("threads must be from 1 to 1024; got: 0");
    assertThatThrownBy(() -> line.toBuilder().order(3).build())
        .hasMessage("order must be from 1 to 2; got: 3");
    for (double rate : new double[] {Double.NaN, 0, 1.5}) {
      assertThatThrownBy(() -> line.toBuilder().learningRate(rate).build())
          .hasMessageStartingWith("learningRate must be above 0 and at most 1; got: ");
    }
    assertThatThrownBy(() -> closed.withWeightExponent(3))
        .hasMessage("weightExponent must be from 0 to 2; got: 3");
  }
}
