package org.seesong.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seesong.index.IndexMetadata;

/** What an evaluation found: the figures of every method and how they compare. */
public final class EvaluationReport {
  private final EvaluationOptions options;
  private final IndexMetadata identity;
  private final Snapshot snapshot;
  private final Asked asked;
  private final List<Integer> words;
  private final GroundTruthReport truth;
  private final List<MethodResult> results;
  private final List<Comparison> comparisons;

  EvaluationReport(
      EvaluationOptions options,
      IndexMetadata identity,
      Snapshot snapshot,
      Asked asked,
      List<Integer> words,
      GroundTruthReport truth,
      List<MethodResult> results,
      List<Comparison> comparisons) {
    this.options = options;
    this.identity = identity;
    this.snapshot = snapshot;
    this.asked = asked;
    this.words = List.copyOf(words);
    this.truth = truth;
    this.results = List.copyOf(results);
    this.comparisons = List.copyOf(comparisons);
  }

  EvaluationOptions options() {
    return options;
  }

  IndexMetadata identity() {
    return identity;
  }

  Snapshot snapshot() {
    return snapshot;
  }

  Asked asked() {
    return asked;
  }

  /** The numbers n of concept words; empty if there was no concept network. */
  List<Integer> words() {
    return words;
  }

  GroundTruthReport truth() {
    return truth;
  }

  List<MethodResult> results() {
    return results;
  }

  List<Comparison> comparisons() {
    return comparisons;
  }

  /**
   * What could not be asked and why.
   *
   * @return a line for each query or label left out
   */
  public List<String> leftOut() {
    return asked.leftOut();
  }

  /**
   * The figure of a method.
   *
   * @param method its text
   * @param measure a measure's name as in the tables, such as {@code P@10} or {@code hit@10 n=5}
   * @return the figure with its interval
   * @throws IllegalArgumentException if there is no such method or measure
   */
  public Interval figure(String method, String measure) {
    for (MethodResult result : results) {
      if (result.method().equals(method)) {
        for (Map.Entry<Measure, Interval> entry : result.figures().entrySet()) {
          if (entry.getKey().name().equals(measure)) {
            return entry.getValue();
          }
        }
      }
    }
    throw new IllegalArgumentException("no figure " + measure + " of method " + method);
  }

  /**
   * The tables for people.
   *
   * @return Markdown
   */
  public String toMarkdown() {
    return new MarkdownReport(this).text();
  }

  /**
   * All figures for programs.
   *
   * @return maps, lists, texts and numbers, in a fixed order
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("songs", snapshot.songs().size());
    map.put("pictures", snapshot.pictures().size());
    map.put("keywords", snapshot.keywords().size());
    map.put("queries", asked.queries().size());
    map.put("leftOut", asked.leftOut());
    map.put("encoder", identity.imageSpace().id());
    map.put("embedding", identity.graphSpace().id());
    map.put("seed", options.seed());
    map.put("hopOneNearest", interval(asked.hopOne().nearest()));
    map.put("hopOneVote", interval(asked.hopOne().vote()));
    map.put("nearDuplicates", asked.hopOne().duplicates());
    map.put("keywordsWithoutConcepts", truth.wordless());
    map.put("relevantShare", truth.shares());
    List<Object> methods = new ArrayList<>();
    results.forEach(result -> methods.add(method(result)));
    map.put("methods", methods);
    List<Object> tests = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      Map<String, Object> test = new LinkedHashMap<>();
      test.put("method", comparison.method());
      test.put("other", comparison.other());
      test.put("measure", comparison.measure().name());
      test.put("difference", rounded(comparison.difference()));
      test.put("p", comparison.p());
      tests.add(test);
    }
    map.put("tests", tests);
    return map;
  }

  private static Map<String, Object> method(MethodResult result) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("method", result.method());
    map.put("seeds", result.seeds());
    result.figures().forEach((measure, figure) -> map.put(measure.name(), interval(figure)));
    map.put("distinct", interval(result.distinct()));
    return map;
  }

  private static List<Double> interval(Interval interval) {
    return List.of(rounded(interval.value()), rounded(interval.low()), rounded(interval.high()));
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
