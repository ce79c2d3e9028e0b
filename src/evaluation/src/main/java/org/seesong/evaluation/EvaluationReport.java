package org.seesong.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seesong.index.CatalogueIndex;
import org.seesong.io.AtomicFiles;

/** The figures of every system and how they compare. */
public final class EvaluationReport {
  private final Findings findings;

  EvaluationReport(Findings findings) {
    this.findings = findings;
  }

  /** A line for each query or label that was left out, with the reason. */
  public List<String> leftOut() {
    return findings.queries().leftOut();
  }

  /**
   * The figure of a system with its interval.
   *
   * @param measure a measure's name as in the tables, such as {@code P@10} or {@code hit@10 n=5}
   * @throws IllegalArgumentException if there is no such system or measure
   */
  public Interval figure(String system, String measure) {
    return findings.systems().stream()
        .filter(result -> result.system().equals(system))
        .flatMap(result -> result.figures().entrySet().stream())
        .filter(entry -> entry.getKey().name().equals(measure))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no figure " + measure + " of system " + system));
  }

  /** The tables for people. */
  public String toMarkdown() {
    return new MarkdownReport(findings).text();
  }

  /** All figures for programs: maps, lists, texts and numbers, in a fixed order. */
  public Map<String, Object> toMap() {
    EvaluationQueries queries = findings.queries();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("songs", findings.snapshot().songs().size());
    map.put("pictures", findings.snapshot().pictures().size());
    map.put("keywords", findings.snapshot().keywords().size());
    map.put("queries", queries.size());
    map.put("leftOut", queries.leftOut());
    map.put("encoder", findings.metadata().visual().id());
    map.put("embedding", findings.metadata().network().id());
    map.put("seed", findings.options().seed());
    map.put("hopOneNearest", interval(queries.hopOne().nearest()));
    map.put("hopOneVote", interval(queries.hopOne().vote()));
    map.put("nearDuplicates", queries.hopOne().duplicates());
    map.put("keywordsWithoutConcepts", findings.relevance().wordless());
    map.put("relevantShare", findings.relevance().shares());
    map.put("systems", findings.systems().stream().map(EvaluationReport::system).toList());
    map.put("tests", tests(findings.comparisons()));
    return map;
  }

  private static Map<String, Object> system(SystemResult result) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("system", result.system());
    map.put("seeds", result.runs().stream().map(Run::seed).toList());
    result.figures().forEach((measure, figure) -> map.put(measure.name(), interval(figure)));
    map.put("distinct", interval(result.distinct()));
    return map;
  }

  private static List<Object> tests(List<Comparison> comparisons) {
    List<Object> tests = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      Map<String, Object> test = new LinkedHashMap<>();
      test.put("system", comparison.system());
      test.put("other", comparison.other());
      test.put("measure", comparison.measure());
      test.put("difference", rounded(comparison.difference()));
      test.put("p", comparison.p());
      tests.add(test);
    }
    return tests;
  }

  private static List<Double> interval(Interval interval) {
    return List.of(rounded(interval.value()), rounded(interval.low()), rounded(interval.high()));
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }

  /** Writes tables, plots, case sheet and study. */
  void write(CatalogueIndex index) throws IOException {
    Path folder = findings.options().output().folder();
    Path plots = Files.createDirectories(folder.resolve("plots"));
    AtomicFiles.write(
        folder.resolve("evaluation.json"),
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(toMap()));
    text(folder.resolve("evaluation.md"), toMarkdown());
    for (DotPlot plot : Plots.of(findings)) {
      text(plots.resolve(plot.name() + ".svg"), plot.svg());
    }
    CaseSheet cases = new CaseSheet(findings, index);
    text(folder.resolve("cases.html"), cases.html());
    VoteStudy.write(folder.resolve("study.json"), cases.study());
  }

  private static void text(Path file, String content) throws IOException {
    AtomicFiles.write(file, content.getBytes(StandardCharsets.UTF_8));
  }
}
