package org.seesong.label;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.util.VectorUtil;
import org.seesong.io.OrderedWork;
import org.seesong.keyword.KeywordRows;
import org.seesong.relevance.LogisticRegression;
import org.seesong.select.Confidence;
import org.seesong.select.Confidence.Neighbour;

/**
 * Fits {@link Confidence#known} to a catalogue's own pictures, each searched for as a query would
 * be:
 *
 * <ul>
 *   <li>known: labelled pictures, each left out itself
 *   <li>unknown: two thirds of the same pictures, with all pictures left out that carry their
 *       keywords or the {@value #LEFT} keywords nearest to them besides, so that nothing alike is
 *       left; and half as many pictures that have no keyword even after label propagation, each
 *       left out itself
 * </ul>
 *
 * <p>At most {@value #SAMPLE} known pictures are compared with all, the same number of each keyword
 * where there are so many. For one fit.
 */
final class ConfidenceFit {
  /** Bounds the cost: a second for 10,000 pictures of 1,000 dimensions. */
  private static final int SAMPLE = 1000;

  /** Other keywords left out beside a picture's own; src/docs/evaluation.md has the choice. */
  private static final int LEFT = 2;

  /** Fewer examples of either kind fit nothing. */
  private static final int FEWEST = 20;

  /** Distances held by a thread: 32 MB. */
  private static final int BLOCK_FLOATS = 1 << 23;

  private static final int MOST_ASKERS = 64;

  /** Candidates whose distances are computed in doubles. */
  private static final int CANDIDATES = Confidence.PICTURES + 3;

  private final KeywordRows own;
  private final KeywordRows propagated;
  private final PictureVectors vectors;
  private final int[] strongest;

  private ConfidenceFit(KeywordRows own, KeywordRows propagated, PictureVectors vectors) {
    this.own = own;
    this.propagated = propagated;
    this.vectors = vectors;
    this.strongest = new int[own.rows()];
    for (int picture = 0; picture < strongest.length; picture++) {
      int best = -1;
      for (int i = propagated.offsets()[picture]; i < propagated.offsets()[picture + 1]; i++) {
        best = best < 0 || propagated.weights()[i] > propagated.weights()[best] ? i : best;
      }
      strongest[picture] = best < 0 ? -1 : propagated.keywords()[best];
    }
  }

  /** A picture to search for, and what is to be learned from it. */
  private record Asker(int picture, boolean labelled, boolean alsoUnknown) {}

  /** Features of one asker, null where it gives no example. */
  private record Example(double[] known, double[] unknown) {}

  /**
   * Fits.
   *
   * @param own labels of pictures as their owners gave them
   * @param propagated keywords of the same pictures with those propagated to them
   * @return intercept and weights; empty if there are too few examples
   */
  static List<Double> of(
      KeywordRows own, KeywordRows propagated, PictureVectors vectors, int threads)
      throws IOException, InterruptedException {
    return new ConfidenceFit(own, propagated, vectors).fit(threads);
  }

  private List<Double> fit(int threads) throws IOException, InterruptedException {
    List<Asker> askers = askers();
    int size = Math.max(1, Math.min(MOST_ASKERS, BLOCK_FLOATS / Math.max(1, vectors.size())));
    List<double[]> known = new ArrayList<>();
    List<double[]> unknown = new ArrayList<>();
    OrderedWork.run(
        "seesong-confidence",
        threads,
        (askers.size() + size - 1) / size,
        2 * threads,
        block ->
            examples(askers.subList(block * size, Math.min(askers.size(), (block + 1) * size))),
        (examples, block) -> {
          for (Example example : examples) {
            if (example.known() != null) {
              known.add(example.known());
            }
            if (example.unknown() != null) {
              unknown.add(example.unknown());
            }
          }
        });
    if (known.size() < FEWEST || unknown.size() < FEWEST) {
      return List.of();
    }
    boolean[] positive = new boolean[known.size() + unknown.size()];
    Arrays.fill(positive, 0, known.size(), true);
    known.addAll(unknown);
    return LogisticRegression.fit(known.toArray(double[][]::new), positive).ofRawFeatures();
  }

  private List<Asker> askers() {
    Map<Integer, List<Integer>> byKeyword = new TreeMap<>();
    List<Integer> without = new ArrayList<>();
    for (int picture = 0; picture < own.rows(); picture++) {
      if (own.offsets()[picture] < own.offsets()[picture + 1]) {
        int first = own.keywords()[own.offsets()[picture]];
        byKeyword.computeIfAbsent(first, k -> new ArrayList<>()).add(picture);
      } else if (strongest[picture] < 0) {
        without.add(picture);
      }
    }
    List<Integer> labelled = new ArrayList<>();
    int share = Math.max(1, SAMPLE / Math.max(1, byKeyword.size()));
    byKeyword.values().forEach(pictures -> labelled.addAll(spread(pictures, share)));
    List<Integer> sample = spread(labelled, SAMPLE);
    List<Integer> strangers = spread(without, sample.size() / 3);
    List<Asker> askers = new ArrayList<>();
    int unknown = sample.size() - strangers.size();
    for (int i = 0; i < sample.size(); i++) {
      boolean also = (long) (i + 1) * unknown / sample.size() > (long) i * unknown / sample.size();
      askers.add(new Asker(sample.get(i), true, also));
    }
    strangers.forEach(picture -> askers.add(new Asker(picture, false, false)));
    return askers;
  }

  /** At most so many, at equal steps. */
  private static List<Integer> spread(List<Integer> pictures, int most) {
    List<Integer> some = new ArrayList<>();
    int size = Math.min(most, pictures.size());
    for (int i = 0; i < size; i++) {
      some.add(pictures.get((int) ((long) i * pictures.size() / size)));
    }
    return some;
  }

  private List<Example> examples(List<Asker> askers) throws IOException, InterruptedException {
    float[][] rows = new float[askers.size()][];
    float[][] squares = new float[askers.size()][vectors.size()];
    for (int i = 0; i < rows.length; i++) {
      float[] row = new float[vectors.dimension()];
      rows[i] = vectors.read(askers.get(i).picture(), row) ? row : null;
    }
    float[] other = new float[vectors.dimension()];
    for (int picture = 0; picture < vectors.size(); picture++) {
      boolean readable = vectors.read(picture, other);
      for (int i = 0; i < rows.length; i++) {
        squares[i][picture] =
            readable && rows[i] != null
                ? VectorUtil.squareDistance(rows[i], other)
                : Float.POSITIVE_INFINITY;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while comparing pictures");
      }
    }
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] != null) {
        examples.add(example(askers.get(i), rows[i], squares[i]));
      }
    }
    return examples;
  }

  private Example example(Asker asker, float[] row, float[] squares) throws IOException {
    squares[asker.picture()] = Float.POSITIVE_INFINITY;
    BitSet nothing = new BitSet();
    double[] features = features(row, squares, nothing);
    if (!asker.labelled()) {
      return new Example(null, features);
    }
    if (!asker.alsoUnknown()) {
      return new Example(features, null);
    }
    BitSet left = new BitSet();
    for (int i = own.offsets()[asker.picture()]; i < own.offsets()[asker.picture() + 1]; i++) {
      left.set(own.keywords()[i]);
    }
    for (int more = 0; more < LEFT; more++) {
      List<Integer> nearest = nearest(row, squares, left);
      if (!nearest.isEmpty() && strongest[nearest.get(0)] >= 0) {
        left.set(strongest[nearest.get(0)]);
      }
    }
    return new Example(features, features(row, squares, left));
  }

  /** What a query would find among pictures that carry none of some keywords; null if nothing. */
  private double[] features(float[] row, float[] squares, BitSet left) throws IOException {
    List<Neighbour> neighbours = new ArrayList<>();
    float[] other = new float[vectors.dimension()];
    for (int picture : nearest(row, squares, left)) {
      vectors.read(picture, other);
      neighbours.add(
          new Neighbour(Math.sqrt(Direction.square(row, other)), keywords(picture, left)));
    }
    return neighbours.size() < Confidence.PICTURES ? null : Confidence.features(neighbours);
  }

  private Map<String, Double> keywords(int picture, BitSet left) {
    Map<String, Double> keywords = new LinkedHashMap<>();
    for (int i = propagated.offsets()[picture]; i < propagated.offsets()[picture + 1]; i++) {
      int keyword = propagated.keywords()[i];
      if (!left.get(keyword)) {
        keywords.put(Integer.toString(keyword), (double) propagated.weights()[i]);
      }
    }
    return keywords;
  }

  /** The nearest pictures that carry none of some keywords, nearest first. */
  private List<Integer> nearest(float[] row, float[] squares, BitSet left) throws IOException {
    TopK list = new TopK(CANDIDATES);
    for (int picture = 0; picture < squares.length; picture++) {
      if (squares[picture] < Float.POSITIVE_INFINITY && !carries(picture, left)) {
        list.offer(picture, -squares[picture]);
      }
    }
    // Lucene's kernels add in another order with the Vector API: the sums here decide.
    Map<Integer, Double> exact = new LinkedHashMap<>();
    float[] other = new float[vectors.dimension()];
    for (int picture : Arrays.copyOf(list.numbers(), list.size())) {
      vectors.read(picture, other);
      exact.put(picture, Direction.square(row, other));
    }
    return exact.entrySet().stream()
        .sorted(Map.Entry.<Integer, Double>comparingByValue().thenComparing(Map.Entry::getKey))
        .limit(Confidence.PICTURES)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether a picture's own labels are among some, or what was propagated to it foremost. */
  private boolean carries(int picture, BitSet some) {
    int from = own.offsets()[picture];
    int to = own.offsets()[picture + 1];
    for (int i = from; i < to; i++) {
      if (some.get(own.keywords()[i])) {
        return true;
      }
    }
    return from == to && strongest[picture] >= 0 && some.get(strongest[picture]);
  }
}
