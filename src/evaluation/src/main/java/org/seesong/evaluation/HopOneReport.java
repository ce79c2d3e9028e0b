package org.seesong.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seesong.evaluation.Question.SeenPicture;

/**
 * What hop one makes of the queries.
 *
 * @param nearest share of queries whose nearest labelled picture has a keyword of theirs
 * @param vote share of queries for which most of the labelled among the nearest twenty have one
 * @param confusion by keyword asked and keyword of the nearest labelled picture: how many queries
 * @param duplicates queries that are also indexed, or nearly
 */
record HopOneReport(Interval nearest, Interval vote, int[][] confusion, List<String> duplicates) {
  /** Of the median distance to the nearest picture: whoever is nearer than this is a duplicate. */
  static final double NEAR = 0.1;

  /** Labelled pictures that vote. */
  static final int VOTERS = 20;

  static HopOneReport of(
      List<LabelledQuery> queries,
      List<int[]> labels,
      List<List<SeenPicture>> nearest,
      Snapshot snapshot,
      Statistics statistics) {
    int keywords = snapshot.keywords().size();
    int[][] confusion = new int[keywords][keywords];
    double[] first = new double[queries.size()];
    double[] most = new double[queries.size()];
    for (int i = 0; i < queries.size(); i++) {
      List<SeenPicture> labelled =
          nearest.get(i).stream().filter(seen -> seen.keywords().length > 0).toList();
      if (labelled.isEmpty()) {
        continue;
      }
      int[] mine = labels.get(i);
      int[] theirs = labelled.get(0).keywords();
      first[i] = shares(mine, theirs) ? 1 : 0;
      confusion[mine[0]][first[i] == 1 ? mine[0] : theirs[0]]++;
      most[i] = shares(mine, new int[] {elected(labelled)}) ? 1 : 0;
    }
    return new HopOneReport(
        statistics.mean(first),
        statistics.mean(most),
        confusion,
        duplicates(queries, nearest, snapshot));
  }

  private static boolean shares(int[] mine, int[] theirs) {
    return Arrays.stream(mine).anyMatch(k -> Arrays.stream(theirs).anyMatch(t -> t == k));
  }

  /** The keyword of most; among equals the one seen first. */
  private static int elected(List<SeenPicture> labelled) {
    Map<Integer, Integer> votes = new HashMap<>();
    int best = labelled.get(0).keywords()[0];
    for (SeenPicture seen : labelled) {
      for (int keyword : seen.keywords()) {
        votes.merge(keyword, 1, Integer::sum);
      }
    }
    for (SeenPicture seen : labelled) {
      for (int keyword : seen.keywords()) {
        best = votes.get(keyword) > votes.get(best) ? keyword : best;
      }
    }
    return best;
  }

  private static List<String> duplicates(
      List<LabelledQuery> queries, List<List<SeenPicture>> nearest, Snapshot snapshot) {
    double[] distances = nearest.stream().mapToDouble(list -> list.get(0).distance()).toArray();
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    double limit = sorted.length == 0 ? 0 : NEAR * sorted[sorted.length / 2];
    List<String> found = new ArrayList<>();
    for (int i = 0; i < distances.length; i++) {
      if (distances[i] <= limit) {
        String twin = snapshot.pictures().ids().get(nearest.get(i).get(0).picture());
        found.add(
            queries.get(i).id() + (distances[i] == 0 ? " is indexed as " : " is nearly ") + twin);
      }
    }
    return found;
  }
}
