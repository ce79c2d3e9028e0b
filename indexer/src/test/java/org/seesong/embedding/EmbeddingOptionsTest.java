package org.seesong.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.seesong.graph.Graph;

class EmbeddingOptionsTest {
  @Test
  void theDefaultsAreThese() {
    assertThat(EmbeddingOptions.DEFAULT)
        .isEqualTo(
            new EmbeddingOptions(
                "closed-form",
                64,
                0,
                5,
                0,
                0.75,
                true,
                1,
                5,
                0.01,
                RowWeighting.WEIGHT,
                2,
                0.5,
                0,
                42,
                1));
    assertThat(EmbeddingOptions.SAMPLES_PER_EDGE).isEqualTo(32);
    assertThat(EmbeddingOptions.LEAST_SAMPLES).isEqualTo(1_000_000);
    assertThat(EmbeddingOptions.WALK_SAMPLES_PER_EDGE).isEqualTo(320);
    assertThat(EmbeddingOptions.RATE).isEqualTo(0.05);
    assertThat(EmbeddingOptions.WALK_RATE).isEqualTo(0.1);
    assertThat(EmbeddingOptions.DEFAULT.withMethod("hpe").describe())
        .isEqualTo(
            "hpe dim=64 samples=320/edge negatives=5 rate=0.1 power=0.75 typed=true weights=1.0"
                + " steps=5 reg=0.01 seed=42 threads=1");
    assertThat(EmbeddingOptions.DEFAULT.withMethod("line2").describe())
        .isEqualTo(
            "line dim=64 samples=32/edge negatives=5 rate=0.05 power=0.75 typed=true weights=1.0"
                + " seed=42 threads=1");
    assertThat(EmbeddingOptions.DEFAULT.describe())
        .isEqualTo(
            "closed-form dim=64 rows=weight weights=1.0 shrinkage=2.0 cooccurrence=0.5"
                + " concepts=0.0");
  }

  @Test
  void thePapersDifferInFourPlaces() {
    assertThat(EmbeddingOptions.PAPER)
        .isEqualTo(
            EmbeddingOptions.DEFAULT.toBuilder()
                .method("line2")
                .samples(10_000_000)
                .learningRate(0.025)
                .typedNegatives(false)
                .build());
    assertThat(EmbeddingOptions.PAPER.withMethod("hpe").describe())
        .isEqualTo(
            "hpe dim=64 samples=10000000 negatives=5 rate=0.025 power=0.75 typed=false weights=1.0"
                + " steps=5 reg=0.01 seed=42 threads=1");
  }

  @Test
  void samplesScaleWithTheGraphUnlessTheyAreGiven() {
    Graph graph = PlantedGraphs.of(4, 40_000, 20, 1);
    assertThat(EmbeddingOptions.DEFAULT.samplesFor(graph)).isEqualTo(32L * graph.edges());
    assertThat(EmbeddingOptions.DEFAULT.withMethod("hpe").samplesFor(graph))
        .isEqualTo(320L * graph.edges());
    assertThat(EmbeddingOptions.DEFAULT.withSamples(7).samplesFor(graph)).isEqualTo(7);
    assertThat(EmbeddingOptions.DEFAULT.samplesFor(PlantedGraphs.withGaps())).isEqualTo(1_000_000);
  }

  @Test
  void aBuilderSetsEveryOption() {
    EmbeddingOptions options =
        new EmbeddingOptions(
            "hpe", 1, 2, 3, .4, .5, false, .6, 7, .8, RowWeighting.PPMI, 9, .1, .2, 10, 11);
    assertThat(
            EmbeddingOptions.DEFAULT.toBuilder()
                .method("hpe")
                .dimension(1)
                .samples(2)
                .negatives(3)
                .learningRate(.4)
                .negativeExponent(.5)
                .typedNegatives(false)
                .weightExponent(.6)
                .walkSteps(7)
                .regularisation(.8)
                .rows(RowWeighting.PPMI)
                .shrinkage(9)
                .cooccurrence(.1)
                .concepts(.2)
                .seed(10)
                .threads(11)
                .build())
        .isEqualTo(options);
    assertThat(options.toBuilder().build()).isEqualTo(options);
  }

  @Test
  void valuesOutOfRangeAreNamed() {
    EmbeddingOptions options = EmbeddingOptions.DEFAULT;
    assertThatThrownBy(() -> options.withDimension(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dimension must be from 1 to 4096; got: 0");
    assertThatThrownBy(() -> options.withSamples(-1))
        .hasMessage("samples must be at least 1, or 0 to scale with the graph; got: -1");
    assertThatThrownBy(() -> options.withThreads(0))
        .hasMessage("threads must be from 1 to 1024; got: 0");
    assertThatThrownBy(() -> options.toBuilder().learningRate(Double.NaN).build())
        .hasMessageStartingWith("learningRate must be from");
    assertThatThrownBy(() -> options.withCooccurrence(1))
        .hasMessage("cooccurrence must be from 0 to 0.99; got: 1");
    assertThatThrownBy(() -> options.toBuilder().cooccurrence(.5).concepts(.5).build())
        .hasMessage("cooccurrence + concepts must be from 0 to 0.99; got: 1");
    assertThatThrownBy(() -> RowWeighting.byName("bm25"))
        .hasMessage("unknown rows 'bm25'; there are: weight, ppmi");
    assertThatThrownBy(() -> options.withMethod("word2vec"))
        .hasMessage("unknown embedding 'word2vec'; there are: line, line1, hpe, exact");
  }
}
