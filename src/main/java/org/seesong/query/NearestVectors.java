package org.seesong.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.ConjunctionUtils;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.VectorUtil;
import org.seesong.index.IndexLayout;

/**
 * Finds the documents whose vectors in one field are nearest to some targets.
 *
 * <p>The exact way reads every vector once and compares it with all targets: for n vectors of d
 * floats and t targets, n * d floats read and n * d * t multiplications. The approximate way asks
 * Lucene's graph for candidates, whose scores are rounded, and puts them in order by their true
 * distances; where the graph finds fewer than asked for, the exact way answers.
 *
 * <p>Safe for any number of threads.
 */
final class NearestVectors {
  private final IndexSearcher searcher;
  private final String field;

  NearestVectors(IndexSearcher searcher, String field) {
    this.searcher = searcher;
    this.field = field;
  }

  /** The k nearest of each target by looking at every vector, nearest first. */
  List<List<Neighbour>> exact(List<float[]> targets, int k, Optional<Query> filter)
      throws IOException {
    List<NearestList> nearest = new ArrayList<>(targets.size());
    for (float[] target : targets) {
      nearest.add(new NearestList(target, k));
    }
    Optional<Weight> weight =
        filter.isEmpty() ? Optional.empty() : Optional.of(weight(filter.get()));
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      scan(leaf, weight, nearest);
    }
    return nearest.stream().map(NearestList::sorted).toList();
  }

  private Weight weight(Query filter) throws IOException {
    return searcher.createWeight(searcher.rewrite(filter), ScoreMode.COMPLETE_NO_SCORES, 1);
  }

  private void scan(LeafReaderContext leaf, Optional<Weight> filter, List<NearestList> nearest)
      throws IOException {
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
    for (int document = documents.nextDoc();
        document != DocIdSetIterator.NO_MORE_DOCS;
        document = documents.nextDoc()) {
      if (live == null || live.get(document)) {
        float[] vector = vectors.vectorValue();
        for (NearestList list : nearest) {
          list.offer(vector, leaf.docBase, document, ids);
        }
      }
    }
  }

  /** The k nearest of each target through the graph, nearest first. */
  List<List<Neighbour>> approximate(
      List<float[]> targets, int k, int candidates, Optional<Query> filter) throws IOException {
    List<List<Neighbour>> result = new ArrayList<>(targets.size());
    for (float[] target : targets) {
      int asked = Math.max(k, candidates);
      Query query = new KnnFloatVectorQuery(field, target, asked, filter.orElse(null));
      ScoreDoc[] found = searcher.search(query, asked).scoreDocs;
      result.add(
          found.length < k ? exact(List.of(target), k, filter).get(0) : rescore(found, target, k));
    }
    return result;
  }

  private List<Neighbour> rescore(ScoreDoc[] found, float[] target, int k) throws IOException {
    int[] documents = Arrays.stream(found).mapToInt(hit -> hit.doc).sorted().toArray();
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    NearestList nearest = new NearestList(target, k);
    for (int next = 0; next < documents.length; ) {
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(documents[next], leaves));
      FloatVectorValues vectors = leaf.reader().getFloatVectorValues(field);
      SortedDocValues ids = DocValues.getSorted(leaf.reader(), IndexLayout.ID);
      int end = leaf.docBase + leaf.reader().maxDoc();
      for (; next < documents.length && documents[next] < end; next++) {
        int document = vectors.advance(documents[next] - leaf.docBase);
        nearest.offer(vectors.vectorValue(), leaf.docBase, document, ids);
      }
    }
    return nearest.sorted();
  }

  /** The best so far for one target: a heap with the worst on top. */
  private static final class NearestList {
    private final float[] target;
    private final int size;
    private final java.util.PriorityQueue<Neighbour> heap =
        new java.util.PriorityQueue<>(Neighbour.NEAREST.reversed());
    private float worst = Float.POSITIVE_INFINITY;

    NearestList(float[] target, int size) {
      this.target = target;
      this.size = size;
    }

    /** Takes a document if it is among the best; reads its id only then. */
    void offer(float[] vector, int docBase, int document, SortedDocValues ids) throws IOException {
      float squared = VectorUtil.squareDistance(target, vector);
      if (squared > worst) {
        return;
      }
      String id = ids.advanceExact(document) ? ids.lookupOrd(ids.ordValue()).utf8ToString() : "";
      heap.add(new Neighbour(docBase + document, id, squared));
      if (heap.size() > size) {
        heap.remove();
      }
      if (heap.size() == size) {
        worst = heap.element().squaredDistance();
      }
    }

    List<Neighbour> sorted() {
      return heap.stream().sorted(Neighbour.NEAREST).toList();
    }
  }
}
