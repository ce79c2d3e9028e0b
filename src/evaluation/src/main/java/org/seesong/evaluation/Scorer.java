package org.seesong.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Gives answers their marks. Safe for any number of threads. */
final class Scorer {
  /** Songs of an answer. */
  static final int SONGS = 10;

  private final SongTable songs;
  private final GroundTruth truth;
  private final List<int[]> labels;
  private final List<Measure> measures;
  private final double[] popularityRanks;
  private final Map<List<Integer>, Double> ideals = new HashMap<>();

  Scorer(SongTable songs, GroundTruth truth, List<int[]> labels, List<Integer> sizes) {
    this.songs = songs;
    this.truth = truth;
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

  double mark(Measure measure, int query, List<Recommended> answer) {
    int[] keywords = labels.get(query);
    return switch (measure.kind()) {
      case HIT -> right(measure, keywords, answer) > 0 ? 1 : 0;
      case PRECISION -> right(measure, keywords, answer) / (double) SONGS;
      case NDCG -> gain(keywords, answer);
      case MRR -> reciprocalRank(measure, keywords, answer);
      case TIES -> ties(answer);
      case POPULARITY ->
          answer.stream().mapToDouble(r -> popularityRanks[r.song()]).average().orElse(0.5);
    };
  }

  private int right(Measure measure, int[] keywords, List<Recommended> answer) {
    int right = 0;
    for (Recommended song : answer) {
      right +=
          truth.isRelevant(song.song(), keywords, measure.words(), measure.weightsOnly()) ? 1 : 0;
    }
    return right;
  }

  private double reciprocalRank(Measure measure, int[] keywords, List<Recommended> answer) {
    for (int i = 0; i < answer.size(); i++) {
      if (truth.isRelevant(
          answer.get(i).song(), keywords, measure.words(), measure.weightsOnly())) {
        return 1.0 / (i + 1);
      }
    }
    return 0;
  }

  private double gain(int[] keywords, List<Recommended> answer) {
    double[] gains = answer.stream().mapToDouble(r -> focus(r.song(), keywords)).toArray();
    return discounted(gains) / ideals.get(Arrays.stream(keywords).boxed().toList());
  }

  private double ideal(int[] keywords) {
    double[] best =
        Arrays.stream(keywords)
            .flatMap(keyword -> Arrays.stream(songs.holders(keyword)))
            .distinct()
            .mapToDouble(song -> -focus(song, keywords))
            .sorted()
            .limit(SONGS)
            .map(negative -> -negative)
            .toArray();
    return discounted(best);
  }

  private double focus(int song, int[] keywords) {
    return Arrays.stream(keywords).mapToDouble(k -> songs.focus(song, k)).max().orElse(0);
  }

  private static double discounted(double[] gains) {
    return IntStream.range(0, gains.length)
        .mapToDouble(i -> gains[i] * Math.log(2) / Math.log(i + 2.0))
        .sum();
  }

  private static double ties(List<Recommended> answer) {
    if (answer.isEmpty()) {
      return 0;
    }
    int tied = 0;
    for (Recommended one : answer) {
      for (Recommended other : answer) {
        if (other.song() != one.song()
            && other.source() == one.source()
            && Math.abs(other.distance() - one.distance()) < 1e-6) {
          tied++;
          break;
        }
      }
    }
    return tied / (double) answer.size();
  }
}
