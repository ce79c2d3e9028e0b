package org.seesong.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How systems do by {@link Qrels}: means over keywords, each the mean over its queries (and seeds).
 *
 * @param keywords graded keywords with queries, as their files write them
 * @param queries number of queries of these keywords
 */
record GradedReport(
    Qrels qrels,
    List<String> keywords,
    int queries,
    List<Result> systems,
    List<Comparison> comparisons) {
  private static final double[] GAINS = {0, 1, 3};

  /**
   * How one system does.
   *
   * @param scores for each measure a score for each keyword, NaN where none of its places is graded
   * @param figures for each measure the mean over keywords with its interval
   */
  record Result(
      String system, Map<GradedMeasure, double[]> scores, Map<GradedMeasure, Interval> figures) {}

  /** Judges systems; without any query of a graded keyword there are no keywords. */
  static GradedReport of(
      Qrels qrels,
      EvaluationQueries queries,
      SongTable songs,
      List<SystemResult> systems,
      List<int[]> pairs,
      Statistics statistics) {
    Map<String, List<Integer>> byKeyword = new LinkedHashMap<>();
    for (int query = 0; query < queries.size(); query++) {
      Optional<String> keyword = qrels.keyword(queries.pictures().get(query).labels());
      if (keyword.isPresent()) {
        byKeyword.computeIfAbsent(keyword.get(), k -> new ArrayList<>()).add(query);
      }
    }
    List<Result> results = new ArrayList<>();
    for (SystemResult system : systems) {
      Map<GradedMeasure, double[]> scores = new EnumMap<>(GradedMeasure.class);
      Map<GradedMeasure, Interval> figures = new EnumMap<>(GradedMeasure.class);
      for (GradedMeasure measure : GradedMeasure.values()) {
        double[] means =
            byKeyword.entrySet().stream()
                .mapToDouble(
                    entry ->
                        mean(
                            entry.getValue().stream()
                                .flatMap(
                                    query ->
                                        system.runs().stream()
                                            .map(run -> run.rankings().get(query)))
                                .mapToDouble(
                                    ranking ->
                                        score(measure, qrels, entry.getKey(), ids(ranking, songs)))
                                .toArray()))
                .toArray();
        scores.put(measure, means);
        figures.put(measure, statistics.mean(known(means)));
      }
      results.add(new Result(system.system(), scores, figures));
    }
    return new GradedReport(
        qrels,
        List.copyOf(byKeyword.keySet()),
        byKeyword.values().stream().mapToInt(List::size).sum(),
        results,
        comparisons(results, pairs, statistics));
  }

  static List<String> ids(List<RankedSong> ranking, SongTable songs) {
    return ranking.stream().limit(Scorer.SONGS).map(song -> songs.id(song.song())).toList();
  }

  /** The score of one query's songs, best first; NaN if no song is graded. */
  static double score(GradedMeasure measure, Qrels qrels, String keyword, List<String> songs) {
    int[] given =
        songs.stream()
            .flatMap(song -> qrels.grade(keyword, song).stream())
            .mapToInt(Integer::intValue)
            .toArray();
    return switch (measure) {
      case PLACES -> songs.size();
      case JUDGED -> given.length / (double) songs.size();
      case FIT -> mean(Arrays.stream(given).mapToDouble(grade -> grade >= 1 ? 1 : 0).toArray());
      case FITS_WELL ->
          mean(
              Arrays.stream(given)
                  .mapToDouble(grade -> grade == Qrels.MAX_GRADE ? 1 : 0)
                  .toArray());
      case NDCG -> gain(given) / gain(best(qrels.grades(keyword), given.length));
    };
  }

  private static int[] best(Map<String, Integer> grades, int places) {
    return grades.values().stream()
        .sorted(Comparator.reverseOrder())
        .limit(places)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double gain(int[] grades) {
    return Scorer.discounted(Arrays.stream(grades).mapToDouble(grade -> GAINS[grade]).toArray());
  }

  private static double[] known(double[] values) {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
  }

  /** The mean of the values that are known, NaN if none is. */
  private static double mean(double[] values) {
    return Arrays.stream(known(values)).average().orElse(Double.NaN);
  }

  private static List<Comparison> comparisons(
      List<Result> results, List<int[]> pairs, Statistics statistics) {
    List<Comparison> all = new ArrayList<>();
    for (int[] pair : pairs) {
      for (GradedMeasure measure : GradedMeasure.values()) {
        if (measure.isCompared()) {
          Result one = results.get(pair[0]);
          Result other = results.get(pair[1]);
          double[] differences = new double[one.scores().get(measure).length];
          Arrays.setAll(
              differences, i -> one.scores().get(measure)[i] - other.scores().get(measure)[i]);
          double[] both = known(differences);
          all.add(
              new Comparison(
                  one.system(),
                  other.system(),
                  measure.title(),
                  mean(both),
                  statistics.permutation(both)));
        }
      }
    }
    return all;
  }
}
