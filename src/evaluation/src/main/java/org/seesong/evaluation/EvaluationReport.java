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

  /** A line for what was left out, queries and lines of grades, with the reason. */
  public List<String> leftOut() {
    List<String> all = new ArrayList<>(findings.queries().leftOut());
    findings.graded().ifPresent(graded -> all.addAll(graded.qrels().leftOut()));
    return all;
  }

  /** A line for what else is to be known of the files of grades. */
  public List<String> notes() {
    return findings.graded().map(graded -> graded.qrels().notes()).orElse(List.of());
  }

  /**
   * The figure of a system with its interval.
   *
   * @param measure a measure's name as in the tables, such as {@code P@10}, {@code hit@10 n=5} or
   *     {@code fit}
   * @throws IllegalArgumentException if there is no such system or measure
   */
  public Interval figure(String system, String measure) {
    Map<String, Interval> figures = new LinkedHashMap<>();
    findings.systems().stream()
        .filter(result -> result.system().equals(system))
        .forEach(result -> result.figures().forEach((m, f) -> figures.put(m.name(), f)));
    findings.graded().stream()
        .flatMap(graded -> graded.systems().stream())
        .filter(result -> result.system().equals(system))
        .forEach(result -> result.figures().forEach((m, f) -> figures.put(m.title(), f)));
    if (!figures.containsKey(measure)) {
      throw new IllegalArgumentException("no figure " + measure + " of system " + system);
    }
    return figures.get(measure);
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
    map.put("leftOut", leftOut());
    map.put("encoder", findings.metadata().encoderSpace().id());
    map.put("embedding", findings.metadata().graphSpace().id());
    map.put("seed", findings.options().seed());
    map.put("hopOneNearest", interval(queries.hopOne().nearest()));
    map.put("hopOneVote", interval(queries.hopOne().vote()));
    map.put("nearDuplicates", queries.hopOne().duplicates());
    map.put("keywordsWithoutConcepts", findings.relevance().wordless());
    map.put("relevantShare", findings.relevance().shares());
    findings.graded().ifPresent(graded -> map.put("graded", graded(graded)));
    findings.confidence().ifPresent(told -> map.put("confidence", confidence(told)));
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

  private static Map<String, Object> confidence(ConfidenceReport told) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("pictures", told.pictures());
    map.put("places", number(told.places()));
    map.put("richKeywords", told.richKeywords());
    map.put("richPlaces", number(told.richPlaces()));
    map.put("gradedSongs", told.songs());
    map.put("songCalibrationError", number(told.songError()));
    List<Object> groups = new ArrayList<>();
    for (ConfidenceReport.Unknown unknown : told.unknown()) {
      Map<String, Object> group = new LinkedHashMap<>();
      group.put("name", unknown.name());
      group.put("pictures", unknown.pictures());
      group.put("auroc", number(unknown.auroc()));
      group.put("calibrationError", number(unknown.error()));
      group.put("places", number(unknown.places()));
      groups.add(group);
    }
    map.put("unknown", groups);
    return map;
  }

  /** Null where there is nothing to measure. */
  private static Double number(double value) {
    return Double.isNaN(value) ? null : (Double) rounded(value);
  }

  private static Map<String, Object> graded(GradedReport graded) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("grades", graded.qrels().size());
    map.put("keywords", graded.keywords());
    map.put("queries", graded.queries());
    map.put("notes", graded.qrels().notes());
    List<Object> systems = new ArrayList<>();
    for (GradedReport.Result result : graded.systems()) {
      Map<String, Object> system = new LinkedHashMap<>();
      system.put("system", result.system());
      result.figures().forEach((measure, figure) -> system.put(measure.title(), interval(figure)));
      systems.add(system);
    }
    map.put("systems", systems);
    map.put("tests", tests(graded.comparisons()));
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

  /** Value, low and high; empty where there is nothing to measure. */
  private static List<Double> interval(Interval interval) {
    if (Double.isNaN(interval.value())) {
      return List.of();
    }
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
