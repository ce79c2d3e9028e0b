package org.seesong.query;

import java.io.IOException;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.util.VectorUtil;

/** The best so far for one target: a heap with the worst on top. For one thread. */
final class NearestList {
  private final float[] target;
  private final int size;
  private final PriorityQueue<Neighbour> heap = new PriorityQueue<>(Neighbour.NEAREST.reversed());
  private float worst = Float.POSITIVE_INFINITY;

  NearestList(float[] target, int size) {
    this.target = target;
    this.size = size;
  }

  float[] target() {
    return target;
  }

  /** How many are wanted. */
  int size() {
    return size;
  }

  /** The squared distance beyond which nothing is taken. */
  float worst() {
    return worst;
  }

  /** Compares a document, takes it if it is among the best, and returns its squared distance. */
  float offer(float[] vector, int docBase, int document, DocumentIds ids) throws IOException {
    float squared = VectorUtil.squareDistance(target, vector);
    if (squared <= worst) {
      // Reads the id only of what may stay.
      add(new Neighbour(docBase + document, ids.of(document), squared));
    }
    return squared;
  }

  private void add(Neighbour neighbour) {
    heap.add(neighbour);
    if (heap.size() > size) {
      heap.remove();
    }
    if (heap.size() == size) {
      worst = heap.element().squaredDistance();
    }
  }

  /** Takes over what another list for the same target found among other documents. */
  void addAll(NearestList other) {
    other.heap.forEach(this::add);
  }

  List<Neighbour> sorted() {
    return heap.stream().sorted(Neighbour.NEAREST).toList();
  }
}
