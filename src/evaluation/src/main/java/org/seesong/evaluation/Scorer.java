package org.seesong.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Scores rankings by keywords and concept words. Safe for any number of threads. */
final class Scorer {
  /** Songs of a ranking. */
  static final int SONGS = 10;

  private final SongTable songs;
  private final KeywordRelevance relevance;
  private final List<int[]> labels;
  private final List<Measure> measures;
  private final double[] popularityRanks;
  private final Map<List<Integer>, Double> ideals = new HashMap<>();

  Scorer(SongTable songs, KeywordRelevance relevance, List<int[]> labels, List<Integer> sizes) {
    this.songs = songs;
    this.relevance = relevance;
    this.labels = labels;
    this.measures = measures(sizes);
    this.popularityRanks = songs.popularityRanks();
    for (int[] keywords : labels) {
      ideals.computeIfAbsent(Arrays.stream(keywords).boxed().toList(), key -> ideal(keywords));
    }
  }

  private static List<Measure> measures(List<Integer> sizes) {
    List<Measure> all = new ArrayList<>();
    for (Measure.Kind kind : Measure.Kind.values()) {
      all.add(Measure.of(kind));
    }
    for (boolean weightsOnly : new boolean[] {false, true}) {
      for (int size : sizes) {
        all.add(new Measure(Measure.Kind.HIT, size, weightsOnly));
        all.add(new Measure(Measure.Kind.PRECISION, size, weightsOnly));
      }
    }
    return List.copyOf(all);
  }

  List<Measure> measures() {
    return measures;
  }

  /** The score of a query's ranking. */
  double score(Measure measure, int query, List<RankedSong> ranking) {
    int[] keywords = labels.get(query);
    return switch (measure.kind()) {
      case HIT -> relevant(measure, keywords, ranking).length > 0 ? 1 : 0;
      case PRECISION -> relevant(measure, keywords, ranking).length / (double) SONGS;
      case NDCG -> gain(keywords, ranking);
      case MRR ->
          Arrays.stream(relevant(measure, keywords, ranking))
              .limit(1)
              .mapToDouble(rank -> 1 / (rank + 1.0))
              .sum();
      case TIES -> ties(ranking);
      case POPULARITY ->
          ranking.stream().mapToDouble(r -> popularityRanks[r.song()]).average().orElse(0.5);
    };
  }

  /** Ranks from 0 of the relevant songs. */
  private int[] relevant(Measure measure, int[] keywords, List<RankedSong> ranking) {
    return IntStream.range(0, ranking.size())
        .filter(
            rank ->
                relevance.isRelevant(
                    ranking.get(rank).song(), keywords, measure.words(), measure.weightsOnly()))
        .toArray();
  }

  private double gain(int[] keywords, List<RankedSong> ranking) {
    double[] gains = ranking.stream().mapToDouble(r -> songs.focus(r.song(), keywords)).toArray();
    return discounted(gains) / ideals.get(Arrays.stream(keywords).boxed().toList());
  }

  private double ideal(int[] keywords) {
    double[] best =
        Arrays.stream(keywords)
            .flatMap(keyword -> Arrays.stream(songs.holders(keyword)))
            .distinct()
            .mapToDouble(song -> -songs.focus(song, keywords))
            .sorted()
            .limit(SONGS)
            .map(negative -> -negative)
            .toArray();
    return discounted(best);
  }

  /** DCG: the gains divided by log2(rank + 1), ranks from 1. */
  static double discounted(double[] gains) {
    return IntStream.range(0, gains.length)
        .mapToDouble(i -> gains[i] * Math.log(2) / Math.log(i + 2.0))
        .sum();
  }

  private static double ties(List<RankedSong> ranking) {
    return ranking.stream()
        .mapToDouble(one -> ranking.stream().anyMatch(other -> areTied(one, other)) ? 1 : 0)
        .average()
        .orElse(0);
  }

  private static boolean areTied(RankedSong one, RankedSong other) {
    return other.song() != one.song()
        && other.source() == one.source()
        && Math.abs(other.distance() - one.distance()) < 1e-6;
  }
}
