package org.seesong.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seesong.graph.Graph;
import org.seesong.graph.GraphBuilder;
import org.seesong.vector.FloatMatrix;

class SgnsTrainerTest {
  private static final LineOptions SMALL =
      LineOptions.DEFAULT.withDimension(16).withSamples(400_000);

  /** The options of a method with those of line that it has. */
  private static EmbeddingOptions options(String method, LineOptions line) {
    return method.equals("closed-form")
        ? ClosedFormOptions.DEFAULT.withDimension(line.dimension())
        : line.toBuilder().order(method.equals("line1") ? 1 : 2).build();
  }

  private static FloatMatrix train(Graph graph, EmbeddingOptions options)
      throws InterruptedException {
    return train(graph, options, samples -> {});
  }

  private static FloatMatrix train(Graph graph, EmbeddingOptions options, LongConsumer progress)
      throws InterruptedException {
    return Embedding.train(graph, options, progress);
  }

  @ParameterizedTest
  @CsvSource({
    "line2, 1, false",
    "line2, 3, false",
    "line2, 1, true",
    "line2, 4, true",
    "line1, 1, false",
    "line1, 1, true",
    "line1, 4, true",
    "closed-form, 1, false"
  })
  void aPicturesNearestSongsCarryItsKeyword(String method, int threads, boolean typed)
      throws Exception {
    Graph graph = PlantedGraphs.of(8, 400, 80, 5);
    LineOptions line = SMALL.withThreads(threads).toBuilder().typedNegatives(typed).build();
    FloatMatrix vectors = train(graph, options(method, line));
    int right = 0;
    for (int picture = 0; picture < graph.pictures(); picture++) {
      int nearest = 0;
      for (int song = 1; song < graph.songs(); song++) {
        if (distance(vectors, graph.pictureVertex(picture), song)
            < distance(vectors, graph.pictureVertex(picture), nearest)) {
          nearest = song;
        }
      }
      right += strongest(graph, nearest) == keywordOf(graph, picture) ? 1 : 0;
    }
    assertThat(right).isGreaterThanOrEqualTo(graph.pictures() * 95 / 100);
  }

  @Test
  void oneThreadGivesTheSameBitsForASeedAndOthersForAnother() throws Exception {
    Graph graph = PlantedGraphs.of(4, 50, 20, 1);
    LineOptions options = SMALL.withSamples(30_000);
    float[] once = train(graph, options).data();
    assertThat(train(graph, options).data()).containsExactly(once);
    assertThat(train(graph, options.withSeed(43)).data()).isNotEqualTo(once);
  }

  /** Guards the promise that the bits do not depend on the JDK: the sums were recorded on 17. */
  @ParameterizedTest
  @CsvSource({"line2, 62718343", "line1, -1591977987"})
  void theBitsAreTheSameOnEveryJdk(String method, int hash) throws Exception {
    Graph graph = PlantedGraphs.of(4, 50, 20, 1);
    FloatMatrix vectors = train(graph, options(method, SMALL.withSamples(30_000)));
    assertThat(Arrays.hashCode(vectors.data())).isEqualTo(hash);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void bothKernelsGiveTheSameBits(int order) throws Exception {
    SgnsKernel fastest = SgnsKernel.fastest();
    assumeFalse(fastest instanceof PlainSgnsKernel, "this JVM has the plain kernel only");
    Graph graph = PlantedGraphs.of(4, 50, 20, 1);
    LineOptions options =
        SMALL.withSamples(30_000).withDimension(21).toBuilder().order(order).negatives(13).build();
    float[] plain =
        SgnsTrainer.train(graph, options, PlainSgnsKernel::new, samples -> {}, Checkpoints.none())
            .data();
    float[] fast =
        SgnsTrainer.train(graph, options, () -> fastest, samples -> {}, Checkpoints.none()).data();
    assertThat(fast).containsExactly(plain);
  }

  @ParameterizedTest
  @CsvSource({"line2, 1", "line2, 7", "line2, 64", "line1, 2", "line1, 9"})
  void vectorsHaveUnitLengthAndIsolatedVerticesNone(String method, int dimension) throws Exception {
    Graph graph = PlantedGraphs.withGaps();
    FloatMatrix vectors =
        train(graph, options(method, SMALL.withDimension(dimension).withSamples(20_000)));
    for (int v = 0; v < graph.vertices(); v++) {
      double sum = 0;
      for (float x : vectors.row(v)) {
        sum += (double) x * x;
      }
      assertThat(sum).isCloseTo(graph.isIsolated(v) ? 0 : 1, within(1e-5));
    }
  }

  /** A few vertices drawn again and again with the largest step run away: that must be said. */
  @ParameterizedTest
  @ValueSource(doubles = {0.025, 0.3, 1})
  void extremeOptionsGiveFiniteVectorsOrAnError(double rate) throws Exception {
    LineOptions wild =
        SMALL.withSamples(20_000).toBuilder()
            .learningRate(rate)
            .negativeExponent(2)
            .weightExponent(2)
            .negatives(6)
            .build();
    for (String method : EmbeddingOptions.methods()) {
      FloatMatrix vectors;
      try {
        vectors = train(PlantedGraphs.withGaps(), options(method, wild));
      } catch (IllegalStateException e) {
        assertThat(rate).isEqualTo(1);
        assertThat(e)
            .hasMessageMatching("training gave vertex \\d+ .*; lower the learning rate .*");
        continue;
      }
      for (float x : vectors.data()) {
        assertThat(x).isFinite();
      }
    }
  }

  @Test
  void aGraphWithoutEdgesGivesZerosAndAnEmptyOneNothing() throws Exception {
    for (String method : EmbeddingOptions.methods()) {
      EmbeddingOptions options = options(method, SMALL);
      FloatMatrix vectors = train(new GraphBuilder(2, 1, 1).build(), options);
      assertThat(vectors.rows()).isEqualTo(4);
      assertThat(vectors.data()).containsOnly(0f);
      assertThat(train(new GraphBuilder(0, 0, 0).build(), options).rows()).isZero();
      assertThat(train(new GraphBuilder(0, 1, 0).build(), options).data()).containsOnly(0f);
    }
  }

  @Test
  void moreThanJavaMayTakeIsRefused() {
    Graph graph = new GraphBuilder(10_000_000, 1, 0).build();
    for (String method : EmbeddingOptions.methods()) {
      EmbeddingOptions large = options(method, SMALL.withDimension(4096));
      assertThatThrownBy(() -> train(graph, large))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching(
              "10,000,001 vertices of 4,096 dimensions take (156,250|312,500) MB while they are"
                  + " learned, but Java may take [\\d,]+ MB; give it more \\(-Xmx\\) or choose a"
                  + " smaller dimension");
    }
  }

  /** What does not fit one array: here arrays are made as small as three rows. */
  @ParameterizedTest
  @CsvSource({"2, 16, 5", "2, 21, 13", "2, 5, 7", "1, 16, 5", "1, 21, 0"})
  void rowsInSeveralArraysGiveTheSameBits(int order, int dimension, int negatives)
      throws Exception {
    for (Graph graph : List.of(PlantedGraphs.of(4, 50, 20, 1), PlantedGraphs.withGaps())) {
      LineOptions options =
          SMALL.toBuilder()
              .order(order)
              .samples(30_000)
              .dimension(dimension)
              .negatives(negatives)
              .build();
      float[] whole = train(graph, options).data();
      int stride = (dimension + SgnsKernel.LANES - 1) / SgnsKernel.LANES * SgnsKernel.LANES;
      for (int rows = 1; rows <= 3; rows++) {
        FloatMatrix blocks =
            SgnsTrainer.train(
                graph,
                options,
                SgnsKernel::fastest,
                samples -> {},
                Checkpoints.none(),
                rows * stride);
        assertThat(blocks.rows()).isEqualTo(graph.vertices());
        assertThat(blocks.dimension()).isEqualTo(dimension);
        for (int v = 0; v < graph.vertices(); v++) {
          assertThat(blocks.row(v))
              .containsExactly(Arrays.copyOfRange(whole, v * dimension, (v + 1) * dimension));
        }
        assertThatThrownBy(blocks::data).isInstanceOf(IllegalStateException.class);
      }
    }
  }

  @Test
  void progressReachesTheNumberOfSamples() throws Exception {
    AtomicLong last = new AtomicLong();
    train(
        PlantedGraphs.of(2, 10, 5, 1),
        SMALL.withSamples(25_001).withThreads(2),
        samples -> last.accumulateAndGet(samples, Math::max));
    assertThat(last).hasValue(25_001);
  }

  @Test
  void anInterruptedTrainingIsGivenUp() {
    Graph graph = PlantedGraphs.of(2, 10, 5, 1);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> train(graph, SMALL.withSamples(Long.MAX_VALUE)))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void aFailureInAWorkerIsNotSwallowed() {
    Graph graph = PlantedGraphs.of(2, 10, 5, 1);
    assertThatThrownBy(
            () ->
                train(
                    graph,
                    SMALL,
                    samples -> {
                      throw new IllegalArgumentException("no terminal");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("no terminal");
  }

  private static int strongest(Graph graph, int song) {
    int best = graph.rowStart(song);
    for (int i = best; i < graph.rowStart(song + 1); i++) {
      best = graph.weight(i) > graph.weight(best) ? i : best;
    }
    return graph.target(best);
  }

  private static int keywordOf(Graph graph, int picture) {
    return graph.target(graph.rowStart(graph.pictureVertex(picture)));
  }

  private static double distance(FloatMatrix vectors, int a, int b) {
    float[] x = vectors.row(a);
    float[] y = vectors.row(b);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += ((double) x[i] - y[i]) * ((double) x[i] - y[i]);
    }
    return sum;
  }
}
