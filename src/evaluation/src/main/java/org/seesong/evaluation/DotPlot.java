package org.seesong.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A dot plot in SVG: rows of figures from 0 to 1, a dot with its interval for each series.
 *
 * <p>Texts stay texts, so that the reader's fonts show keywords in any script. Chart libraries for
 * Java draw letters as outlines of fonts that servers lack.
 *
 * @param name file name without its ending
 */
record DotPlot(String name, String title, List<String> series, List<Row> rows) {
  /** Told apart by people who see few colours, too (Okabe and Ito's palette). */
  private static final List<String> COLORS =
      List.of(
          "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#8c8c8c");

  private static final int LEFT = 150;
  private static final int TOP = 60;
  private static final int WIDTH = 480;
  private static final int LETTER = 8;

  /** A row: one figure for each series. */
  record Row(String label, List<Interval> figures) {
    Row {
      figures = List.copyOf(figures);
    }
  }

  String svg() {
    int line = rows.size() > 12 ? 18 : 14 + 6 * series.size();
    int bottom = TOP + line * rows.size();
    int longest = series.stream().mapToInt(String::length).max().orElse(0);
    int width = LEFT + WIDTH + 60 + LETTER * longest;
    int height = Math.max(bottom, TOP + 20 * series.size()) + 30;
    List<String> svg = new ArrayList<>();
    svg.add(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0"
                + " %1$d %2$d\" font-family=\"sans-serif\" font-size=\"12\">",
            width,
            height));
    svg.add("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
    svg.add(text(20, 28, "start", title));
    for (int tenth = 0; tenth <= 10; tenth += 2) {
      double x = LEFT + WIDTH * tenth / 10.0;
      svg.add(line(x, TOP, x, bottom, "#dddddd"));
      svg.add(text(x, TOP - 8, "middle", String.format(Locale.ROOT, "%.1f", tenth / 10.0)));
    }
    for (int i = 0; i < rows.size(); i++) {
      svg.add(text(LEFT - 10, TOP + line * (i + 0.5) + 4, "end", rows.get(i).label()));
      for (int j = series.size() - 1; j >= 0; j--) {
        double shift = (j + 0.5) / series.size() - 0.5;
        dot(svg, rows.get(i), j, TOP + line * (i + 0.5 + 0.8 * shift));
      }
    }
    for (int j = 0; j < series.size(); j++) {
      svg.add(circle(LEFT + WIDTH + 30, TOP + 20.0 * j, j, series.get(j)));
      svg.add(text(LEFT + WIDTH + 42, TOP + 20.0 * j + 4, "start", series.get(j)));
    }
    return String.join("\n", svg) + "\n</svg>\n";
  }

  private void dot(List<String> svg, Row row, int series, double y) {
    Interval figure = row.figures().get(series);
    if (Double.isNaN(figure.value())) {
      return;
    }
    svg.add(line(LEFT + WIDTH * figure.low(), y, LEFT + WIDTH * figure.high(), y, color(series)));
    svg.add(
        circle(
            LEFT + WIDTH * figure.value(),
            y,
            series,
            String.format(
                Locale.ROOT,
                "%s, %s: %.3f (%.3f-%.3f)",
                row.label(),
                this.series.get(series),
                figure.value(),
                figure.low(),
                figure.high())));
  }

  private static String color(int series) {
    return COLORS.get(series % COLORS.size());
  }

  private static String line(double x1, double y1, double x2, double y2, String color) {
    return String.format(
        Locale.ROOT,
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>",
        x1,
        y1,
        x2,
        y2,
        color);
  }

  private static String circle(double x, double y, int series, String title) {
    return String.format(
        Locale.ROOT,
        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"><title>%s</title></circle>",
        x,
        y,
        color(series),
        Markup.escape(title));
  }

  private static String text(double x, double y, String anchor, String text) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
        x,
        y,
        anchor,
        Markup.escape(text));
  }
}
