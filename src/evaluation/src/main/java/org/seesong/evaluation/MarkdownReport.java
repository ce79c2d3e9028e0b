package org.seesong.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seesong.evaluation.Measure.Kind;

/** Writes the tables as Markdown. */
final class MarkdownReport {
  private static final List<Kind> LEADING = List.of(Kind.NDCG, Kind.PRECISION, Kind.MRR, Kind.HIT);

  private final EvaluationReport report;
  private final StringBuilder out = new StringBuilder();

  MarkdownReport(EvaluationReport report) {
    this.report = report;
  }

  String text() {
    line("# Evaluation");
    line("");
    line(
        "%,d queries, %,d indexed pictures, %,d songs, %,d keywords; encoder %s; seed %d. Intervals"
            + " are 95 %%, by bootstrap over queries.",
        report.asked().queries().size(),
        report.snapshot().pictures().size(),
        report.snapshot().songs().size(),
        report.snapshot().keywords().size(),
        report.identity().imageSpace().id(),
        report.options().seed());
    line("");
    leading();
    if (!report.words().isEmpty()) {
      paper();
      precisionByWords();
    }
    tests();
    hopOne();
    truth();
    return out.toString();
  }

  private void leading() {
    line("## Judged by the query's keyword alone");
    line("");
    line("A song is right if it carries the keyword. nDCG counts how much the song is about it.");
    line("");
    line(
        "| method | seeds | nDCG@10 | P@10 | MRR@10 | hit@10 | distinct songs | popularity | ties"
            + " |");
    line("|---|---|---|---|---|---|---|---|---|");
    for (MethodResult result : report.results()) {
      StringBuilder row = new StringBuilder("| " + result.method() + " | " + result.seeds().size());
      for (Kind kind : LEADING) {
        row.append(" | ").append(interval(result.figures().get(Measure.of(kind))));
      }
      Interval distinct = result.distinct();
      row.append(text(" | %,.0f (%,.0f-%,.0f)", distinct.value(), distinct.low(), distinct.high()));
      row.append(" | ").append(interval(result.figures().get(Measure.of(Kind.POPULARITY))));
      row.append(" | ").append(interval(result.figures().get(Measure.of(Kind.TIES))));
      line("%s |", row);
    }
    line("");
  }

  private void paper() {
    line("## The paper's Table 1 beside ours: hit rate@10");
    line("");
    line(
        "Hit rate saturates: one right song of ten is enough, and with many concept words nearly"
            + " any song is right. The paper's margin over KM is .011 at n = 5 and .001 at n = 10."
            + " The table above separates methods; this one does not.");
    line("");
    head();
    for (PaperTable.Row row : PaperTable.ROWS) {
      StringBuilder text = new StringBuilder("| paper: " + row.method());
      for (int n : report.words()) {
        int at = PaperTable.WORDS.indexOf(n);
        text.append(" | ").append(at < 0 ? "" : share(row.hits().get(at)));
      }
      line("%s |", text);
    }
    for (boolean weightsOnly : new boolean[] {false, true}) {
      for (MethodResult result : report.results()) {
        line("%s |", row(result, Kind.HIT, weightsOnly));
      }
    }
    line("");
  }

  private void precisionByWords() {
    line("## Precision@10 by the same judges");
    line("");
    head();
    for (boolean weightsOnly : new boolean[] {false, true}) {
      for (MethodResult result : report.results()) {
        line("%s |", row(result, Kind.PRECISION, weightsOnly));
      }
    }
    line("");
  }

  private void head() {
    StringBuilder head = new StringBuilder("| method");
    StringBuilder rule = new StringBuilder("|---");
    for (int n : report.words()) {
      head.append(text(" | n = %d", n));
      rule.append("|---");
    }
    line("%s |", head);
    line("%s|", rule);
  }

  private String row(MethodResult result, Kind kind, boolean weightsOnly) {
    StringBuilder text =
        new StringBuilder("| " + result.method() + (weightsOnly ? ", judged by weights" : ""));
    for (int n : report.words()) {
      text.append(" | ").append(interval(result.figures().get(new Measure(kind, n, weightsOnly))));
    }
    return text.toString();
  }

  private void tests() {
    if (report.comparisons().isEmpty()) {
      return;
    }
    line("## Paired tests");
    line("");
    line(
        "Difference of means and p: McNemar's exact test for hits, paired bootstrap for the rest."
            + " Not corrected for the number of tests.");
    line("");
    List<Measure> measures = new ArrayList<>();
    for (Comparison comparison : report.comparisons()) {
      if (!measures.contains(comparison.measure())) {
        measures.add(comparison.measure());
      }
    }
    StringBuilder head = new StringBuilder("| methods");
    measures.forEach(measure -> head.append(" | ").append(measure.name()));
    line("%s |", head);
    line("|---%s|", "|---".repeat(measures.size()));
    String pair = "";
    StringBuilder row = new StringBuilder();
    for (Comparison comparison : report.comparisons()) {
      String now = comparison.method() + " - " + comparison.other();
      if (!now.equals(pair)) {
        flush(row);
        row.append("| ").append(now);
        pair = now;
      }
      row.append(
          text(
              " | %s%s, p %s",
              comparison.difference() < 0 ? "-" : "+",
              share(Math.abs(comparison.difference())),
              comparison.p() < 0.001 ? "< .001" : "= " + share(comparison.p())));
    }
    flush(row);
    line("");
  }

  private void flush(StringBuilder row) {
    if (row.length() > 0) {
      line("%s |", row);
      row.setLength(0);
    }
  }

  private void hopOne() {
    HopOneReport hopOne = report.asked().hopOne();
    line("## Hop one");
    line("");
    line(
        "The nearest labelled picture has the query's keyword for %s of the queries; most of the"
            + " labelled among the %d nearest have it for %s.",
        interval(hopOne.nearest()), HopOneReport.VOTERS, interval(hopOne.vote()));
    line("");
    if (hopOne.duplicates().isEmpty()) {
      line("No query is indexed, or nearly.");
    } else {
      line(
          "%,d queries are indexed or nearly so (nearer than a tenth of the median distance to the"
              + " nearest picture), which flatters every method: %s%s",
          hopOne.duplicates().size(),
          String.join("; ", hopOne.duplicates().stream().limit(10).toList()),
          hopOne.duplicates().size() > 10 ? "; ..." : ".");
    }
    line("");
  }

  private void truth() {
    if (report.words().isEmpty()) {
      return;
    }
    GroundTruthReport truth = report.truth();
    line("## Ground truth");
    line("");
    line(
        "Words are looked for %s. Share of all songs that are right, the mean over queries: %s.",
        truth.lyrics(),
        String.join(
            ", ",
            truth.shares().entrySet().stream()
                .map(entry -> entry.getKey() + " " + share(entry.getValue()))
                .toList()));
    line("");
    if (!truth.wordless().isEmpty()) {
      line(
          "Keywords without concept words, judged by themselves: %s.",
          String.join(", ", truth.wordless()));
      line("");
    }
    line("| keyword | nearest concept words |");
    line("|---|---|");
    for (Map.Entry<String, List<String>> entry : truth.nearest().entrySet()) {
      line("| %s | %s |", entry.getKey(), String.join(", ", entry.getValue()));
    }
  }

  private static String interval(Interval interval) {
    return text(
        "%s (%s-%s)", share(interval.value()), share(interval.low()), share(interval.high()));
  }

  /** .123, as shares are written. */
  private static String share(double value) {
    String text = text("%.3f", value);
    return text.startsWith("0.") ? text.substring(1) : text;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private void line(String format, Object... values) {
    out.append(values.length == 0 ? format : text(format, values)).append('\n');
  }
}
