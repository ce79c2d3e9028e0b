package org.seesong.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.seesong.evaluation.Measure.Kind;
import org.seesong.evaluation.Svg.Anchor;

/** Draws the figures of a report. */
final class Plots {
  /** Told apart by people who see few colours, too (Okabe and Ito's palette). */
  private static final List<String> COLOURS =
      List.of(
          "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#8c8c8c");

  private static final String GRID = "#dddddd";
  private static final int MIN_LEGEND = 260;
  private static final int LETTER = 7;

  private final EvaluationReport report;

  Plots(EvaluationReport report) {
    this.report = report;
  }

  private static String colour(int method) {
    return COLOURS.get(method % COLOURS.size());
  }

  /** A measure against the number of concept words, a line for each method. */
  String byWords(Kind kind) {
    int left = 60;
    int top = 50;
    int wide = 480;
    int high = 360;
    List<Integer> words = new ArrayList<>(report.words());
    words.add(0, 0);
    Svg svg = new Svg(left + wide + legendWidth(), top + high + 60);
    svg.text(left, 28, 16, Anchor.START, kind.title() + " by number of concept words");
    grid(svg, left, top, wide, high);
    double step = wide / (double) words.size();
    for (int i = 0; i < words.size(); i++) {
      String name = words.get(i) == 0 ? "keyword" : "n = " + words.get(i);
      svg.text(left + step * (i + 0.5), top + high + 20, 12, Anchor.MIDDLE, name);
    }
    for (int method = 0; method < report.results().size(); method++) {
      MethodResult result = report.results().get(method);
      double shift = 3.0 * (method - report.results().size() / 2.0);
      double lastX = 0;
      double lastY = 0;
      for (int i = 0; i < words.size(); i++) {
        Interval figure = result.figures().get(new Measure(kind, words.get(i), false));
        double x = left + step * (i + 0.5) + shift;
        double y = top + high * (1 - figure.value());
        svg.line(
            x,
            top + high * (1 - figure.low()),
            x,
            top + high * (1 - figure.high()),
            colour(method),
            1);
        svg.circle(x, y, 4, colour(method), title(result.method(), figure));
        if (i > 0) {
          svg.line(lastX, lastY, x, y, colour(method), 1.5);
        }
        lastX = x;
        lastY = y;
      }
    }
    legend(svg, left + wide + 20, top);
    return svg.text();
  }

  /** The leading measures, judged by the keyword alone, a group of bars each. */
  String measures() {
    int left = 60;
    int top = 50;
    int wide = 640;
    int high = 360;
    List<Kind> kinds = List.of(Kind.NDCG, Kind.PRECISION, Kind.MRR, Kind.HIT);
    Svg svg = new Svg(left + wide + legendWidth(), top + high + 60);
    svg.text(left, 28, 16, Anchor.START, "Judged by the keyword alone");
    grid(svg, left, top, wide, high);
    double group = wide / (double) kinds.size();
    double bar = group * 0.8 / report.results().size();
    for (int i = 0; i < kinds.size(); i++) {
      svg.text(left + group * (i + 0.5), top + high + 20, 12, Anchor.MIDDLE, kinds.get(i).title());
      for (int method = 0; method < report.results().size(); method++) {
        Interval figure = report.results().get(method).figures().get(Measure.of(kinds.get(i)));
        double x = left + group * (i + 0.1) + bar * method;
        svg.rectangle(
            x,
            top + high * (1 - figure.value()),
            Math.max(1, bar - 1),
            high * figure.value(),
            colour(method),
            title(report.results().get(method).method(), figure));
        svg.line(
            x + bar / 2,
            top + high * (1 - figure.low()),
            x + bar / 2,
            top + high * (1 - figure.high()),
            "#333333",
            1);
      }
    }
    legend(svg, left + wide + 20, top);
    return svg.text();
  }

  private static void grid(Svg svg, int left, int top, int wide, int high) {
    for (int tenth = 0; tenth <= 10; tenth += 2) {
      double y = top + high * (1 - tenth / 10.0);
      svg.line(left, y, left + wide, y, GRID, 1);
      svg.text(left - 8, y + 4, 12, Anchor.END, String.format(Locale.ROOT, "%.1f", tenth / 10.0));
    }
  }

  private void legend(Svg svg, int x, int top) {
    for (int method = 0; method < report.results().size(); method++) {
      double y = top + 20.0 * method;
      svg.rectangle(x, y, 12, 12, colour(method), "");
      svg.text(x + 18, y + 11, 12, Anchor.START, report.results().get(method).method());
    }
  }

  private int legendWidth() {
    int longest = report.results().stream().mapToInt(r -> r.method().length()).max().orElse(0);
    return Math.max(MIN_LEGEND, 50 + LETTER * longest);
  }

  private static String title(String method, Interval figure) {
    return String.format(
        Locale.ROOT, "%s %.3f (%.3f-%.3f)", method, figure.value(), figure.low(), figure.high());
  }

  /** Precision by keyword, a row each, the keywords with the most queries first. */
  String byKeyword() {
    Map<Integer, List<Integer>> queries = queriesByKeyword();
    List<Integer> keywords = new ArrayList<>(queries.keySet());
    keywords.sort(Comparator.comparingInt(k -> -queries.get(k).size()));
    int left = 130;
    int top = 60;
    int wide = 480;
    int row = 18;
    Svg svg = new Svg(left + wide + legendWidth(), Math.max(top + row * keywords.size() + 40, 260));
    svg.text(20, 28, 16, Anchor.START, "P@10 by keyword (number of queries)");
    for (int tenth = 0; tenth <= 10; tenth += 2) {
      double x = left + wide * tenth / 10.0;
      svg.line(x, top, x, top + row * keywords.size(), GRID, 1);
      svg.text(x, top - 8, 12, Anchor.MIDDLE, String.format(Locale.ROOT, "%.1f", tenth / 10.0));
    }
    for (int i = 0; i < keywords.size(); i++) {
      double y = top + row * (i + 0.5);
      List<Integer> mine = queries.get(keywords.get(i));
      String name = report.snapshot().keywords().get(keywords.get(i));
      svg.text(left - 10, y + 4, 12, Anchor.END, name + " (" + mine.size() + ")");
      svg.line(left, y, left + wide, y, "#f0f0f0", 1);
      for (int method = report.results().size() - 1; method >= 0; method--) {
        MethodResult result = report.results().get(method);
        double[] marks = result.marks().get(Measure.of(Kind.PRECISION));
        double mean = mine.stream().mapToDouble(query -> marks[query]).average().orElse(0);
        String title = String.format(Locale.ROOT, "%s %s %.3f", name, result.method(), mean);
        svg.circle(left + wide * mean, y, 4.5, colour(method), title);
      }
    }
    legend(svg, left + wide + 20, top);
    return svg.text();
  }

  private Map<Integer, List<Integer>> queriesByKeyword() {
    Map<Integer, List<Integer>> queries = new TreeMap<>();
    List<int[]> labels = report.asked().labels();
    for (int query = 0; query < labels.size(); query++) {
      queries.computeIfAbsent(labels.get(query)[0], k -> new ArrayList<>()).add(query);
    }
    return queries;
  }

  /** Keyword asked against keyword of the nearest labelled picture, rows as shares. */
  String confusion() {
    int[][] counts = report.asked().hopOne().confusion();
    List<Integer> shown = new ArrayList<>();
    for (int k = 0; k < counts.length; k++) {
      int keyword = k;
      ToDoubleFunction<int[]> column = row -> row[keyword];
      double seen = 0;
      for (int[] row : counts) {
        seen += column.applyAsDouble(row);
      }
      for (int count : counts[k]) {
        seen += count;
      }
      if (seen > 0) {
        shown.add(k);
      }
    }
    int cell = 15;
    int left = 90;
    int top = 110;
    int side = cell * shown.size();
    Svg svg = new Svg(Math.max(left + side + 20, 480), top + side + 20);
    svg.text(20, 28, 16, Anchor.START, "Hop one: keyword of the query (rows) and of the nearest");
    svg.text(20, 46, 12, Anchor.START, "labelled picture (columns), share of the row's queries");
    for (int i = 0; i < shown.size(); i++) {
      String name = report.snapshot().keywords().get(shown.get(i));
      svg.text(left - 6, top + cell * (i + 0.75), 11, Anchor.END, name);
      svg.textUp(left + cell * (i + 0.75), top - 6, 11, name);
      int[] row = counts[shown.get(i)];
      double sum = 0;
      for (int count : row) {
        sum += count;
      }
      for (int j = 0; j < shown.size(); j++) {
        int count = row[shown.get(j)];
        double share = sum == 0 ? 0 : count / sum;
        String other = report.snapshot().keywords().get(shown.get(j));
        String title = String.format(Locale.ROOT, "%s as %s: %d of %.0f", name, other, count, sum);
        svg.rectangle(
            left + cell * j, top + cell * i, cell - 1, cell - 1, shade(share, i == j), title);
      }
    }
    return svg.text();
  }

  /** White to dark: blue on the diagonal, red beside it; the root shows small shares. */
  private static String shade(double share, boolean right) {
    int rest = (int) Math.round(240 * (1 - Math.sqrt(share)));
    return right
        ? String.format(Locale.ROOT, "#%02x%02x%02x", rest, rest, 240)
        : String.format(Locale.ROOT, "#%02x%02x%02x", 240, rest, rest);
  }
}
