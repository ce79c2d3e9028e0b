package org.seesong.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seesong.graph.Graph;
import org.seesong.graph.GraphBuilder;
import org.seesong.vector.FloatMatrix;

class ClosedFormTest {
  private static final ClosedFormOptions CLOSED = ClosedFormOptions.DEFAULT;

  private static FloatMatrix train(Graph graph, EmbeddingOptions options) throws Exception {
    return Embedding.train(graph, options, done -> {});
  }

  /**
   * The root is right if inner products of keywords are their similarity, computed the long way.
   */
  @Test
  void eachKeywordIsADimension() throws Exception {
    GraphBuilder builder = new GraphBuilder(2, 3, 1);
    builder.addSongEdge(0, 0, 3);
    builder.addSongEdge(0, 1, 4);
    builder.addSongEdge(1, 1, 1);
    builder.addPictureEdge(0, 0, 2);
    FloatMatrix vectors = train(builder.build(), CLOSED.withDimension(1));
    assertThat(vectors.row(0)).containsExactly(.6f, .8f, 0, 0);
    assertThat(vectors.row(1)).containsExactly(0, .2f, 0, (float) Math.sqrt(1 - .04));
    assertThat(vectors.row(2)).containsExactly(1, 0, 0, 0);
    assertThat(vectors.row(4)).as("a keyword without edges").containsExactly(0, 0, 0, 0);
    assertThat(vectors.row(5)).containsExactly(1, 0, 0, 0);
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
    FloatMatrix vectors = train(graph, CLOSED);
    double last = Double.MAX_VALUE;
    for (int song = 0; song < 4; song++) {
      assertThat(product(vectors, song, song)).isCloseTo(1, within(1e-5));
      double inner = product(vectors, song, graph.pictureVertex(0));
      assertThat(inner).isCloseTo(weights[song] / 27, within(1e-5));
      double distance = 2 - 2 * inner;
      assertThat(distance).isLessThan(last);
      last = distance;
    }
  }

  /** A song rich in the picture's things is not behind one that holds a single thing weakly. */
  @Test
  void theOrderOfSongsIsThatOfInnerProducts() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    GraphBuilder builder = new GraphBuilder(30, 4, 1);
    double[][] songs = new double[30][4];
    for (int song = 0; song < 30; song++) {
      for (int k = 0; k < 4; k++) {
        if (random.nextInt(2) == 0 || k == song % 4) {
          songs[song][k] = (float) random.nextDouble(0.01, 1);
          builder.addSongEdge(song, k, (float) songs[song][k]);
        }
      }
    }
    double[] picture = {0.7, 0.2, 0.1, 0};
    for (int k = 0; k < 3; k++) {
      builder.addPictureEdge(0, k, (float) picture[k]);
    }
    Graph graph = builder.build();
    FloatMatrix vectors = train(graph, CLOSED);
    List<Integer> byDistance = new ArrayList<>();
    List<Integer> byInnerProduct = new ArrayList<>();
    for (int song = 0; song < 30; song++) {
      byDistance.add(song);
      byInnerProduct.add(song);
    }
    byDistance.sort(
        Comparator.comparingDouble(song -> distance(vectors, song, graph.pictureVertex(0))));
    byInnerProduct.sort(
        Comparator.comparingDouble(
            song -> -IntStream.range(0, 4).mapToDouble(k -> picture[k] * songs[song][k]).sum()));
    assertThat(byDistance).isEqualTo(byInnerProduct);
  }

  private static double distance(FloatMatrix vectors, int first, int second) {
    double sum = 0;
    for (int i = 0; i < vectors.dimension(); i++) {
      double difference = vectors.row(first)[i] - vectors.row(second)[i];
      sum += difference * difference;
    }
    return sum;
  }

  @Test
  void thereIsOneDimensionMoreThanKeywordsAtLeast() throws Exception {
    Graph graph = PlantedGraphs.of(20, 100, 10, 1);
    assertThat(train(graph, CLOSED.withDimension(3)).dimension()).isEqualTo(21);
    assertThat(train(graph, CLOSED.withDimension(64)).dimension()).isEqualTo(64);
    assertThat(Embedding.dimension(graph, CLOSED.withDimension(3))).isEqualTo(21);
    Graph wide = new GraphBuilder(1, 5000, 1).build();
    assertThatThrownBy(() -> train(wide, CLOSED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the embedding 'closed-form' takes a dimension for each keyword, at most 4096; the"
                + " graph has 5000 keywords; choose fewer keywords or another embedding");
  }

  @Test
  void anInterruptedTrainingIsGivenUp() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> train(PlantedGraphs.withGaps(), CLOSED))
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
