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

/**
 * The sum of vectors of an index or of several, from which their mean follows.
 *
 * @param sum in doubles; empty without vectors, never written to
 * @param count how many vectors
 */
public record EmbeddingSum(double[] sum, long count) {
  /** Of no vectors. */
  public static final EmbeddingSum NONE = new EmbeddingSum(new double[0], 0);

  /** The sum, in one field, of the vectors of what a query matches; a pass over them. */
  public static EmbeddingSum of(IndexSearcher searcher, Query query, String field)
      throws IOException {
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
    return count == 0 ? NONE : new EmbeddingSum(sum, count);
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

  /** Of the vectors of both, which have one dimension. */
  public EmbeddingSum plus(EmbeddingSum other) {
    if (count == 0 || other.count == 0) {
      return count == 0 ? other : this;
    }
    double[] both = sum.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] += other.sum[i];
    }
    return new EmbeddingSum(both, count + other.count);
  }

  /** The mean; nothing of no vectors. */
  public Optional<float[]> mean() {
    if (count == 0) {
      return Optional.empty();
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / count);
    }
    return Optional.of(mean);
  }
}
