package org.seesong.catalogue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One row read from lines by the rules of quoting, as far as the row keeps to them; what the rules
 * are and what follows from a breach of them, {@link QuotedRows} says.
 */
final class QuotedRow {
  private static final int MAX_CHARACTERS = LineReader.MAX_LINE_BYTES;
  private static final String UNDOUBLED =
      "a quoted field goes on after its closing quote; quotes in it must be doubled";
  private static final String UNCLOSED = "a quoted field that starts in this row is not closed";

  private final LineWindow lines;
  private final char separator;
  private final boolean lenient;
  private final int limit;
  private final List<String> fields = new ArrayList<>();

  private int line;
  private String text = "";
  private int end;
  private int at;

  private String fault = "";
  private int faultField;
  private int fieldLine;
  private int openedAt;
  private int unclosedAt = -1;
  private int doubtedLine = -1;
  private boolean looseQuote;
  private boolean quoted;
  private boolean quotesNeeded;

  private QuotedRow(LineWindow lines, int line, char separator, boolean lenient, int limit) {
    this.lines = lines;
    this.line = line;
    this.separator = separator;
    this.lenient = lenient;
    this.limit = limit;
  }

  /**
   * Reads the row that starts on a line.
   *
   * @param line counted from the window's current one
   * @param lenient whether to read on behind a fault
   * @param limit the line that a quoted field must be closed before
   */
  static QuotedRow read(LineWindow lines, int line, char separator, boolean lenient, int limit)
      throws IOException {
    QuotedRow row = new QuotedRow(lines, line, separator, lenient, limit);
    row.read();
    return row;
  }

  List<String> fields() {
    return fields;
  }

  boolean isBroken() {
    return !fault.isEmpty();
  }

  String fault() {
    return fault;
  }

  /** The field the fault is in, from 1. */
  int faultField() {
    return faultField;
  }

  /** The line after the last one read. */
  int nextLine() {
    return line;
  }

  /** The line on which the quoted field read last begins. */
  int fieldLine() {
    return fieldLine;
  }

  /** The line at which a quoted field showed not to have been closed; -1 if none did. */
  int unclosedAt() {
    return unclosedAt;
  }

  /** The line on which a field of several lines begins that has a quote too many; -1 if none. */
  int doubtedLine() {
    return doubtedLine;
  }

  /** Whether a field that does not begin with a quote has a quote without its counterpart. */
  boolean hasLooseQuote() {
    return looseQuote;
  }

  boolean hasQuotedField() {
    return quoted;
  }

  /** Whether a quoted field holds what only a quoted field can hold. */
  boolean areQuotesNeeded() {
    return quotesNeeded;
  }

  private void read() throws IOException {
    load();
    boolean more = true;
    while (more) {
      boolean quoted = at < end && text.charAt(at) == '"';
      boolean whole = quoted ? readQuoted() : readPlain();
      if (!whole) {
        return;
      }
      more = at < end;
      at++; // the separator
    }
    line++;
  }

  private void load() throws IOException {
    LineReader.Line read = lines.get(line);
    text = read.text();
    end = read.end();
    at = 0;
  }

  private boolean readPlain() throws IOException {
    if (lines.get(line).tooLong()) {
      broken(LineReader.TOO_LONG);
      line++;
      return false;
    }
    int next = text.indexOf(separator, at);
    next = next < 0 ? end : next;
    String field = text.substring(at, next);
    looseQuote |= field.chars().filter(c -> c == '"').count() % 2 == 1;
    fields.add(field);
    at = next;
    return true;
  }

  private boolean readQuoted() throws IOException {
    StringBuilder value = new StringBuilder();
    boolean undoubled = false;
    fieldLine = line;
    openedAt = at;
    quoted = true;
    at++;
    int quote = nextQuote(value);
    while (quote >= 0 && !closes(quote)) {
      at = quote + 1;
      if (at < text.length() && text.charAt(at) == '"') {
        value.append('"');
        quotesNeeded = true;
        at++;
      } else {
        boolean opens = beginsField(quote);
        broken(opens ? UNCLOSED : UNDOUBLED);
        if (!lenient) {
          return false;
        }
        if (opens && line > fieldLine) {
          return unclosed(line);
        }
        if (opens) {
          addUnclosedFields(value);
          openedAt = quote;
        } else {
          value.append('"');
        }
        undoubled = !opens;
      }
      quote = nextQuote(value);
    }
    if (quote < 0) {
      return false;
    }
    at = quote + 1;
    if (undoubled && line > fieldLine && doubtedLine < 0) {
      doubtedLine = fieldLine;
    }
    quotesNeeded |= line > fieldLine || value.indexOf(String.valueOf(separator)) >= 0;
    fields.add(value.toString());
    return true;
  }

  /** Whether a quote, with those just before it, follows a separator or begins the line. */
  private boolean beginsField(int quote) {
    int first = quote;
    while (first > 0 && text.charAt(first - 1) == '"') {
      first--;
    }
    if (line == fieldLine && first <= openedAt) {
      return false; // these belong to the quote that the field itself begins with
    }
    return first == 0 || text.charAt(first - 1) == separator;
  }

  private boolean closes(int quote) {
    return quote + 1 == end || (quote + 1 < end && text.charAt(quote + 1) == separator);
  }

  /** A field opens on the same line: what the quote before it spans are fields of their own. */
  private void addUnclosedFields(StringBuilder value) {
    String spanned = value.substring(0, value.lastIndexOf(String.valueOf(separator)));
    for (String field : spanned.split(java.util.regex.Pattern.quote("" + separator), -1)) {
      fields.add(field);
    }
    value.setLength(0);
  }

  /** Goes to the next quote, taking what stands before; -1 if the field is not closed. */
  private int nextQuote(StringBuilder value) throws IOException {
    int quote = text.indexOf('"', at);
    while (quote < 0) {
      value.append(text, at, text.length());
      line++;
      LineReader.Line next = line < limit ? lines.get(line) : null;
      if (next == null || value.length() > MAX_CHARACTERS) {
        broken(UNCLOSED);
        unclosed(line);
        return -1;
      }
      if (next.tooLong()) {
        broken(LineReader.TOO_LONG);
        unclosed(line + 1);
        return -1;
      }
      load();
      quote = text.indexOf('"', at);
    }
    value.append(text, at, quote);
    return quote;
  }

  private boolean unclosed(int shownAt) {
    unclosedAt = shownAt;
    return false;
  }

  private void broken(String why) {
    if (fault.isEmpty()) {
      fault = why;
      faultField = fields.size() + 1;
    }
  }
}
