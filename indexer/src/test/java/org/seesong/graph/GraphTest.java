package org.seesong.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class GraphTest {
  @RepeatedTest(20)
  void equalsAMapOfMapsOverRandomEdges(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    int songs = random.nextInt(1, 30);
    int keywords = random.nextInt(1, 8);
    int pictures = random.nextInt(1, 30);
    GraphBuilder builder = new GraphBuilder(songs, keywords, pictures);
    Map<Integer, TreeMap<Integer, Float>> model = new TreeMap<>();
    for (int i = random.nextInt(3000); i > 0; i--) {
      int keyword = random.nextInt(keywords);
      float weight = random.nextInt(1, 9); // whole numbers: sums are exact in any order
      int thing;
      if (random.nextBoolean()) {
        thing = random.nextInt(songs);
        builder.addSongEdge(thing, keyword, weight);
      } else {
        int picture = random.nextInt(pictures);
        builder.addPictureEdge(picture, keyword, weight);
        thing = songs + keywords + picture;
      }
      model.computeIfAbsent(thing, v -> new TreeMap<>()).merge(songs + keyword, weight, Float::sum);
      model.computeIfAbsent(songs + keyword, v -> new TreeMap<>()).merge(thing, weight, Float::sum);
    }
    Graph graph = builder.build();
    assertThat(graph.vertices()).isEqualTo(songs + keywords + pictures);
    int ends = 0;
    for (int v = 0; v < graph.vertices(); v++) {
      TreeMap<Integer, Float> row = new TreeMap<>();
      int before = -1;
      for (int i = graph.rowStart(v); i < graph.rowStart(v + 1); i++) {
        assertThat(graph.target(i)).isGreaterThan(before);
        before = graph.target(i);
        row.put(before, graph.weight(i));
      }
      ends += row.size();
      assertThat(row).isEqualTo(model.getOrDefault(v, new TreeMap<>()));
      assertThat(graph.isIsolated(v)).isEqualTo(row.isEmpty());
      assertThat(graph.degree(v)).isEqualTo(row.values().stream().mapToDouble(w -> w).sum());
    }
    assertThat(ends).isEqualTo(2 * graph.edges());
  }

  @Test
  void theHashTellsGraphsApart() {
    assertThat(oneEdge(1f).hash()).isEqualTo(oneEdge(1f).hash()).hasSize(64);
    assertThat(oneEdge(1f).hash()).isNotEqualTo(oneEdge(2f).hash());
    assertThat(new GraphBuilder(1, 2, 3).build().hash())
        .isNotEqualTo(new GraphBuilder(1, 3, 2).build().hash());
  }

  @Test
  void anEmptyGraphIsAGraph() {
    Graph graph = new GraphBuilder(0, 0, 0).build();
    assertThat(graph.vertices()).isZero();
    assertThat(graph.edges()).isZero();
  }

  @Test
  void badEdgesAreRefused() {
    GraphBuilder builder = new GraphBuilder(1, 1, 1);
    for (float weight : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> builder.addSongEdge(0, 0, weight))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("weight of an edge must be a finite number above 0; got: " + weight);
    }
    assertThatThrownBy(() -> builder.addSongEdge(1, 0, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> builder.addPictureEdge(0, 1, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new GraphBuilder(Integer.MAX_VALUE, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Graph oneEdge(float weight) {
    GraphBuilder builder = new GraphBuilder(1, 1, 1);
    builder.addSongEdge(0, 0, weight);
    return builder.build();
  }

  @Test
  void scaledWeightsStayWeights() {
    assertThat(GraphBuilder.scaled(3, 0.5)).isEqualTo(1.5f);
    assertThat(GraphBuilder.scaled(Float.MIN_NORMAL, 1e-9)).isEqualTo(Float.MIN_NORMAL);
    assertThat(GraphBuilder.scaled(Double.MIN_VALUE, Double.MIN_VALUE)).isEqualTo(Float.MIN_NORMAL);
    assertThat(GraphBuilder.scaled(Float.MAX_VALUE, 2)).isEqualTo(Float.MAX_VALUE);
    assertThat(GraphBuilder.scaled(1e300, 1e300)).isEqualTo(Float.MAX_VALUE);
  }
}
