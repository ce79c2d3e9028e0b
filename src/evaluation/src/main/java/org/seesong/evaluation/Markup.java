package org.seesong.evaluation;

/** Makes texts safe in HTML and SVG. */
final class Markup {
  private Markup() {}

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
}
