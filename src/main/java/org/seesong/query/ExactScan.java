package org.seesong.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.search.ConjunctionUtils;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.hnsw.RandomAccessVectorValues;
import org.seesong.index.VectorSketch;

/**
 * Compares every vector of a field with all targets, in ranges of documents that may run side by
 * side. The order of answers is total, so ranges do not change it.
 */
final class ExactScan {
  /** Documents that pass a filter are few if they are less than this part of the vectors. */
  private static final int FEW = 8;

  /** Documents that are compared between two looks at the clock. */
  private static final int STRETCH = 2048;

  private final VectorSource source;
  private final String field;
  private final List<float[]> targets;
  private final int k;
  private final Optional<Weight> filter;

  ExactScan(VectorSource source, List<float[]> targets, int k, Optional<Weight> filter) {
    this.source = source;
    this.field = source.field();
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
        scan(range, nearest, searcher.getTimeout());
      }
      return sorted(nearest);
    }
    List<Callable<List<NearestList>>> tasks = new ArrayList<>();
    for (Range range : ranges) {
      tasks.add(
          () -> {
            List<NearestList> nearest = emptyLists();
            scan(range, nearest, searcher.getTimeout());
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
      FloatVectorValues vectors = leaf.reader().getFloatVectorValues(field);
      if (vectors == null || vectors.size() == 0) {
        continue;
      }
      boolean whole =
          !(vectors instanceof RandomAccessVectorValues)
              || source.sketches().of(leaf.reader()).isPresent();
      int cuts = whole ? 1 : Math.min(parts, vectors.size());
      int from = 0;
      for (int i = 1; i <= cuts; i++) {
        int to = (int) ((long) vectors.size() * i / cuts);
        ranges.add(new Range(leaf, from, to));
        from = to;
      }
    }
    return ranges;
  }

  private void scan(Range range, List<NearestList> nearest, QueryTimeout timeout)
      throws IOException {
    LeafReaderContext leaf = range.leaf();
    FloatVectorValues vectors = leaf.reader().getFloatVectorValues(field);
    DocumentIds ids = source.ids(leaf.reader());
    Bits live = leaf.reader().getLiveDocs();
    if (filter.isEmpty()) {
      if (vectors instanceof RandomAccessVectorValues.Floats rows) {
        scanRows(range, live, new RowScan(rows, nearest, leaf.docBase, ids), timeout);
      } else {
        walk(range, vectors, vectors, live, nearest, timeout);
      }
      return;
    }
    Scorer scorer = filter.get().scorer(leaf);
    if (scorer == null) {
      return;
    }
    DocIdSetIterator passing = scorer.iterator();
    if (vectors instanceof RandomAccessVectorValues.Floats rows
        && passing.cost() > vectors.size() / FEW) {
      FixedBitSet bits = bits(passing, leaf.reader().maxDoc(), live);
      scanRows(range, bits, new RowScan(rows, nearest, leaf.docBase, ids), timeout);
    } else {
      walk(
          range,
          vectors,
          ConjunctionUtils.intersectIterators(List.of(passing, vectors)),
          live,
          nearest,
          timeout);
    }
  }

  private static FixedBitSet bits(DocIdSetIterator passing, int maxDoc, Bits live)
      throws IOException {
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

  private void scanRows(Range range, Bits accepted, RowScan scan, QueryTimeout timeout)
      throws IOException {
    Optional<VectorSketch> sketch = source.sketches().of(range.leaf().reader());
    if (sketch.isPresent()) {
      check(timeout);
      scan.offer(sketch.get(), accepted);
      return;
    }
    for (int from = range.from(); from < range.to(); from += STRETCH) {
      check(timeout);
      scan.offer(from, Math.min(range.to(), from + STRETCH), accepted);
    }
  }

  private static void check(QueryTimeout timeout) {
    if (timeout != null && timeout.shouldExit()) {
      throw new SearchTimeoutException("time was over before all vectors were compared");
    }
  }

  /** Goes from document to document: for few of them, or vectors that only come in turn. */
  private void walk(
      Range range,
      FloatVectorValues vectors,
      DocIdSetIterator documents,
      Bits live,
      List<NearestList> nearest,
      QueryTimeout timeout)
      throws IOException {
    LeafReaderContext leaf = range.leaf();
    DocumentIds ids = source.ids(leaf.reader());
    int first = 0;
    int end = DocIdSetIterator.NO_MORE_DOCS;
    if (vectors instanceof RandomAccessVectorValues rows) {
      first = rows.ordToDoc(range.from());
      end = range.to() < vectors.size() ? rows.ordToDoc(range.to()) : end;
    }
    int compared = 0;
    for (int document = documents.advance(first); document < end; document = documents.nextDoc()) {
      if (compared++ % STRETCH == 0) {
        check(timeout);
      }
      if (live == null || live.get(document)) {
        float[] vector = vectors.vectorValue();
        for (NearestList list : nearest) {
          list.offer(vector, leaf.docBase, document, ids);
        }
      }
    }
  }
}
