package org.seesong.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.seesong.graph.Graph;
import org.seesong.graph.GraphBuilder;
import org.seesong.vector.FloatMatrix;

class ExactMethodTest {
  private static final EmbeddingOptions EXACT = EmbeddingOptions.DEFAULT.withMethod("exact");

  private static FloatMatrix train(Graph graph, EmbeddingOptions options) throws Exception {
    return EmbeddingMethod.byName("exact").train(graph, options, done -> {});
  }

  /** The root is right if inner products of keywords are their likeness, computed the long way. */
  @RepeatedTest(5)
  void innerProductsOfKeywordsAreTheirLikeness(RepetitionInfo repetition) throws Exception {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    int keywords = random.nextInt(1, 12);
    double[][] songs = new double[40][keywords];
    GraphBuilder builder = new GraphBuilder(songs.length, keywords, 0);
    for (int song = 0; song < songs.length; song++) {
      for (int edge = random.nextInt(4); edge >= 0; edge--) {
        int keyword = random.nextInt(keywords);
        if (songs[song][keyword] == 0) {
          songs[song][keyword] = (float) random.nextDouble(0.1, 9);
          builder.addSongEdge(song, keyword, (float) songs[song][keyword]);
        }
      }
    }
    Graph graph = builder.build();
    FloatMatrix vectors = train(graph, EXACT.withCooccurrence(0.7));
    for (int k = 0; k < keywords; k++) {
      for (int l = 0; l < keywords; l++) {
        int first = graph.keywordVertex(k);
        int second = graph.keywordVertex(l);
        if (!graph.isIsolated(first) && !graph.isIsolated(second)) {
          double likeness = k == l ? 1 : 0.7 * cosine(songs, k, l);
          assertThat(product(vectors, first, second)).isCloseTo(likeness, within(1e-5));
        }
      }
    }
  }

  private static double cosine(double[][] songs, int k, int l) {
    double[] sums = new double[3];
    for (double[] song : songs) {
      double squares = 0;
      for (double weight : song) {
        squares += weight * weight;
      }
      sums[0] += song[k] * song[l] / squares;
      sums[1] += song[k] * song[k] / squares;
      sums[2] += song[l] * song[l] / squares;
    }
    return sums[0] / Math.sqrt(sums[1] * sums[2]);
  }

  @Test
  void moreEvidenceForTheKeywordComesNearer() throws Exception {
    GraphBuilder builder = new GraphBuilder(4, 2, 1);
    float[] weights = {1, 3, 9, 27};
    for (int song = 0; song < 4; song++) {
      builder.addSongEdge(song, 0, weights[song]);
    }
    builder.addPictureEdge(0, 0, 1);
    Graph graph = builder.build();
    FloatMatrix vectors = train(graph, EXACT);
    double last = Double.MAX_VALUE;
    for (int song = 0; song < 4; song++) {
      double length = Math.sqrt(product(vectors, song, song));
      assertThat(length).isCloseTo(weights[song] / (weights[song] + 2), within(1e-5));
      double distance = length * length + 1 - 2 * product(vectors, song, graph.pictureVertex(0));
      assertThat(distance).isLessThan(last);
      last = distance;
    }
  }

  @Test
  void theDimensionIsNeverBelowTheNumberOfKeywords() throws Exception {
    Graph graph = PlantedGraphs.of(20, 100, 10, 1);
    assertThat(train(graph, EXACT.withDimension(3)).dimension()).isEqualTo(20);
    assertThat(train(graph, EXACT.withDimension(64)).dimension()).isEqualTo(64);
    assertThat(EmbeddingMethod.byName("exact").dimension(graph, EXACT.withDimension(3)))
        .isEqualTo(20);
    Graph wide = new GraphBuilder(1, 5000, 1).build();
    assertThatThrownBy(() -> train(wide, EXACT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the embedding 'exact' takes a dimension for each keyword, at most 4096; the graph has"
                + " 5000 keywords; choose fewer keywords or another embedding");
  }

  @Test
  void anInterruptedTrainingIsGivenUp() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> train(PlantedGraphs.withGaps(), EXACT))
        .isInstanceOf(InterruptedException.class);
  }

  private static double product(FloatMatrix vectors, int a, int b) {
    float[] x = vectors.row(a);
    float[] y = vectors.row(b);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (double) x[i] * y[i];
    }
    return sum;
  }
}
