package org.seesong.evaluation;

import java.util.List;
import java.util.Map;

/**
 * How a system did by keywords and concept words.
 *
 * @param scores for each measure a score for each query, the mean over seeds
 * @param figures for each measure the mean with its interval
 * @param distinct distinct songs over all queries, the mean over seeds
 * @param runs its rankings, a run for each seed
 */
record SystemResult(
    String system,
    Map<Measure, double[]> scores,
    Map<Measure, Interval> figures,
    Interval distinct,
    List<Run> runs) {
  SystemResult {
    runs = List.copyOf(runs);
  }
}
