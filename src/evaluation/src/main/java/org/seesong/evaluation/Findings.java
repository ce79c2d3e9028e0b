package org.seesong.evaluation;

import java.util.List;
import java.util.Optional;
import org.seesong.index.IndexMetadata;

/**
 * What an evaluation found, for the report's writers.
 *
 * @param graded how systems do by grades; empty without files of grades
 * @param confidence how honest confidences are; empty if the index tells none
 * @param words the numbers n of concept words; empty without a concept network
 */
record Findings(
    EvaluationOptions options,
    IndexMetadata metadata,
    Snapshot snapshot,
    EvaluationQueries queries,
    List<Integer> words,
    KeywordRelevance.Report relevance,
    List<SystemResult> systems,
    List<Comparison> comparisons,
    Optional<GradedReport> graded,
    Optional<ConfidenceReport> confidence) {
  Findings {
    words = List.copyOf(words);
    systems = List.copyOf(systems);
    comparisons = List.copyOf(comparisons);
  }
}
