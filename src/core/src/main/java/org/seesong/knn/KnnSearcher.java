package org.seesong.knn;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;

/**
 * Finds the documents whose vectors in one field are nearest to some targets, by Euclidean distance
 * and then by id.
 *
 * <p>Goes through Lucene's {@code searchNearestVectors} segment by segment, as {@link
 * org.apache.lucene.search.KnnFloatVectorQuery} does, with two differences: a filter is evaluated
 * once for all targets, and answers carry distances, so that ties can be told from near ties. With
 * {@link #ALL} candidates the answer is exact. A segment of another format than {@link
 * IvfVectorsFormat} is compared whole where that is asked for or cheap, and otherwise its best
 * candidates are compared by their full vectors.
 *
 * <p>Safe for any number of threads.
 */
public final class KnnSearcher {
  /** Number of candidates that makes an answer exact. */
  public static final int ALL = Integer.MAX_VALUE;

  /**
   * Numbers compared in the time that a graph takes for one candidate, measured on 64-d vectors.
   */
  private static final long NUMBERS_PER_CANDIDATE = 8192;

  private final IndexSearcher searcher;
  private final String field;
  private final String idField;
  private final int size;
  private final long numbers;

  /**
   * The vectors of a field of a Lucene index.
   *
   * @param searcher the index, which must stay open while searches run; its time limit holds
   * @param field a field of float vectors, compared by Euclidean distance
   * @param idField a string with sorted doc values, one for each document, that breaks ties
   */
  public KnnSearcher(IndexSearcher searcher, String field, String idField) throws IOException {
    this.searcher = searcher;
    this.field = field;
    this.idField = idField;
    int found = 0;
    long all = 0;
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      Optional<LuceneVectors> vectors = LuceneVectors.open(leaf.reader(), field);
      if (vectors.isPresent()) {
        found += vectors.get().size();
        all += (long) vectors.get().size() * vectors.get().dimension();
      }
    }
    this.size = found;
    this.numbers = all;
  }

  /**
   * How many there are.
   *
   * @return vectors in the field, of deleted documents too
   */
  public int size() {
    return size;
  }

  /** What comparing a target with all of them costs. */
  public long numbers() {
    return numbers;
  }

  /**
   * The nearest of each target.
   *
   * @param targets vectors of the field's dimension
   * @param k how many, at least 1
   * @param candidates vectors to compare in full in each segment, at least 1; {@link #ALL} for an
   *     exact answer
   * @param filter what documents must match
   * @return for each target its nearest documents, nearest first, ties in the order of ids
   * @throws SearchTimeoutException if the searcher's time limit ends the search
   */
  public List<List<Neighbour>> nearest(
      List<float[]> targets, int k, int candidates, Optional<Query> filter) throws IOException {
    if (k < 1 || candidates < 1) {
      throw new IllegalArgumentException(
          "k and candidates must be at least 1; got: " + k + ", " + candidates);
    }
    TimeoutCheck timeout = new TimeoutCheck(searcher.getTimeout());
    List<NeighbourCollector> collectors =
        targets.stream()
            .map(target -> new NeighbourCollector(target, k, Math.max(k, candidates), timeout))
            .toList();
    Optional<Weight> weight =
        filter.isEmpty() ? Optional.empty() : Optional.of(weight(filter.get()));
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      Optional<LuceneVectors> vectors = LuceneVectors.open(leaf.reader(), field);
      if (vectors.isPresent()) {
        DocumentIds ids = new DocumentIds(leaf.reader(), idField);
        collectors.forEach(collector -> collector.enter(leaf, ids));
        search(leaf, vectors.get(), accepted(leaf, weight), collectors, timeout);
      }
    }
    return collectors.stream().map(NeighbourCollector::neighbours).toList();
  }

  private Weight weight(Query filter) throws IOException {
    return searcher.createWeight(searcher.rewrite(filter), ScoreMode.COMPLETE_NO_SCORES, 1);
  }

  /** Documents of a segment that count; null for all, as Lucene has it. */
  private static Bits accepted(LeafReaderContext leaf, Optional<Weight> filter) throws IOException {
    Bits live = leaf.reader().getLiveDocs();
    if (filter.isEmpty()) {
      return live;
    }
    FixedBitSet bits = new FixedBitSet(leaf.reader().maxDoc());
    Scorer scorer = filter.get().scorer(leaf);
    if (scorer != null) {
      DocIdSetIterator passing = scorer.iterator();
      bits.or(passing);
      if (live != null) {
        for (int document = 0; document < bits.length(); document++) {
          if (!live.get(document)) {
            bits.clear(document);
          }
        }
      }
    }
    return bits;
  }

  private void search(
      LeafReaderContext leaf,
      LuceneVectors vectors,
      Bits accepted,
      List<NeighbourCollector> collectors,
      TimeoutCheck timeout)
      throws IOException {
    if (isIvf(leaf.reader().getFieldInfos().fieldInfo(field))) {
      for (NeighbourCollector collector : collectors) {
        timeout.look();
        LuceneVectors.search(leaf.reader(), field, collector.target(), collector, accepted);
      }
      return;
    }
    long most = collectors.isEmpty() ? 0 : collectors.get(0).candidates();
    if ((long) vectors.size() * vectors.dimension() <= NUMBERS_PER_CANDIDATE * most) {
      compareAll(vectors, accepted, collectors, timeout);
      return;
    }
    for (NeighbourCollector collector : collectors) {
      timeout.look();
      compareCandidates(leaf, vectors, accepted, collector, timeout);
    }
  }

  private static boolean isIvf(FieldInfo info) {
    String format = info.getAttribute(PerFieldKnnVectorsFormat.PER_FIELD_FORMAT_KEY);
    return IvfVectorsFormat.NAME.equals(format);
  }

  private static void compareAll(
      LuceneVectors vectors,
      Bits accepted,
      List<NeighbourCollector> collectors,
      TimeoutCheck timeout)
      throws IOException {
    for (int row = 0; row < vectors.size(); row++) {
      timeout.countVector();
      int document = vectors.document(row);
      if (accepted == null || accepted.get(document)) {
        float[] vector = vectors.vector(row);
        for (NeighbourCollector collector : collectors) {
          collector.offer(document, vector);
        }
      }
    }
  }

  /**
   * By the format's own search; where that finds too few, as it may with a filter, by comparing.
   */
  private void compareCandidates(
      LeafReaderContext leaf,
      LuceneVectors vectors,
      Bits accepted,
      NeighbourCollector collector,
      TimeoutCheck timeout)
      throws IOException {
    ScoreDoc[] hits =
        LuceneVectors.nearest(
            leaf.reader(),
            field,
            collector.target(),
            collector.candidates(),
            accepted,
            timeout.timeout());
    timeout.look();
    if (hits.length < Math.min(collector.k(), vectors.size())) {
      compareAll(vectors, accepted, List.of(collector), timeout);
      return;
    }
    // In the order of documents, one pass over the vectors serves all hits.
    Arrays.sort(hits, Comparator.comparingInt(hit -> hit.doc));
    LuceneVectors rows = LuceneVectors.open(leaf.reader(), field).orElseThrow();
    for (ScoreDoc hit : hits) {
      rows.documents().advance(hit.doc);
      collector.offer(hit.doc, rows.current());
    }
  }
}
