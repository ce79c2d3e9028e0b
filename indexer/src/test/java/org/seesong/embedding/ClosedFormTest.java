package org.seesong.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
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
  @RepeatedTest(5)
  void innerProductsOfKeywordsAreTheirSimilarities(RepetitionInfo repetition) throws Exception {
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
    FloatMatrix vectors = train(graph, CLOSED.withSimilarity(0.7, 0));
    for (int k = 0; k < keywords; k++) {
      for (int l = 0; l < keywords; l++) {
        int first = graph.keywordVertex(k);
        int second = graph.keywordVertex(l);
        if (!graph.isIsolated(first) && !graph.isIsolated(second)) {
          double similarity = k == l ? 1 : 0.7 * cosine(songs, k, l);
          assertThat(product(vectors, first, second)).isCloseTo(similarity, within(1e-5));
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
    FloatMatrix vectors = train(graph, CLOSED.withSimilarity(0, 0));
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
  void conceptsMakeKeywordsAlikeThatNeverMeet() throws Exception {
    GraphBuilder builder = new GraphBuilder(3, 3, 0);
    for (int song = 0; song < 3; song++) {
      builder.addSongEdge(song, song, 5);
    }
    builder.concepts(new FloatMatrix(new float[] {2, 0, 3, 4, 0, 0}, 2));
    Graph graph = builder.build();
    FloatMatrix vectors = train(graph, CLOSED.withSimilarity(0.5, 0.4));
    assertThat(product(vectors, 3, 4)).isCloseTo(0.4 * 0.6, within(1e-6));
    assertThat(product(vectors, 3, 5)).isCloseTo(0, within(1e-6));
    assertThat(product(vectors, 5, 5)).isCloseTo(1, within(1e-6));
    FloatMatrix without = train(graph, CLOSED);
    assertThat(product(without, 3, 4)).isCloseTo(0, within(1e-6));
  }

  /**
   * The rows computed the long way, without similarity: their inner products are the embedding's.
   */
  @RepeatedTest(5)
  void rowsOfInformationAreTheFormula(RepetitionInfo repetition) throws Exception {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    double[][] songs = new double[20][5];
    GraphBuilder builder = new GraphBuilder(20, 5, 0);
    double[] columns = new double[5];
    double all = 0;
    for (int song = 0; song < 20; song++) {
      for (int k = 0; k < 5; k++) {
        if (random.nextInt(3) > 0 || k == song % 5) {
          songs[song][k] = (float) random.nextDouble(0.1, 9);
          builder.addSongEdge(song, k, (float) songs[song][k]);
          columns[k] += songs[song][k];
          all += songs[song][k];
        }
      }
    }
    EmbeddingOptions options = CLOSED.withRows(RowWeighting.PPMI).withSimilarity(0, 0);
    FloatMatrix vectors = train(builder.build(), options);
    double greatest =
        Arrays.stream(songs)
            .mapToDouble(row -> Math.sqrt(Arrays.stream(row).map(w -> w * w).sum()))
            .max()
            .orElseThrow();
    for (int song = 0; song < 20; song++) {
      double sum = Arrays.stream(songs[song]).sum();
      double length = Math.sqrt(Arrays.stream(songs[song]).map(w -> w * w).sum());
      double[] row = new double[5];
      double squares = 0;
      for (int k = 0; k < 5; k++) {
        double ratio = songs[song][k] * all / (sum * columns[k]);
        row[k] = ratio > 1 ? Math.log(ratio) : 0;
        squares += row[k] * row[k];
      }
      for (int k = 0; k < 5; k++) {
        assertThat((double) vectors.row(song)[k])
            .isCloseTo(row[k] / Math.sqrt(squares) * length / greatest, within(1e-5));
      }
    }
  }

  @Test
  void aRowWithoutInformationKeepsItsWeights() throws Exception {
    GraphBuilder builder = new GraphBuilder(2, 1, 1);
    builder.addSongEdge(0, 0, 2);
    builder.addSongEdge(1, 0, 8);
    builder.addPictureEdge(0, 0, 1);
    FloatMatrix vectors = train(builder.build(), CLOSED.withRows(RowWeighting.PPMI));
    assertThat(vectors.row(0)[0]).isEqualTo(0.25f);
    assertThat(vectors.row(1)[0]).isEqualTo(1f);
    assertThat(vectors.row(3)[0]).isEqualTo(1);
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
