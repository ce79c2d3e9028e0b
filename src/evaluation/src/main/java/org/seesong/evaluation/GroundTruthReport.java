package org.seesong.evaluation;

import java.util.List;
import java.util.Map;

/**
 * What people should know of the ground truth.
 *
 * @param lyrics how words were looked for
 * @param nearest the nearest concept words of each keyword, as many as the smallest n
 * @param wordless keywords the concept network ties to nothing
 * @param shares by judge: the share of all songs that are right, the mean over queries; what a
 *     random answer's precision comes to
 */
record GroundTruthReport(
    String lyrics,
    Map<String, List<String>> nearest,
    List<String> wordless,
    Map<String, Double> shares) {}
