package org.seesong.evaluation;

import java.util.List;
import org.seesong.index.IndexMetadata;

/**
 * What an evaluation found, for the report's writers.
 *
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
    List<Comparison> comparisons) {
  Findings {
    words = List.copyOf(words);
    systems = List.copyOf(systems);
    comparisons = List.copyOf(comparisons);
  }
}
