package org.seesong.knn;

import java.io.IOException;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.util.VectorUtil;

/**
 * The nearest documents of one target so far, ordered by distance and id: a heap with the farthest
 * on top that goes from segment to segment. Gives up with {@link SearchTimeoutException}. For one
 * thread.
 */
final class NeighbourCollector implements SearchCollector {
  private final float[] target;
  private final int k;
  private final int candidates;
  private final TimeoutCheck timeout;
  private final PriorityQueue<Neighbour> heap = new PriorityQueue<>(Neighbour.NEAREST.reversed());
  private float worst = Float.POSITIVE_INFINITY;
  private long visited;
  private int docBase;
  private DocumentIds ids;

  /**
   * Collects nothing yet.
   *
   * @param k how many are wanted, at least 1
   * @param candidates vectors to compare in full in each segment, or {@link KnnSearcher#ALL}
   */
  NeighbourCollector(float[] target, int k, int candidates, TimeoutCheck timeout) {
    this.target = target;
    this.k = k;
    this.candidates = candidates;
    this.timeout = timeout;
  }

  /** Documents that are offered from now on are of this segment. */
  void enter(LeafReaderContext leaf, DocumentIds idsInLeaf) {
    docBase = leaf.docBase;
    ids = idsInLeaf;
  }

  float[] target() {
    return target;
  }

  int candidates() {
    return candidates;
  }

  /** The squared distance beyond which nothing is taken. */
  float maxSquaredDistance() {
    return worst;
  }

  /** Compares a document's vector. */
  void offer(int document, float[] vector) throws IOException {
    offer(document, VectorUtil.squareDistance(target, vector));
  }

  /** Takes a document of the segment if it is among the nearest. */
  void offer(int document, float squaredDistance) throws IOException {
    if (squaredDistance > worst) {
      return;
    }
    // Reads the id only of what may stay.
    heap.add(new Neighbour(docBase + document, ids.of(document), squaredDistance));
    if (heap.size() > k) {
      heap.remove();
    }
    if (heap.size() == k) {
      worst = heap.element().squaredDistance();
    }
  }

  /** Nearest first, ties in the order of ids. */
  List<Neighbour> neighbours() {
    return heap.stream().sorted(Neighbour.NEAREST).toList();
  }

  @Override
  public boolean earlyTerminated() {
    timeout.look();
    return false;
  }

  @Override
  public void incVisitedCount(int count) {
    visited += count;
  }

  @Override
  public long visitedCount() {
    return visited;
  }

  @Override
  public long visitLimit() {
    return Long.MAX_VALUE;
  }

  @Override
  public int k() {
    return k;
  }

  /** Not used: a similarity is too coarse to order near duplicates by. */
  @Override
  public boolean collect(int document, float similarity) {
    throw new UnsupportedOperationException("documents are offered with their distances");
  }

  @Override
  public float minCompetitiveSimilarity() {
    return Float.isInfinite(worst) ? Float.NEGATIVE_INFINITY : 1 / (1 + worst);
  }

  @Override
  public TopDocs topDocs() {
    ScoreDoc[] hits =
        neighbours().stream()
            .map(hit -> new ScoreDoc(hit.document(), 1 / (1 + hit.squaredDistance())))
            .toArray(ScoreDoc[]::new);
    return new TopDocs(new TotalHits(visited, TotalHits.Relation.EQUAL_TO), hits);
  }
}
