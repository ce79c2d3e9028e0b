package org.seesong.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;

/**
 * Finds the documents whose vectors in one field are nearest to some targets.
 *
 * <p>The exact way reads every vector once and compares it with all targets: for n vectors of d
 * floats and t targets, n * d floats read and n * d * t multiplications; less where a segment has a
 * sketch, which rules most of them out. The approximate way takes candidates from the sketch, or
 * from Lucene's graph where there is none, and puts them in order by their true distances; where
 * that finds fewer than asked for, the exact way answers. A segment so small that its graph would
 * cost more is read whole.
 *
 * <p>Safe for any number of threads.
 */
public final class NearestVectors {
  /** Numbers compared from which on it pays to hand parts of a scan to other threads. */
  private static final long MIN_PARALLEL_FLOATS = 500_000;

  private final IndexSearcher searcher;
  private final Sketches sketches;
  private final ExactScan.Fields fields;
  private final int threads;
  private final int size;
  private final long floats;

  NearestVectors(IndexSearcher searcher, CatalogueIndex index, String field, int threads)
      throws IOException {
    this.searcher = searcher;
    this.sketches = index::sketch;
    this.fields = new ExactScan.Fields(field, IndexLayout.ID);
    this.threads = threads;
    this.size = index.vectors(field);
    int dimension =
        field.equals(IndexLayout.PICTURE_VECTOR)
            ? index.identity().visual().dimension()
            : index.identity().network().dimension();
    this.floats = (long) size * dimension;
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
    this.sketches = Sketches.NONE;
    this.fields = new ExactScan.Fields(field, idField);
    this.threads = 1;
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
    ExactScan scan = new ExactScan(sketches, fields, targets, k, weight);
    boolean large = floats * targets.size() >= MIN_PARALLEL_FLOATS;
    return scan.run(searcher, searcher.getIndexReader().leaves(), large ? threads : 1);
  }

  /** The k nearest of a target in some segments, by looking at every vector there. */
  List<Neighbour> exactIn(Set<LeafReaderContext> leaves, float[] target, int k) throws IOException {
    return new ExactScan(sketches, fields, List.of(target), k, Optional.empty())
        .run(searcher, leaves, 1)
        .get(0);
  }

  private Weight weight(Query filter) throws IOException {
    return searcher.createWeight(searcher.rewrite(filter), ScoreMode.COMPLETE_NO_SCORES, 1);
  }

  /** The k nearest of each target, but for a few that may be missed, nearest first. */
  List<List<Neighbour>> approximate(
      List<float[]> targets, int k, int candidates, Optional<Query> filter) throws IOException {
    List<NearestList> nearest = targets.stream().map(target -> new NearestList(target, k)).toList();
    int asked = Math.max(k, candidates);
    Optional<Weight> weight =
        filter.isEmpty() ? Optional.empty() : Optional.of(weight(filter.get()));
    TimeoutCheck timeout = new TimeoutCheck(searcher.getTimeout());
    boolean all = true;
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      if (leaf.reader().getFloatVectorValues(fields.vectors()) != null) {
        all &= new LeafSearch(sketches, leaf, fields, weight, timeout).offer(asked, nearest);
      }
    }
    List<List<Neighbour>> result = new ArrayList<>(targets.size());
    nearest.forEach(list -> result.add(list.sorted()));
    if (!all) {
      addMissed(result, targets, k, filter);
    }
    return result;
  }

  /** Answers the exact way for targets of which too few neighbours were found. */
  private void addMissed(
      List<List<Neighbour>> found, List<float[]> targets, int k, Optional<Query> filter)
      throws IOException {
    int[] few =
        IntStream.range(0, found.size())
            .filter(i -> found.get(i).size() < Math.min(k, size))
            .toArray();
    if (few.length > 0) {
      List<List<Neighbour>> exact =
          exact(Arrays.stream(few).mapToObj(targets::get).toList(), k, filter);
      for (int i = 0; i < few.length; i++) {
        found.set(few[i], exact.get(i));
      }
    }
  }
}
