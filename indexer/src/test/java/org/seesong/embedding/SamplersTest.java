package org.seesong.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.seesong.graph.Graph;

class SamplersTest {
  private final SplittableRandom random = new SplittableRandom(3);

  @Test
  void edgesAreDrawnByTheirWeightInBothDirections() {
    Graph graph = PlantedGraphs.of(4, 50, 20, 1);
    EdgeSampler sampler = new EdgeSampler(graph, 1);
    int strong = 0;
    int fromKeyword = 0;
    double total = 0;
    double strongTotal = 0;
    for (int i = 0; i < graph.rowStart(graph.songs()); i++) {
      total += graph.weight(i);
      strongTotal += graph.weight(i) == 5 ? 5 : 0;
    }
    total += graph.pictures();
    for (int i = 0; i < 100_000; i++) {
      long pair = sampler.draw(random);
      int source = (int) (pair >>> 32);
      int target = (int) pair;
      fromKeyword += isKeyword(graph, source) ? 1 : 0;
      assertThat(isKeyword(graph, source)).isNotEqualTo(isKeyword(graph, target));
      int keyword = isKeyword(graph, source) ? source : target;
      strong += weight(graph, source + target - keyword, keyword) == 5 ? 1 : 0;
    }
    assertThat(fromKeyword / 1e5).isCloseTo(0.5, within(0.01));
    assertThat(strong / 1e5).isCloseTo(strongTotal / total, within(0.01));
  }

  @Test
  void typedNegativesAreOfTheTargetsTypeAndNeverIsolated() {
    Graph graph = PlantedGraphs.withGaps();
    NegativeSampler typed = new NegativeSampler(graph, 0.75, 1, true);
    NegativeSampler all = new NegativeSampler(graph, 0, 1, false);
    for (int i = 0; i < 10_000; i++) {
      assertThat(typed.draw(random, 0)).isBetween(0, 1);
      assertThat(typed.draw(random, 4)).isBetween(3, 5);
      assertThat(typed.draw(random, 6)).isBetween(6, 7);
      assertThat(graph.isIsolated(all.draw(random, 0))).isFalse();
    }
  }

  private static boolean isKeyword(Graph graph, int vertex) {
    return vertex >= graph.songs() && vertex < graph.songs() + graph.keywords();
  }

  private static float weight(Graph graph, int vertex, int neighbour) {
    for (int i = graph.rowStart(vertex); i < graph.rowStart(vertex + 1); i++) {
      if (graph.target(i) == neighbour) {
        return graph.weight(i);
      }
    }
    return 0;
  }
}
