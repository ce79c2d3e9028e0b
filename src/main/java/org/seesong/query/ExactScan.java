package org.seesong.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConjunctionUtils;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.seesong.index.LuceneVectors;
import org.seesong.index.VectorSketch;

/**
 * Compares every vector of a field with all targets, in ranges of documents that may run side by
 * side. The order of answers is total, so ranges do not change it.
 */
final class ExactScan {
  /** Documents that pass a filter are few if they are less than this part of the vectors. */
  private static final int FEW = 8;

  private final Fields fields;
  private final List<float[]> targets;
  private final int k;
  private final Optional<Weight> filter;

  private final Sketches sketches;

  /** Where vectors are, and the ids that break ties. */
  record Fields(String vectors, String ids) {}

  ExactScan(
      Sketches sketches, Fields fields, List<float[]> targets, int k, Optional<Weight> filter) {
    this.sketches = sketches;
    this.fields = fields;
    this.targets = targets;
    this.k = k;
    this.filter = filter;
  }

  /** Vectors of one segment from one number to before another. */
  private record Range(LeafReaderContext leaf, int from, int to) {}

  List<List<Neighbour>> run(IndexSearcher searcher, Collection<LeafReaderContext> leaves, int parts)
      throws IOException {
    List<Range> ranges = ranges(leaves, parts);
    if (parts == 1) {
      List<NearestList> nearest = emptyLists();
      for (Range range : ranges) {
        scan(range, nearest, new TimeoutCheck(searcher.getTimeout()));
      }
      return sorted(nearest);
    }
    List<Callable<List<NearestList>>> tasks = new ArrayList<>();
    for (Range range : ranges) {
      tasks.add(
          () -> {
            List<NearestList> nearest = emptyLists();
            scan(range, nearest, new TimeoutCheck(searcher.getTimeout()));
            return nearest;
          });
    }
    List<NearestList> all = emptyLists();
    for (List<NearestList> part : searcher.getTaskExecutor().invokeAll(tasks)) {
      for (int i = 0; i < all.size(); i++) {
        all.get(i).addAll(part.get(i));
      }
    }
    return sorted(all);
  }

  private List<NearestList> emptyLists() {
    return targets.stream().map(target -> new NearestList(target, k)).toList();
  }

  private static List<List<Neighbour>> sorted(List<NearestList> lists) {
    return lists.stream().map(NearestList::sorted).toList();
  }

  /** Cuts each segment into parts of as many vectors. */
  private List<Range> ranges(Collection<LeafReaderContext> leaves, int parts) throws IOException {
    List<Range> ranges = new ArrayList<>();
    for (LeafReaderContext leaf : leaves) {
      int size =
          LuceneVectors.open(leaf.reader(), fields.vectors()).map(LuceneVectors::size).orElse(0);
      boolean sketched = sketches.of(leaf.reader(), fields.vectors()).isPresent();
      int cuts = sketched ? 1 : Math.min(parts, size);
      int from = 0;
      for (int i = 1; i <= cuts; i++) {
        int to = (int) ((long) size * i / cuts);
        ranges.add(new Range(leaf, from, to));
        from = to;
      }
    }
    return ranges;
  }

  private void scan(Range range, List<NearestList> nearest, TimeoutCheck timeout)
      throws IOException {
    LeafReaderContext leaf = range.leaf();
    LuceneVectors vectors = LuceneVectors.open(leaf.reader(), fields.vectors()).orElseThrow();
    DocumentIds ids = new DocumentIds(leaf.reader(), fields.ids());
    RowScan rows = new RowScan(vectors, nearest, leaf.docBase, ids, timeout);
    Bits live = leaf.reader().getLiveDocs();
    if (filter.isEmpty()) {
      scanRows(range, live, rows);
      return;
    }
    Scorer scorer = filter.get().scorer(leaf);
    if (scorer == null) {
      return;
    }
    DocIdSetIterator passing = scorer.iterator();
    if (passing.cost() > vectors.size() / FEW) {
      scanRows(range, bits(passing, leaf.reader().maxDoc(), live), rows);
    } else {
      walk(range, vectors, passing, live, nearest, timeout);
    }
  }

  /** The documents that an iterator goes through and that are not deleted. */
  static FixedBitSet bits(DocIdSetIterator passing, int maxDoc, Bits live) throws IOException {
    FixedBitSet bits = new FixedBitSet(maxDoc);
    bits.or(passing);
    if (live != null) {
      for (int document = 0; document < maxDoc; document++) {
        if (!live.get(document)) {
          bits.clear(document);
        }
      }
    }
    return bits;
  }

  private void scanRows(Range range, Bits accepted, RowScan scan) throws IOException {
    Optional<VectorSketch> sketch = sketches.of(range.leaf().reader(), fields.vectors());
    if (sketch.isPresent()) {
      scan.offer(sketch.get(), accepted);
    } else {
      scan.offer(range.from(), range.to(), accepted);
    }
  }

  /** Goes from document to document, where they are few. */
  private void walk(
      Range range,
      LuceneVectors vectors,
      DocIdSetIterator passing,
      Bits live,
      List<NearestList> nearest,
      TimeoutCheck timeout)
      throws IOException {
    LeafReaderContext leaf = range.leaf();
    DocumentIds ids = new DocumentIds(leaf.reader(), fields.ids());
    int first = vectors.document(range.from());
    int end =
        range.to() < vectors.size() ? vectors.document(range.to()) : DocIdSetIterator.NO_MORE_DOCS;
    DocIdSetIterator documents =
        ConjunctionUtils.intersectIterators(List.of(passing, vectors.documents()));
    for (int document = documents.advance(first); document < end; document = documents.nextDoc()) {
      timeout.countVector();
      if (live == null || live.get(document)) {
        float[] vector = vectors.current();
        for (NearestList list : nearest) {
          list.offer(vector, leaf.docBase, document, ids);
        }
      }
    }
  }
}
