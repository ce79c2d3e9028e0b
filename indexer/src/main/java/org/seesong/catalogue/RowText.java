package org.seesong.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;

/** Takes text out of rows and reports what is no honest text. */
final class RowText {
  private static final int MAX_ID_CHARACTERS = 1000;

  private final ProblemCollector problems;

  RowText(ProblemCollector problems) {
    this.problems = problems;
  }

  /**
   * The row's id, or "" if it has none that can be taken, which is then reported.
   *
   * @param fallback the id of a row without one; "" if such a row is a problem
   */
  String id(Row row, String fallback) {
    Row.Cell cell = row.cells().get("id");
    String id = cell == null || !cell.value().isValueNode() ? "" : cell.value().asText().strip();
    if (id.isEmpty() && (cell == null || cell.value().isTextual()) && !fallback.isEmpty()) {
      return fallback;
    }
    if (id.isEmpty()) {
      problems.add(
          Problem.Kind.MISSING_ID,
          row.file(),
          row.line(),
          cell == null ? 0 : cell.column(),
          cell == null || cell.value().isValueNode()
              ? "the row has no id; row skipped"
              : "the id must be text or a number; row skipped");
      return "";
    }
    if (id.length() > MAX_ID_CHARACTERS || oddCharacter(id, false) >= 0) {
      problems.add(
          Problem.Kind.BAD_VALUE,
          row.file(),
          row.line(),
          cell.column(),
          "id "
              + ProblemCollector.shown(id)
              + " must have at most "
              + MAX_ID_CHARACTERS
              + " characters and no control characters; row skipped");
      return "";
    }
    return id;
  }

  /** The field as text, several values joined; "" if absent or, reported, not text. */
  String of(Row row, String field, String joiner) {
    Row.Cell cell = row.cells().get(field);
    if (cell == null) {
      return "";
    }
    JsonNode value = cell.value();
    if (isNoNumber(value)) {
      return "";
    }
    if (value.isValueNode()) {
      return clean(row, field, value.asText());
    }
    StringJoiner joined = new StringJoiner(joiner);
    for (JsonNode element : value) {
      if (!value.isArray() || !element.isValueNode()) {
        ignored(row, field, "must be text, a number or a list of these", value.toString());
        return "";
      }
      joined.add(element.isNull() || isNoNumber(element) ? "" : element.asText());
    }
    return clean(row, field, joined.toString());
  }

  /** Reports a value that is left out while its row stays. */
  void ignored(Row row, String field, String rule, String value) {
    problems.add(
        Problem.Kind.IGNORED_VALUE,
        row.file(),
        row.line(),
        row.cells().get(field).column(),
        ProblemCollector.shown(field)
            + " "
            + rule
            + "; got: "
            + ProblemCollector.shown(value)
            + "; value ignored");
  }

  /** JSON as some programs write it: NaN and Infinity stand for no value. */
  static boolean isNoNumber(JsonNode value) {
    return value.isFloatingPointNumber()
        && !value.isBigDecimal()
        && !Double.isFinite(value.asDouble());
  }

  private String clean(Row row, String field, String value) {
    int odd = oddCharacter(value, true);
    if (odd < 0) {
      return value;
    }
    problems.add(
        Problem.Kind.IGNORED_VALUE,
        row.file(),
        row.line(),
        row.cells().get(field).column(),
        String.format(
            java.util.Locale.ROOT,
            "%s has a control or broken character U+%04X at character %d; such characters are"
                + " read as spaces",
            ProblemCollector.shown(field),
            (int) value.charAt(odd),
            value.codePointCount(0, odd) + 1));
    StringBuilder cleaned = new StringBuilder(value);
    for (int i = odd; i < cleaned.length(); i++) {
      if (isOdd(cleaned, i, true)) {
        cleaned.setCharAt(i, ' ');
      }
    }
    return cleaned.toString();
  }

  static int oddCharacter(CharSequence text, boolean lineBreaks) {
    for (int i = 0; i < text.length(); i++) {
      if (isOdd(text, i, lineBreaks)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isOdd(CharSequence text, int index, boolean lineBreaks) {
    char c = text.charAt(index);
    if (c < ' ' || (c >= '\u007F' && c <= '\u009F')) {
      return !lineBreaks || !(c == '\n' || c == '\r' || c == '\t' || c == '\u0085');
    }
    if (Character.isHighSurrogate(c)) {
      return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return index == 0 || !Character.isHighSurrogate(text.charAt(index - 1));
    }
    return c >= '\uFFFE';
  }
}
