package org.seesong.bench.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.seesong.graph.Graph;
import org.seesong.graph.GraphBuilder;
import org.seesong.vector.FloatMatrix;

class EmbeddingQualityTest {
  /** On a line: a picture at 0, of 12 songs the first three in one point, the last without edge. */
  private static Graph graph() {
    GraphBuilder builder = new GraphBuilder(12, 2, 2);
    for (int song = 0; song < 11; song++) {
      builder.addSongEdge(song, song < 6 ? 0 : 1, song + 1);
    }
    builder.addPictureEdge(0, 0, 1);
    return builder.build();
  }

  private static FloatMatrix vectors(Graph graph) {
    FloatMatrix vectors = FloatMatrix.zeros(graph.vertices(), 1);
    for (int song = 0; song < 11; song++) {
      vectors.data()[song] = Math.max(3, song + 1);
    }
    return vectors;
  }

  @Test
  void figuresAreThoseCountedByHand() {
    Graph graph = graph();
    EmbeddingQuality quality = EmbeddingQuality.of(graph, vectors(graph), 100);
    assertThat(quality.answers()).hasDimensions(1, 10);
    assertThat(quality.answers()[0]).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(quality.ties()).isEqualTo(3);
    assertThat(quality.mostTies()).isEqualTo(3);
    assertThat(quality.distinctSongs()).isEqualTo(10);
    assertThat(quality.keywordShare()).isCloseTo(0.6, within(1e-9));
    assertThat(quality.meanWeight()).isCloseTo((1 + 2 + 3 + 4 + 5 + 6) / 10.0, within(1e-6));
    assertThat(quality.overlap(quality)).isEqualTo(1);
  }

  @Test
  void noPicturesGiveNoAnswers() {
    Graph graph = new GraphBuilder(2, 1, 1).build();
    EmbeddingQuality quality = EmbeddingQuality.of(graph, FloatMatrix.zeros(4, 1), 5);
    assertThat(quality.answers()).isEmpty();
    assertThat(quality.keywordShare()).isZero();
    assertThat(quality.ties()).isZero();
  }
}
