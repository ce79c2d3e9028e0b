package org.seesong.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seesong.evaluation.Query.Neighbor;

/**
 * How well hop one finds pictures of the query's keyword.
 *
 * @param nearest share of queries whose nearest labelled picture has a keyword of theirs
 * @param vote share of queries for which the majority of the labelled among the nearest twenty has
 *     one
 * @param confusions wrong keywords of the nearest labelled picture, the most frequent first
 * @param duplicates queries that are also indexed, or nearly
 */
record HopOneReport(
    Interval nearest, Interval vote, List<Confusion> confusions, List<String> duplicates) {
  /** A query nearer than this share of the median nearest distance is a duplicate. */
  private static final double NEAR = 0.1;

  /** Pictures whose majority is counted. */
  static final int VOTERS = 20;

  /** Queries of a keyword whose nearest labelled picture had another one. */
  record Confusion(String asked, String found, int queries) {}

  static HopOneReport of(
      List<LabelledQuery> pictures,
      List<int[]> labels,
      List<List<Neighbor>> nearest,
      Snapshot snapshot,
      Statistics statistics) {
    Map<List<String>, Integer> confusions = new HashMap<>();
    double[] first = new double[pictures.size()];
    double[] most = new double[pictures.size()];
    for (int i = 0; i < pictures.size(); i++) {
      List<Neighbor> labelled =
          nearest.get(i).stream().filter(picture -> picture.keywords().length > 0).toList();
      if (labelled.isEmpty()) {
        continue;
      }
      int[] mine = labels.get(i);
      int[] theirs = labelled.get(0).keywords();
      first[i] = shares(mine, theirs) ? 1 : 0;
      most[i] = shares(mine, new int[] {majority(labelled)}) ? 1 : 0;
      if (first[i] == 0) {
        List<String> names = snapshot.keywords();
        confusions.merge(List.of(names.get(mine[0]), names.get(theirs[0])), 1, Integer::sum);
      }
    }
    List<Confusion> sorted = new ArrayList<>();
    confusions.forEach((pair, n) -> sorted.add(new Confusion(pair.get(0), pair.get(1), n)));
    sorted.sort(
        Comparator.comparingInt((Confusion confusion) -> -confusion.queries())
            .thenComparing(Confusion::asked)
            .thenComparing(Confusion::found));
    return new HopOneReport(
        statistics.mean(first),
        statistics.mean(most),
        List.copyOf(sorted),
        duplicates(pictures, nearest, snapshot));
  }

  private static boolean shares(int[] mine, int[] theirs) {
    return Arrays.stream(mine).anyMatch(k -> Arrays.stream(theirs).anyMatch(t -> t == k));
  }

  /** The most frequent keyword; among equals the one of the nearest picture. */
  private static int majority(List<Neighbor> labelled) {
    Map<Integer, Integer> votes = new HashMap<>();
    labelled.forEach(
        picture -> Arrays.stream(picture.keywords()).forEach(k -> votes.merge(k, 1, Integer::sum)));
    int best = labelled.get(0).keywords()[0];
    for (Neighbor picture : labelled) {
      for (int keyword : picture.keywords()) {
        best = votes.get(keyword) > votes.get(best) ? keyword : best;
      }
    }
    return best;
  }

  private static List<String> duplicates(
      List<LabelledQuery> pictures, List<List<Neighbor>> nearest, Snapshot snapshot) {
    double[] distances = nearest.stream().mapToDouble(list -> list.get(0).distance()).toArray();
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    double limit = sorted.length == 0 ? 0 : NEAR * sorted[sorted.length / 2];
    List<String> found = new ArrayList<>();
    for (int i = 0; i < distances.length; i++) {
      if (distances[i] <= limit) {
        String twin = snapshot.pictures().ids().get(nearest.get(i).get(0).picture());
        found.add(
            pictures.get(i).id() + (distances[i] == 0 ? " is indexed as " : " is nearly ") + twin);
      }
    }
    return found;
  }
}
