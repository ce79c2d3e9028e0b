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
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.hnsw.RandomAccessVectorValues;
import org.seesong.index.CatalogueIndex;
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
public final class NearestVectors {
  /** Numbers compared from which on it pays to hand parts of a scan to other threads. */
  private static final long MIN_PARALLEL_FLOATS = 500_000;

  /** Shorter vectors come from memory fast enough without codes. */
  private static final int MIN_CODED_DIMENSION = 256;

  private final IndexSearcher searcher;
  private final String field;
  private final String idField;
  private final int threads;
  private final int size;
  private final long floats;
  private final List<ByteCodes> codes;

  /** A resident one keeps codes of long vectors in memory. */
  NearestVectors(
      IndexSearcher searcher, CatalogueIndex index, String field, int threads, boolean resident)
      throws IOException {
    this.searcher = searcher;
    this.field = field;
    this.idField = IndexLayout.ID;
    this.threads = threads;
    this.size = index.vectors(field);
    int dimension =
        field.equals(IndexLayout.PICTURE_VECTOR)
            ? index.identity().visual().dimension()
            : index.identity().network().dimension();
    this.floats = (long) size * dimension;
    this.codes = resident && dimension >= MIN_CODED_DIMENSION ? codes() : List.of();
  }

  /**
   * The vectors of a field of any Lucene index. Works on the thread that calls it; gives up with
   * {@link SearchTimeoutException} where the searcher's time limit says so.
   *
   * @param searcher the index, which must stay open while searches run
   * @param field a field of float vectors, compared by Euclidean distance
   * @param idField a string with sorted doc values, one for each document, that breaks ties
   * @throws IOException if reading fails
   */
  public NearestVectors(IndexSearcher searcher, String field, String idField) throws IOException {
    this.searcher = searcher;
    this.field = field;
    this.idField = idField;
    this.threads = 1;
    this.codes = List.of();
    int found = 0;
    long numbers = 0;
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      FloatVectorValues vectors = leaf.reader().getFloatVectorValues(field);
      if (vectors != null) {
        found += vectors.size();
        numbers += (long) vectors.size() * vectors.dimension();
      }
    }
    this.size = found;
    this.floats = numbers;
  }

  /**
   * How many there are.
   *
   * @return vectors in the field, of deleted documents too
   */
  public int size() {
    return size;
  }

  /**
   * The nearest of each target in the way that options ask for.
   *
   * @param targets vectors of the field's dimension
   * @param k how many
   * @param options mode and candidates; the rest is not looked at
   * @param filter what documents must match
   * @return for each target its nearest documents, nearest first, ties in the order of ids
   * @throws IOException if reading fails
   */
  public List<List<Neighbour>> nearest(
      List<float[]> targets, int k, TwoHopOptions options, Optional<Query> filter)
      throws IOException {
    return TwoHopSearcher.isExact(options.mode(), floats * targets.size())
        ? exact(targets, k, filter)
        : approximate(targets, k, options.candidates(), filter);
  }

  /** The k nearest of each target by looking at every vector, nearest first. */
  List<List<Neighbour>> exact(List<float[]> targets, int k, Optional<Query> filter)
      throws IOException {
    Optional<Weight> weight =
        filter.isEmpty() ? Optional.empty() : Optional.of(weight(filter.get()));
    ExactScan scan = new ExactScan(new ExactScan.Fields(field, idField), targets, k, weight, codes);
    boolean large = floats * targets.size() >= MIN_PARALLEL_FLOATS;
    return scan.run(searcher, large ? threads : 1);
  }

  /** Codes of all segments; none if some segment's vectors cannot be read out of turn. */
  private List<ByteCodes> codes() throws IOException {
    List<ByteCodes> all = new ArrayList<>();
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      FloatVectorValues vectors = leaf.reader().getFloatVectorValues(field);
      if (vectors == null) {
        all.add(ByteCodes.NONE);
      } else if (vectors instanceof RandomAccessVectorValues.Floats rows) {
        all.add(ByteCodes.of(rows));
      } else {
        return List.of();
      }
    }
    return all;
  }

  private Weight weight(Query filter) throws IOException {
    return searcher.createWeight(searcher.rewrite(filter), ScoreMode.COMPLETE_NO_SCORES, 1);
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
          found.length < Math.min(k, size)
              ? exact(List.of(target), k, filter).get(0)
              : rescore(found, target, k));
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
      SortedDocValues ids = DocValues.getSorted(leaf.reader(), idField);
      int end = leaf.docBase + leaf.reader().maxDoc();
      for (; next < documents.length && documents[next] < end; next++) {
        int document = vectors.advance(documents[next] - leaf.docBase);
        nearest.offer(vectors.vectorValue(), leaf.docBase, document, ids);
      }
    }
    return nearest.sorted();
  }
}
