package org.seesong.query;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConjunctionUtils;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.seesong.knn.LuceneVectors;

/** Mean vectors of documents that match queries. Safe for any number of threads. */
record EmbeddingMean(IndexSearcher searcher) {
  /** The mean, in one field, of the vectors of what a query matches; empty if nothing has one. */
  Optional<float[]> of(Query query, String field) throws IOException {
    Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
    double[] sum = new double[0];
    long count = 0;
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      Optional<LuceneVectors> vectors = LuceneVectors.open(leaf.reader(), field);
      Scorer scorer = weight.scorer(leaf);
      if (vectors.isEmpty() || scorer == null) {
        continue;
      }
      sum = sum.length == 0 ? new double[vectors.get().dimension()] : sum;
      count += add(leaf, scorer, vectors.get(), sum);
    }
    if (count == 0) {
      return Optional.empty();
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / count);
    }
    return Optional.of(mean);
  }

  private static int add(LeafReaderContext leaf, Scorer scorer, LuceneVectors vectors, double[] sum)
      throws IOException {
    Bits live = leaf.reader().getLiveDocs();
    DocIdSetIterator documents =
        ConjunctionUtils.intersectIterators(List.of(scorer.iterator(), vectors.documents()));
    int count = 0;
    for (int document = documents.nextDoc();
        document != DocIdSetIterator.NO_MORE_DOCS;
        document = documents.nextDoc()) {
      if (live == null || live.get(document)) {
        float[] vector = vectors.current();
        for (int i = 0; i < sum.length; i++) {
          sum[i] += vector[i];
        }
        count++;
      }
    }
    return count;
  }
}
