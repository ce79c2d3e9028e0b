package org.seesong.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.seesong.evaluation.DotPlot.Row;
import org.seesong.evaluation.Measure.Kind;

/** The plots of a report. */
record Plots(Findings findings) {
  static List<DotPlot> of(Findings findings) {
    Plots plots = new Plots(findings);
    List<DotPlot> all = new ArrayList<>();
    findings.graded().ifPresent(graded -> all.addAll(plots.graded(graded)));
    all.add(plots.measures());
    all.add(plots.byKeyword());
    if (!findings.words().isEmpty()) {
      all.add(plots.byWords("hit-by-words", Kind.HIT));
      all.add(plots.byWords("precision-by-words", Kind.PRECISION));
    }
    return all;
  }

  private DotPlot plot(String name, String title, List<Row> rows) {
    return new DotPlot(
        name, title, findings.systems().stream().map(SystemResult::system).toList(), rows);
  }

  private Row row(String label, Function<SystemResult, Interval> figure) {
    return new Row(label, findings.systems().stream().map(figure).toList());
  }

  private DotPlot measures() {
    return plot(
        "measures",
        "By the keyword alone",
        MarkdownReport.LEADING.stream()
            .map(kind -> row(kind.title(), system -> system.figures().get(Measure.of(kind))))
            .toList());
  }

  private List<DotPlot> graded(GradedReport graded) {
    List<Row> measures = new ArrayList<>();
    for (GradedMeasure measure : GradedMeasure.values()) {
      if (measure != GradedMeasure.PLACES) {
        measures.add(
            new Row(
                measure.title(),
                graded.systems().stream().map(system -> system.figures().get(measure)).toList()));
      }
    }
    List<Row> keywords = new ArrayList<>();
    for (int i = 0; i < graded.keywords().size(); i++) {
      int keyword = i;
      keywords.add(
          new Row(
              graded.keywords().get(keyword),
              graded.systems().stream()
                  .mapToDouble(system -> system.scores().get(GradedMeasure.FIT)[keyword])
                  .mapToObj(fit -> new Interval(fit, fit, fit))
                  .toList()));
    }
    return List.of(
        plot("graded", "By grades given by reading", measures),
        plot("fit-by-keyword", "Share of the graded places that fits, by keyword", keywords));
  }

  private DotPlot byWords(String name, Kind kind) {
    List<Row> rows = new ArrayList<>();
    rows.add(row("keyword", system -> system.figures().get(Measure.of(kind))));
    findings
        .words()
        .forEach(
            n ->
                rows.add(
                    row("n = " + n, system -> system.figures().get(new Measure(kind, n, false)))));
    return plot(name, kind.title() + " by number of concept words", rows);
  }

  /** Precision by keyword, the keywords with the most queries first. */
  private DotPlot byKeyword() {
    Map<Integer, List<Integer>> queries = new TreeMap<>();
    List<int[]> labels = findings.queries().labels();
    for (int query = 0; query < labels.size(); query++) {
      queries.computeIfAbsent(labels.get(query)[0], k -> new ArrayList<>()).add(query);
    }
    return plot(
        "precision-by-keyword",
        "P@10 by keyword (number of queries)",
        queries.entrySet().stream()
            .sorted(Comparator.comparingInt(entry -> -entry.getValue().size()))
            .map(
                entry ->
                    row(
                        findings.snapshot().keywords().get(entry.getKey())
                            + " ("
                            + entry.getValue().size()
                            + ")",
                        system -> precision(system, entry.getValue())))
            .toList());
  }

  private static Interval precision(SystemResult system, List<Integer> queries) {
    double[] scores = system.scores().get(Measure.of(Kind.PRECISION));
    double mean = queries.stream().mapToDouble(query -> scores[query]).average().orElse(0);
    return new Interval(mean, mean, mean);
  }
}
