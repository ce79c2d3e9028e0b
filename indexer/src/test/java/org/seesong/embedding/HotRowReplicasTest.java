package org.seesong.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.seesong.graph.Graph;
import org.seesong.graph.GraphBuilder;

class HotRowReplicasTest {
  private static final int STRIDE = 8;

  private static Graph graph(int keywords) {
    GraphBuilder builder = new GraphBuilder(3, keywords, 2);
    for (int keyword = 0; keyword < keywords; keyword++) {
      builder.addSongEdge(keyword % 3, keyword, 1);
    }
    builder.addPictureEdge(1, keywords - 1, 1);
    return builder.build();
  }

  @Test
  void oneWorkerHasNoCopiesAndFindsAllWhereTheyAre() {
    Graph graph = graph(4);
    HotRowReplicas hot = new HotRowReplicas(graph, STRIDE, 1);
    assertThat(hot.count()).isZero();
    for (int v = 0; v < graph.vertices(); v++) {
      assertThat(hot.worker(0).offset(v)).isEqualTo(v * STRIDE);
    }
  }

  @Test
  void everyWorkerHasACopyOfEveryKeywordAndSharesTheRest() {
    Graph graph = graph(4);
    HotRowReplicas hot = new HotRowReplicas(graph, STRIDE, 3);
    assertThat(hot.count()).isEqualTo(4);
    Set<Integer> places = new HashSet<>();
    for (int number = 0; number < 3; number++) {
      HotRowReplicas.Worker worker = hot.worker(number);
      for (int keyword = 3; keyword < 7; keyword++) {
        int place = worker.offset(keyword);
        assertThat(place).isGreaterThanOrEqualTo((graph.vertices() + 1) * STRIDE);
        assertThat(places.add(place)).isTrue();
      }
      assertThat(worker.offset(2)).isEqualTo(2 * STRIDE);
      assertThat(worker.offset(7)).isEqualTo(7 * STRIDE);
      assertThat(worker.offset(8)).isEqualTo(8 * STRIDE);
    }
    assertThat(places).allMatch(place -> place < (graph.vertices() + 1 + 12) * STRIDE);
  }

  @Test
  void whatAllWorkersChangedAddsUp() {
    Graph graph = graph(4);
    HotRowReplicas hot = new HotRowReplicas(graph, STRIDE, 2);
    float[] vectors = new float[(graph.vertices() + 1 + 8) * STRIDE];
    float[] contexts = new float[vectors.length];
    int common = 5 * STRIDE + 2;
    vectors[common] = 10;
    contexts[common] = 20;
    HotRowReplicas.Worker first = hot.worker(0);
    HotRowReplicas.Worker second = hot.worker(1);
    first.begin(vectors, contexts);
    second.begin(vectors, contexts);
    assertThat(vectors[first.offset(5) + 2]).isEqualTo(10);
    vectors[first.offset(5) + 2] += 1;
    vectors[second.offset(5) + 2] += 0.5f;
    contexts[second.offset(5) + 2] -= 4;
    first.exchange(vectors, contexts);
    assertThat(vectors[common]).isEqualTo(11);
    second.exchange(vectors, contexts);
    assertThat(vectors[common]).isCloseTo(11.5f, within(1e-6f));
    assertThat(contexts[common]).isEqualTo(16);
    first.exchange(vectors, contexts);
    assertThat(vectors[common]).isCloseTo(11.5f, within(1e-6f));
    assertThat(vectors[first.offset(5) + 2]).isCloseTo(11.5f, within(1e-6f));
    assertThat(contexts[first.offset(5) + 2]).isEqualTo(16);
  }

  @Test
  void sharedContextsAreCountedOnce() {
    Graph graph = graph(2);
    HotRowReplicas hot = new HotRowReplicas(graph, STRIDE, 2);
    float[] rows = new float[(graph.vertices() + 1 + 4) * STRIDE];
    HotRowReplicas.Worker worker = hot.worker(1);
    worker.begin(rows, rows);
    rows[worker.offset(3)] += 1;
    worker.exchange(rows, rows);
    assertThat(rows[3 * STRIDE]).isEqualTo(1);
    assertThat(rows[worker.offset(3)]).isEqualTo(1);
  }

  @Test
  void ofTooManyKeywordsThoseWithMostEdgesHaveCopies() {
    Graph graph = graph(20);
    HotRowReplicas hot = new HotRowReplicas(graph, 1 << 14, 2);
    assertThat(hot.count()).isEqualTo(4);
    assertThat(hot.worker(0).offset(graph.keywordVertex(19)))
        .isGreaterThanOrEqualTo((graph.vertices() + 1) << 14);
    assertThat(hot.worker(0).offset(graph.keywordVertex(18)))
        .isEqualTo(graph.keywordVertex(18) << 14);
  }
}
