package org.seesong.evaluation;

import java.util.List;
import java.util.Map;

/**
 * How a method did.
 *
 * @param method its text
 * @param seeds the seeds it ran with
 * @param marks for each measure a mark for each query, the mean over seeds
 * @param figures for each measure the mean with its interval
 * @param distinct distinct songs over all queries, the mean over seeds
 * @param answers the answers with the first seed
 */
record MethodResult(
    String method,
    List<Long> seeds,
    Map<Measure, double[]> marks,
    Map<Measure, Interval> figures,
    Interval distinct,
    List<List<Recommended>> answers) {}
