package org.seesong.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.seesong.index.CatalogueIndex;
import org.seesong.query.SongHit;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopResult;
import org.seesong.query.TwoHopSearcher;
import org.seesong.select.Confidence;
import org.seesong.vector.EncodedImage;

/**
 * How honest the confidences of the index as it is are.
 *
 * @param pictures known pictures: the queries
 * @param places places given to their songs, the mean
 * @param richKeywords keywords for which ten songs or more were graded as fit
 * @param richPlaces places given to queries of these keywords, the mean over keywords
 * @param songs graded songs of queries, whether they deserved a place or not
 * @param songError expected calibration error of songs' confidences against fit
 * @param unknown pictures of other things, in groups
 */
record ConfidenceReport(
    int pictures,
    double places,
    int richKeywords,
    double richPlaces,
    int songs,
    double songError,
    List<Unknown> unknown) {
  /** Bins of equal width of the calibration error (Naeini et al., AAAI 2015). */
  private static final int BINS = 10;

  private static final int RICH = 10;

  ConfidenceReport {
    unknown = List.copyOf(unknown);
  }

  /**
   * Pictures of things that the catalogue does not know, beside the known ones.
   *
   * @param auroc probability that a known picture is more confident than an unknown one; ties half
   * @param error expected calibration error of pictures' confidences, where known and unknown ones
   *     weigh a half each
   * @param places places given to their songs, the mean
   */
  record Unknown(String name, int pictures, double auroc, double error, double places) {}

  /** A query's confidence, its songs as if all places were given, and how many are. */
  private record Told(double confidence, List<SongHit> songs, long places) {
    static double meanPlaces(List<Told> all) {
      return all.stream().mapToLong(Told::places).average().orElse(Double.NaN);
    }

    static double[] confidences(List<Told> all) {
      return all.stream().mapToDouble(Told::confidence).toArray();
    }
  }

  /** Measures; nothing if the index tells no confidence. */
  static Optional<ConfidenceReport> of(
      CatalogueIndex index,
      EvaluationQueries queries,
      Map<String, List<EncodedImage>> unknown,
      Qrels qrels,
      Workers workers)
      throws IOException, InterruptedException {
    if (!index.metadata().build().options().containsKey(Confidence.OPTION)) {
      return Optional.empty();
    }
    TwoHopSearcher searcher = new TwoHopSearcher(index);
    List<EncodedImage> images =
        IntStream.range(0, queries.size())
            .mapToObj(i -> new EncodedImage(queries.space(), queries.vectors().row(i)))
            .toList();
    List<Told> known = told(searcher, images, workers);
    List<Unknown> groups = new ArrayList<>();
    for (Map.Entry<String, List<EncodedImage>> group : unknown.entrySet()) {
      List<Told> strange = told(searcher, group.getValue(), workers);
      groups.add(
          new Unknown(
              group.getKey(),
              strange.size(),
              auroc(Told.confidences(known), Told.confidences(strange)),
              error(Told.confidences(known), Told.confidences(strange)),
              Told.meanPlaces(strange)));
    }
    List<Double> fitting = new ArrayList<>();
    List<Double> others = new ArrayList<>();
    Map<String, List<Long>> rich = new TreeMap<>();
    for (int i = 0; i < known.size(); i++) {
      Optional<String> keyword = qrels.keyword(queries.pictures().get(i).labels());
      if (keyword.isPresent()) {
        for (SongHit song : known.get(i).songs()) {
          Optional<Integer> grade = qrels.grade(keyword.get(), song.id());
          if (grade.isPresent() && song.confidence().isPresent()) {
            (grade.get() >= 1 ? fitting : others).add(song.confidence().getAsDouble());
          }
        }
        if (qrels.grades(keyword.get()).values().stream().filter(g -> g >= 1).count() >= RICH) {
          rich.computeIfAbsent(keyword.get(), k -> new ArrayList<>()).add(known.get(i).places());
        }
      }
    }
    return Optional.of(
        new ConfidenceReport(
            known.size(),
            Told.meanPlaces(known),
            rich.size(),
            rich.values().stream()
                .mapToDouble(all -> all.stream().mapToLong(Long::longValue).average().orElseThrow())
                .average()
                .orElse(Double.NaN),
            fitting.size() + others.size(),
            error(numbers(fitting), numbers(others), 1, 1),
            groups));
  }

  private static double[] numbers(List<Double> list) {
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static List<Told> told(
      TwoHopSearcher searcher, List<EncodedImage> images, Workers workers)
      throws IOException, InterruptedException {
    TwoHopOptions options = TwoHopOptions.builder().songs(Scorer.SONGS).build();
    TwoHopOptions filled = options.toBuilder().fill(true).build();
    return workers.each(
        images.size(),
        i -> {
          TwoHopResult result = searcher.search(images.get(i), filled);
          int places = searcher.search(images.get(i), options).songs().size();
          return new Told(result.confidence().orElse(0), result.songs(), places);
        },
        done -> {});
  }

  /** The area under the ROC curve: the share of pairs in order (Mann and Whitney's U). */
  static double auroc(double[] positive, double[] negative) {
    double[] sorted = negative.clone();
    Arrays.sort(sorted);
    double below = 0;
    for (double value : positive) {
      below += (rank(sorted, value, false) + rank(sorted, value, true)) / 2.;
    }
    return below / ((double) positive.length * negative.length);
  }

  /** How many are below a value, or also equal to it. */
  private static int rank(double[] sorted, double value, boolean orEqual) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value || (orEqual && sorted[middle] == value)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Expected calibration error where positive and negative ones weigh a half each. */
  static double error(double[] positive, double[] negative) {
    return error(positive, negative, .5 / positive.length, .5 / negative.length);
  }

  /** Expected calibration error: mean distance of confidence and truth in a bin, by weight. */
  static double error(double[] positive, double[] negative, double weight, double otherWeight) {
    double[] differences = new double[BINS];
    for (double value : positive) {
      differences[bin(value)] += weight * (value - 1);
    }
    for (double value : negative) {
      differences[bin(value)] += otherWeight * value;
    }
    double sum = Arrays.stream(differences).map(Math::abs).sum();
    return sum / (weight * positive.length + otherWeight * negative.length);
  }

  private static int bin(double confidence) {
    return Math.min(BINS - 1, (int) (BINS * confidence));
  }
}
