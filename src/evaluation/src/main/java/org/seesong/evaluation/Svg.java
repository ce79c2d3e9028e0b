package org.seesong.evaluation;

import java.util.Locale;

/**
 * A drawing in SVG. Texts stay texts, so the reader's fonts show keywords in any script; a plot
 * library would need fonts where the plot is made, which servers lack.
 */
final class Svg {
  private final int width;
  private final int height;
  private final StringBuilder body = new StringBuilder();

  Svg(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** Where a text is anchored. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  void line(double x1, double y1, double x2, double y2, String colour, double stroke) {
    add(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\""
            + " stroke-width=\"%.1f\"/>",
        x1, y1, x2, y2, colour, stroke);
  }

  void circle(double x, double y, double radius, String colour, String title) {
    add(
        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\"><title>%s</title></circle>",
        x, y, radius, colour, escape(title));
  }

  void rectangle(double x, double y, double w, double h, String colour, String title) {
    add(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"><title>%s</title>"
            + "</rect>",
        x, y, w, h, colour, escape(title));
  }

  void text(double x, double y, int size, Anchor anchor, String text) {
    add(
        "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" text-anchor=\"%s\">%s</text>",
        x, y, size, anchor.name().toLowerCase(Locale.ROOT), escape(text));
  }

  /** A text that runs upwards from a point. */
  void textUp(double x, double y, int size, String text) {
    add(
        "<text transform=\"translate(%.1f %.1f) rotate(-90)\" font-size=\"%d\">%s</text>",
        x, y, size, escape(text));
  }

  private void add(String format, Object... values) {
    body.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** Makes a text safe in SVG and HTML. */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isAllowed(c) ? c : ' ');
              }
            });
    return safe.toString();
  }

  /** XML knows no control characters and no halves of surrogate pairs. */
  private static boolean isAllowed(int c) {
    boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
    boolean noncharacter = c == 0xFFFE || c == 0xFFFF;
    return c >= ' ' && !surrogate && !noncharacter;
  }

  String text() {
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d"
                + " %d\" font-family=\"sans-serif\">\n<rect width=\"100%%\" height=\"100%%\""
                + " fill=\"#fff\"/>\n",
            width,
            height,
            width,
            height)
        + body
        + "</svg>\n";
  }
}
