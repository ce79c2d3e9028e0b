package org.seesong.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seesong.graph.Graph;
import org.seesong.graph.GraphBuilder;
import org.seesong.vector.FloatMatrix;

class LineTrainerTest {
  private static final EmbeddingOptions SMALL =
      EmbeddingOptions.DEFAULT.withDimension(16).withSamples(400_000);

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aPicturesNearestSongsCarryItsKeyword(int threads) throws Exception {
    Graph graph = planted(8, 400, 80, 5);
    FloatMatrix vectors = LineTrainer.train(graph, SMALL.withThreads(threads), samples -> {});
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
    Graph graph = planted(4, 50, 20, 1);
    EmbeddingOptions options = SMALL.withSamples(30_000);
    float[] once = LineTrainer.train(graph, options, samples -> {}).data();
    assertThat(LineTrainer.train(graph, options, samples -> {}).data()).containsExactly(once);
    assertThat(LineTrainer.train(graph, options.withSeed(43), samples -> {}).data())
        .isNotEqualTo(once);
  }

  /** Guards the promise that the bits do not depend on the JDK: the sum was recorded on 17. */
  @Test
  void theBitsAreTheSameOnEveryJdk() throws Exception {
    Graph graph = planted(4, 50, 20, 1);
    FloatMatrix vectors = LineTrainer.train(graph, SMALL.withSamples(30_000), samples -> {});
    assertThat(Arrays.hashCode(vectors.data())).isEqualTo(-263747402);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64})
  void vectorsHaveUnitLengthAndIsolatedVerticesNone(int dimension) throws Exception {
    GraphBuilder builder = new GraphBuilder(3, 2, 2);
    builder.addSongEdge(0, 0, 1);
    builder.addSongEdge(1, 1, 2);
    builder.addPictureEdge(0, 1, 1e-3f);
    Graph graph = builder.build();
    FloatMatrix vectors =
        LineTrainer.train(graph, SMALL.withDimension(dimension).withSamples(20_000), samples -> {});
    for (int v = 0; v < graph.vertices(); v++) {
      double sum = 0;
      for (float x : vectors.row(v)) {
        sum += (double) x * x;
      }
      assertThat(sum).isCloseTo(graph.isIsolated(v) ? 0 : 1, within(1e-5));
    }
  }

  @Test
  void aGraphWithoutEdgesGivesZeros() throws Exception {
    FloatMatrix vectors =
        LineTrainer.train(new GraphBuilder(2, 1, 1).build(), SMALL, samples -> {});
    assertThat(vectors.rows()).isEqualTo(4);
    assertThat(vectors.data()).containsOnly(0f);
  }

  @Test
  void progressReachesTheNumberOfSamples() throws Exception {
    AtomicLong last = new AtomicLong();
    LineTrainer.train(
        planted(2, 10, 5, 1),
        SMALL.withSamples(25_001).withThreads(2),
        samples -> last.accumulateAndGet(samples, Math::max));
    assertThat(last).hasValue(25_001);
  }

  @Test
  void anInterruptedTrainingIsGivenUp() {
    Graph graph = planted(2, 10, 5, 1);
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () -> LineTrainer.train(graph, SMALL.withSamples(Long.MAX_VALUE), samples -> {}))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void aFailureInAWorkerIsNotSwallowed() {
    Graph graph = planted(2, 10, 5, 1);
    assertThatThrownBy(
            () ->
                LineTrainer.train(
                    graph,
                    SMALL,
                    samples -> {
                      throw new IllegalArgumentException("no terminal");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("no terminal");
  }

  @Test
  void theSigmoidTableIsCloseToTheFunction() {
    for (float x = -8; x < 8; x += 0.01f) {
      assertThat((double) LineKernel.sigmoid(x)).isCloseTo(1 / (1 + Math.exp(-x)), within(3e-3));
    }
  }

  /** Each song holds one keyword strongly and one weakly; each picture one. */
  private static Graph planted(int keywords, int songs, int pictures, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    GraphBuilder builder = new GraphBuilder(songs, keywords, pictures);
    for (int song = 0; song < songs; song++) {
      builder.addSongEdge(song, song % keywords, 5);
      if (song % keywords != 0) {
        builder.addSongEdge(
            song, random.nextInt(song % keywords + 1, keywords + 1) % keywords, .2f);
      }
    }
    for (int picture = 0; picture < pictures; picture++) {
      builder.addPictureEdge(picture, picture % keywords, 1);
    }
    return builder.build();
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
