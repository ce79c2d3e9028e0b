package org.seesong.label;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.seesong.keyword.KeywordRows;

/**
 * Keywords of pictures by label propagation: labelled pictures pass theirs on to pictures that look
 * like them (kNN soft labels). The entry to this package.
 *
 * <p>Pictures are compared by the directions of their image embeddings. With d<sub>i</sub> the
 * distance to the i-th of a picture's k nearest labelled pictures, and reach r the median, over all
 * labelled pictures, of the distance to the middle one of their own k nearest:
 *
 * <pre>
 * support   s_i = min(1, exp(-6 (d_i^2 / r^2 - 1)))     1 within reach, soon 0 beyond
 * share     e = sum of s_i,  e / (e + 1)                weight of neighbours; few or far: little
 * votes     mean of the neighbours' own labels (each of sum 1), weighted by exp(-4 (d_i^2 - d_1^2) / r^2)
 *
 * labelled     own * (1 - (1 - ownLabelWeight) share) + votes * (1 - ownLabelWeight) share
 * unlabelled   votes * share * mean sum of labels, nothing if the share is below .4
 * </pre>
 *
 * <p>{@link LabelPropagationOptions#classifierWeight} of the votes is what a {@link
 * RidgeClassifier} over all labelled pictures predicts. It stays as it was fitted for later
 * pictures, so that a later picture without labels gets what it would have got among the others, to
 * the bit; labels that were added or removed since count in the neighbours' votes only.
 *
 * <p>A label is never lost, and a picture far from all others keeps its own labels or stays
 * without. Votes below a fiftieth of their row are dropped. {@code src/docs/embedding.md} has
 * measurements, by which the constants were chosen.
 *
 * @param rows keywords of each picture
 * @param inferred pictures without labels of their own that were given some
 * @param model what later pictures are judged by
 */
public record LabelPropagation(KeywordRows rows, int inferred, LabelModel model) {
  private static final double STEEPNESS = 6;
  private static final double NEARNESS = 4;
  private static final double SHRINKAGE = 1;
  private static final double MIN_SHARE = 0.4;
  private static final double MIN_PART = 0.02;

  /** Stands for a reach of 0, among pictures that are all the same. */
  private static final double TINY = 1e-6;

  public LabelPropagation {
    Objects.requireNonNull(rows, "rows");
    Objects.requireNonNull(model, "model");
  }

  /**
   * Propagates the labels of a catalogue's pictures to each other. The same input gives the same
   * result, whatever the number of threads.
   *
   * @param own labels of each picture as its owner gave them
   * @param threads threads to use, at least 1
   * @param progress called with how much of {@link #work} is done, from any thread
   * @return the labels themselves if the options say so or no picture has any
   * @throws IOException if a vector cannot be read
   * @throws InterruptedException if the thread is interrupted
   */
  public static LabelPropagation of(
      KeywordRows own,
      PictureVectors vectors,
      LabelPropagationOptions options,
      int threads,
      LongConsumer progress)
      throws IOException, InterruptedException {
    return of(own, vectors, options, threads, NeighbourSearch.threads(threads), progress);
  }

  /**
   * Propagates labels with another search for neighbours; see the method above.
   *
   * @param search finds them, the costly part
   */
  public static LabelPropagation of(
      KeywordRows own,
      PictureVectors vectors,
      LabelPropagationOptions options,
      int threads,
      NeighbourSearch search,
      LongConsumer progress)
      throws IOException, InterruptedException {
    requireRows(own, vectors);
    int[] labelled = labelled(own);
    if (options.isLabelsOnly() || labelled.length == 0) {
      LabelModel model = new LabelModel(options, 0, RidgeClassifier.none(), List.of());
      return new LabelPropagation(own, 0, model).withConfidence(own, vectors, threads);
    }
    Neighbours neighbours = search.find(vectors, labelled, options.neighbours(), progress);
    double reach = Math.sqrt(reach(neighbours, labelled));
    if (!hasClassifier(options, vectors.dimension())) {
      LabelModel model = new LabelModel(options, reach, RidgeClassifier.none(), List.of());
      return new Propagation(own, own, neighbours, model, Predictions.none())
          .run()
          .withConfidence(own, vectors, threads);
    }
    long compared = own.rows();
    LabelFit fit =
        LabelFit.of(
            own,
            vectors,
            labelled,
            1 + Propagation.largest(own),
            threads,
            done -> progress.accept(compared + done));
    long summed = compared + labelled.length;
    Predictions predicted =
        new Predictions(
            own.rows(),
            fit.classifier().keywords(),
            fit::predict,
            threads,
            done -> progress.accept(summed + done));
    LabelModel model = new LabelModel(options, reach, fit.classifier(), List.of());
    return new Propagation(own, own, neighbours, model, predicted)
        .run()
        .withConfidence(own, vectors, threads);
  }

  private LabelPropagation withConfidence(KeywordRows own, PictureVectors vectors, int threads)
      throws IOException, InterruptedException {
    List<Double> known = ConfidenceFit.of(own, rows, vectors, threads);
    return new LabelPropagation(
        rows, inferred, new LabelModel(model.options(), model.reach(), model.classifier(), known));
  }

  /**
   * What the progress of {@link #of} comes to: each picture once when it is compared, once when it
   * is summed for the classifier and once when that predicts it; 0 if there is nothing to do.
   */
  public static long work(KeywordRows own, LabelPropagationOptions options, int dimension) {
    long rows = own.rows();
    long labelled = rows - own.emptyRows();
    if (options.isLabelsOnly() || labelled == 0) {
      return 0;
    }
    return rows + (hasClassifier(options, dimension) ? labelled + rows : 0);
  }

  private static boolean hasClassifier(LabelPropagationOptions options, int dimension) {
    return options.classifierWeight() > 0 && dimension <= RidgeClassifier.MAX_DIMENSION;
  }

  private static Predictions predicted(
      PictureVectors vectors, RidgeClassifier classifier, int threads) {
    if (classifier.keywords() == 0) {
      return Predictions.none();
    }
    return new Predictions(
        vectors.size(),
        classifier.keywords(),
        picture -> {
          float[] row = new float[vectors.dimension()];
          return vectors.read(picture, row)
              ? classifier.predict(row)
              : new float[classifier.keywords()];
        },
        threads,
        done -> {});
  }

  /**
   * Propagates the labels of known pictures to new ones, as if these had been among them.
   *
   * @param known labels of known pictures as their owners gave them
   * @param model what was fitted to the known pictures
   * @param threads threads to use, at least 1
   * @throws IOException if a vector cannot be read
   * @throws InterruptedException if the thread is interrupted
   */
  public static LabelPropagation ofNew(
      KeywordRows own,
      PictureVectors vectors,
      KeywordRows known,
      PictureVectors knownVectors,
      LabelModel model,
      int threads)
      throws IOException, InterruptedException {
    requireRows(own, vectors);
    requireRows(known, knownVectors);
    RidgeClassifier classifier = model.classifier();
    if (classifier.keywords() > 0 && classifier.dimension() != vectors.dimension()) {
      throw new IllegalArgumentException(
          "vectors of "
              + vectors.dimension()
              + " dimensions for a classifier over "
              + classifier.dimension());
    }
    int[] labelled = labelled(known);
    if (model.options().isLabelsOnly() || labelled.length == 0) {
      return new LabelPropagation(own, 0, model);
    }
    Neighbours neighbours =
        new NearestLabelledPictures(
                vectors, knownVectors, labelled, false, model.options().neighbours(), done -> {})
            .find(threads);
    Predictions predicted = predicted(vectors, classifier, threads);
    return new Propagation(own, known, neighbours, model, predicted).run();
  }

  private static void requireRows(KeywordRows rows, PictureVectors vectors) {
    if (rows.rows() != vectors.size()) {
      throw new IllegalArgumentException(
          "labels of " + rows.rows() + " pictures for vectors of " + vectors.size());
    }
  }

  private static int[] labelled(KeywordRows own) {
    int[] labelled = new int[own.rows() - own.emptyRows()];
    int size = 0;
    for (int picture = 0; picture < own.rows(); picture++) {
      if (own.offsets()[picture] < own.offsets()[picture + 1]) {
        labelled[size++] = picture;
      }
    }
    return labelled;
  }

  /** Squared; 0 if no labelled picture has a neighbour. */
  private static double reach(Neighbours neighbours, int[] labelled) {
    double[] middles = new double[labelled.length];
    int size = 0;
    for (int picture : labelled) {
      int count = neighbours.count(picture);
      if (count > 0) {
        middles[size++] = neighbours.square(picture, count / 2);
      }
    }
    Arrays.sort(middles, 0, size);
    return size == 0 ? 0 : middles[size / 2];
  }

  private static double sum(KeywordRows rows, int row) {
    double sum = 0;
    for (int i = rows.offsets()[row]; i < rows.offsets()[row + 1]; i++) {
      sum += rows.weights()[i];
    }
    return sum;
  }

  /** The formulas above. */
  private static final class Propagation {
    private final KeywordRows own;
    private final KeywordRows known;
    private final Neighbours neighbours;
    private final LabelModel model;
    private final LabelPropagationOptions options;
    private final Predictions predicted;
    private final double[] row;
    private final double meanSum;

    Propagation(
        KeywordRows own,
        KeywordRows known,
        Neighbours neighbours,
        LabelModel model,
        Predictions predicted) {
      this.predicted = predicted;
      this.own = own;
      this.known = known;
      this.neighbours = neighbours;
      this.model = model;
      this.options = model.options();
      int largest = Math.max(largest(own), largest(known));
      this.row = new double[Math.max(1 + largest, model.classifier().keywords())];
      double sums = 0;
      for (float weight : known.weights()) {
        sums += weight;
      }
      this.meanSum = sums / Math.max(1, known.rows() - known.emptyRows());
    }

    private static int largest(KeywordRows rows) {
      return Arrays.stream(rows.keywords()).max().orElse(-1);
    }

    LabelPropagation run() throws IOException, InterruptedException {
      KeywordRows.Builder rows = new KeywordRows.Builder();
      int inferred = 0;
      for (int picture = 0; picture < own.rows(); picture++) {
        double ownSum = sum(own, picture);
        double share = share(picture);
        Arrays.fill(row, 0);
        if (ownSum > 0) {
          double propagated =
              neighbours.count(picture) == 0 ? 0 : (1 - options.ownLabelWeight()) * share;
          addOwn(picture, 1 - propagated);
          addVotes(picture, propagated * ownSum);
        } else if (share >= MIN_SHARE) {
          addVotes(picture, share * meanSum);
        }
        inferred += write(picture, rows) && ownSum == 0 ? 1 : 0;
      }
      return new LabelPropagation(rows.build(), inferred, model);
    }

    private double scaled(double square) {
      double reach = Math.max(model.reach(), TINY);
      return square / (reach * reach);
    }

    private double share(int picture) {
      double support = 0;
      for (int i = 0; i < neighbours.count(picture); i++) {
        double beyond = scaled(neighbours.square(picture, i)) - 1;
        support += Math.min(1, StrictMath.exp(-STEEPNESS * beyond));
      }
      return support / (support + SHRINKAGE);
    }

    private void addOwn(int picture, double factor) {
      for (int i = own.offsets()[picture]; i < own.offsets()[picture + 1]; i++) {
        row[own.keywords()[i]] += factor * own.weights()[i];
      }
    }

    private void addVotes(int picture, double sum) throws IOException, InterruptedException {
      float[] shares = predicted.of(picture);
      double part = shares.length == 0 ? 0 : options.classifierWeight();
      for (int keyword = 0; part > 0 && keyword < shares.length; keyword++) {
        row[keyword] += part * sum * shares[keyword];
      }
      addNeighbours(picture, (1 - part) * sum);
    }

    private void addNeighbours(int picture, double sum) {
      int count = neighbours.count(picture);
      double[] weights = new double[count];
      double total = 0;
      for (int i = 0; i < count; i++) {
        double farther = neighbours.square(picture, i) - neighbours.square(picture, 0);
        weights[i] = StrictMath.exp(-NEARNESS * scaled(farther));
        total += weights[i];
      }
      for (int i = 0; i < count; i++) {
        int neighbour = neighbours.neighbour(picture, i);
        double factor = sum * weights[i] / total / sum(known, neighbour);
        for (int j = known.offsets()[neighbour]; j < known.offsets()[neighbour + 1]; j++) {
          row[known.keywords()[j]] += factor * known.weights()[j];
        }
      }
    }

    /** Writes what is not dropped; false if that is nothing. */
    private boolean write(int picture, KeywordRows.Builder rows) {
      double sum = Arrays.stream(row).sum();
      int next = own.offsets()[picture];
      boolean any = false;
      for (int keyword = 0; keyword < row.length; keyword++) {
        float weight = (float) Math.min(Float.MAX_VALUE, row[keyword]);
        boolean owned = next < own.offsets()[picture + 1] && own.keywords()[next] == keyword;
        next += owned ? 1 : 0;
        if ((owned || row[keyword] >= MIN_PART * sum) && weight > 0) {
          rows.add(keyword, weight);
          any = true;
        }
      }
      rows.endRow();
      return any;
    }
  }
}
