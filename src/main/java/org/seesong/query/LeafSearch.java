package org.seesong.query;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConjunctionUtils;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.seesong.index.LuceneVectors;
import org.seesong.index.VectorSketch;

/** Finds nearly all near vectors of one segment. For one thread. */
final class LeafSearch {
  /**
   * Takes cells to be this much farther away than they surely are. On 33,459 generated vectors of
   * 4,096 numbers 3 finds what 1 finds in a quarter of the time; 4 begins to miss some.
   */
  private static final double REACH = 3;

  /** Candidates beside one and a half times those wanted, where estimates err by rounding only. */
  private static final int SPARE_OF_WHOLE = 5;

  /**
   * Documents that pass a filter are few if they are no more than this part of the vectors, where
   * vectors are short: then all of them are compared. For a hundredth of a million songs and five
   * places that takes a third of what a search takes.
   */
  private static final int FEW = 32;

  /** Documents are few, too, if their vectors have no more numbers than this: 5,000 songs of 64. */
  private static final int FEW_NUMBERS = 320_000;

  /**
   * Numbers that are compared one after the other in the time that the graph takes for a candidate:
   * measured for one target among 13,000 vectors of 64 dimensions. Several targets share a scan and
   * no graph, so then more would pay, too.
   */
  private static final long FLOATS = 8192;

  private final Sketches sketches;
  private final LeafReaderContext leaf;
  private final ExactScan.Fields fields;
  private final TimeoutCheck timeout;

  /** Documents that pass; null for all, as Lucene has it. */
  private final Bits accepted;

  /** How many do, if there is a filter; else -1. */
  private final int passing;

  LeafSearch(
      Sketches sketches,
      LeafReaderContext leaf,
      ExactScan.Fields fields,
      Optional<Weight> filter,
      TimeoutCheck timeout)
      throws IOException {
    this.timeout = timeout;
    this.sketches = sketches;
    this.leaf = leaf;
    this.fields = fields;
    Bits live = leaf.reader().getLiveDocs();
    if (filter.isEmpty()) {
      this.accepted = live;
      this.passing = -1;
    } else {
      FixedBitSet bits = passing(filter.get(), live);
      this.accepted = bits;
      this.passing = bits.cardinality();
    }
  }

  private FixedBitSet passing(Weight filter, Bits live) throws IOException {
    Scorer scorer = filter.scorer(leaf);
    DocIdSetIterator documents = scorer == null ? DocIdSetIterator.empty() : scorer.iterator();
    return ExactScan.bits(documents, leaf.reader().maxDoc(), live);
  }

  /** Offers each list what is near its target; true if every vector that passes was compared. */
  boolean offer(int candidates, List<NearestList> lists) throws IOException {
    Optional<LuceneVectors> vectors = LuceneVectors.open(leaf.reader(), fields.vectors());
    if (vectors.isEmpty()) {
      return true;
    }
    Optional<VectorSketch> sketch = sketches.of(leaf.reader(), fields.vectors());
    DocumentIds ids = new DocumentIds(leaf.reader(), fields.ids());
    boolean whole = sketch.isPresent() && sketch.get().isWhole();
    int few =
        Math.max(FEW_NUMBERS / vectors.get().dimension(), whole ? vectors.get().size() / FEW : 0);
    if (passing >= 0 && passing <= few) {
      offerAll((FixedBitSet) accepted, vectors.get(), lists, ids);
      return true;
    }
    if (sketch.isPresent()) {
      for (NearestList list : lists) {
        timeout.look();
        offer(sketch.get(), vectors.get(), candidates, list, ids);
      }
      return false;
    }
    if (vectors.get().size() * (long) vectors.get().dimension() <= FLOATS * candidates) {
      int size = vectors.get().size();
      new RowScan(vectors.get(), lists, leaf.docBase, ids, timeout).offer(0, size, accepted);
      return true;
    }
    for (NearestList list : lists) {
      ScoreDoc[] found =
          LuceneVectors.nearest(
              leaf.reader(),
              fields.vectors(),
              list.target(),
              candidates,
              accepted,
              timeout.timeout());
      timeout.look();
      // In the order of documents, one pass over the vectors serves all hits.
      Arrays.sort(found, Comparator.comparingInt(hit -> hit.doc));
      LuceneVectors rows = LuceneVectors.open(leaf.reader(), fields.vectors()).orElseThrow();
      for (ScoreDoc hit : found) {
        rows.documents().advance(hit.doc);
        list.offer(rows.current(), leaf.docBase, hit.doc, ids);
      }
    }
    return false;
  }

  /** Compares all that pass, which gives the exact answer. */
  private void offerAll(
      FixedBitSet documents, LuceneVectors rows, List<NearestList> lists, DocumentIds ids)
      throws IOException {
    DocIdSetIterator both =
        ConjunctionUtils.intersectIterators(
            List.of(new BitSetIterator(documents, passing), rows.documents()));
    for (int document = both.nextDoc();
        document != DocIdSetIterator.NO_MORE_DOCS;
        document = both.nextDoc()) {
      timeout.countVector();
      float[] vector = rows.current();
      for (NearestList list : lists) {
        list.offer(vector, leaf.docBase, document, ids);
      }
    }
  }

  private void offer(
      VectorSketch sketch, LuceneVectors rows, int candidates, NearestList list, DocumentIds ids)
      throws IOException {
    VectorSketch.Target target = sketch.target(list.target());
    IntPredicate passes = accepted == null ? row -> true : row -> accepted.get(rows.document(row));
    int asked =
        sketch.isWhole() ? Math.min(candidates, list.size() * 3 / 2 + SPARE_OF_WHOLE) : candidates;
    EstimateErrors errors = new EstimateErrors(target);
    boolean few = passing >= 0 && passing < rows.size() / 2;
    for (int row : target.nearest(asked, REACH, passes, few)) {
      if (target.leastSquared(row) <= list.worst() && errors.mayBeWithin(row, list.worst())) {
        timeout.countVector();
        float squared = list.offer(rows.vector(row), leaf.docBase, rows.document(row), ids);
        errors.learn(row, squared);
      }
    }
  }
}
