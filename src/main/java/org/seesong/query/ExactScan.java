package org.seesong.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.ConjunctionUtils;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.hnsw.RandomAccessVectorValues;
import org.seesong.index.IndexLayout;

/**
 * Compares every vector of a field with all targets, in ranges of documents that may run side by
 * side. The order of answers is total, so ranges do not change it.
 */
final class ExactScan {
  private final String field;
  private final List<float[]> targets;
  private final int k;
  private final Optional<Weight> filter;

  ExactScan(String field, List<float[]> targets, int k, Optional<Weight> filter) {
    this.field = field;
    this.targets = targets;
    this.k = k;
    this.filter = filter;
  }

  /** Documents of one segment from one number to before another. */
  private record Range(LeafReaderContext leaf, int from, int to) {}

  List<List<Neighbour>> run(IndexSearcher searcher, int parts) throws IOException {
    List<Range> ranges = ranges(searcher.getIndexReader().leaves(), parts);
    if (parts == 1) {
      List<NearestList> nearest = emptyLists();
      for (Range range : ranges) {
        scan(range, nearest);
      }
      return sorted(nearest);
    }
    List<Callable<List<NearestList>>> tasks = new ArrayList<>();
    for (Range range : ranges) {
      tasks.add(
          () -> {
            List<NearestList> nearest = emptyLists();
            scan(range, nearest);
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
  private List<Range> ranges(List<LeafReaderContext> leaves, int parts) throws IOException {
    List<Range> ranges = new ArrayList<>();
    for (LeafReaderContext leaf : leaves) {
      FloatVectorValues vectors = leaf.reader().getFloatVectorValues(field);
      if (vectors == null || vectors.size() == 0) {
        continue;
      }
      int from = 0;
      if (vectors instanceof RandomAccessVectorValues random) {
        int cuts = Math.min(parts, vectors.size());
        for (int i = 1; i < cuts; i++) {
          int to = random.ordToDoc((int) ((long) vectors.size() * i / cuts));
          ranges.add(new Range(leaf, from, to));
          from = to;
        }
      }
      ranges.add(new Range(leaf, from, leaf.reader().maxDoc()));
    }
    return ranges;
  }

  private void scan(Range range, List<NearestList> nearest) throws IOException {
    LeafReaderContext leaf = range.leaf();
    FloatVectorValues vectors = leaf.reader().getFloatVectorValues(field);
    if (vectors == null) {
      return;
    }
    DocIdSetIterator documents = vectors;
    if (filter.isPresent()) {
      Scorer scorer = filter.get().scorer(leaf);
      if (scorer == null) {
        return;
      }
      documents = ConjunctionUtils.intersectIterators(List.of(scorer.iterator(), vectors));
    }
    Bits live = leaf.reader().getLiveDocs();
    SortedDocValues ids = DocValues.getSorted(leaf.reader(), IndexLayout.ID);
    for (int document = documents.advance(range.from());
        document < range.to();
        document = documents.nextDoc()) {
      if (live == null || live.get(document)) {
        float[] vector = vectors.vectorValue();
        for (NearestList list : nearest) {
          list.offer(vector, leaf.docBase, document, ids);
        }
      }
    }
  }
}
