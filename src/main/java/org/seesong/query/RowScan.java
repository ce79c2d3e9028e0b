package org.seesong.query;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.VectorUtil;
import org.seesong.index.LuceneVectors;
import org.seesong.index.RowVisitor;
import org.seesong.index.VectorSketch;

/**
 * Goes through vectors in the order in which the file has them and compares no more than it must.
 * The answer is that of comparing all vectors with all targets, to the bit.
 *
 * <p>A vector's distance from the first target tells, by the triangle inequality, how near it may
 * at most be to the others. Where targets are close together, as pictures of one keyword are in the
 * network, one comparison mostly does for all. The bound leaves a margin for rounding, and whatever
 * passes is compared.
 *
 * <p>For one thread.
 */
final class RowScan {
  /** Far above the rounding of a float sum of 16,384 terms, far below what costs comparisons. */
  private static final double MARGIN = 1e-3;

  /** Rows read first, beside twice those wanted. */
  private static final int FIRST = 20;

  private final LuceneVectors vectors;
  private final List<NearestList> nearest;
  private final int docBase;
  private final DocumentIds ids;
  private final TimeoutCheck timeout;
  private final double[] fromFirst;

  RowScan(
      LuceneVectors vectors,
      List<NearestList> nearest,
      int docBase,
      DocumentIds ids,
      TimeoutCheck timeout) {
    this.vectors = vectors;
    this.timeout = timeout;
    this.docBase = docBase;
    this.ids = ids;
    this.nearest = nearest;
    float[] first = nearest.get(0).target();
    fromFirst =
        nearest.stream()
            .mapToDouble(list -> Math.sqrt(VectorUtil.squareDistance(first, list.target())))
            .toArray();
  }

  /** Offers the vectors of some numbers in the file whose documents are accepted. */
  void offer(int from, int to, Bits accepted) throws IOException {
    for (int row = from; row < to; row++) {
      timeout.countVector();
      int document = vectors.document(row);
      if (accepted == null || accepted.get(document)) {
        offerToAll(vectors.vector(row), document);
      }
    }
  }

  private void offerToAll(float[] vector, int document) throws IOException {
    double first = Math.sqrt(nearest.get(0).offer(vector, docBase, document, ids));
    for (int i = 1; i < fromFirst.length; i++) {
      NearestList list = nearest.get(i);
      double least = Math.abs(first - fromFirst[i]) - MARGIN * (first + fromFirst[i]);
      if (least <= 0 || least * least <= list.worst()) {
        list.offer(vector, docBase, document, ids);
      }
    }
  }

  /** Offers to each target those vectors that the sketch does not rule out. */
  void offer(VectorSketch sketch, Bits accepted) throws IOException {
    for (NearestList list : nearest) {
      timeout.look();
      VectorSketch.Target target = sketch.target(list.target());
      // The likely ones first, so that few others are left.
      BitSet seen = new BitSet();
      for (int row :
          target.nearest(list.size() * 2 + FIRST, 1, row -> passes(row, accepted), false)) {
        offer(list, row);
        seen.set(row);
      }
      target.within(
          new RowVisitor() {
            @Override
            public double squared() {
              return list.worst();
            }

            @Override
            public void visit(int row) throws IOException {
              if (!seen.get(row) && passes(row, accepted)) {
                offer(list, row);
              }
            }
          });
    }
  }

  private boolean passes(int row, Bits accepted) {
    return accepted == null || accepted.get(vectors.document(row));
  }

  private void offer(NearestList list, int row) throws IOException {
    timeout.countVector();
    list.offer(vectors.vector(row), docBase, vectors.document(row), ids);
  }
}
