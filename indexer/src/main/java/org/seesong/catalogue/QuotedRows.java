package org.seesong.catalogue;

import java.io.IOException;
import java.util.BitSet;

/**
 * Rows of CSV as in RFC 4180: a field that begins with a quote ends at the next quote that is not
 * doubled, and may hold separators and line breaks. In a field that does not begin with a quote,
 * quotes are letters.
 *
 * <p>A broken row costs that row and no other. A parser that only tells where it gave up, such as
 * FastCSV's, cannot promise that: the row's remaining lines would be read as rows, or a quote that
 * is never closed would swallow good ones. So this reader knows where a broken row ends:
 *
 * <ul>
 *   <li>Within a quoted field, a quote that is followed by anything but a separator, a line end or
 *       a second quote makes the row broken. It is taken as a letter, the row is read to its end,
 *       and the next row begins on the line after that.
 *   <li>If such a quote follows a separator or begins a line, it opens another field. So the field
 *       before it was not closed, and neither was one that the file ends in. On the same line, the
 *       row is read on with the field that opens. On a later line, the rows from the first line
 *       after the opening quote on are good rows if nine in ten of these lines look like rows;
 *       otherwise the broken row ends where a run of lines begins that all look like rows and that
 *       reaches to the place where the missing quote showed.
 *   <li>A broken row whose fields are not as many as the header's takes the lines after it along
 *       that have too few fields for a row, up to the last one with a quote that nothing opened:
 *       they are the rest of a text.
 * </ul>
 *
 * <p>A line looks like a row if it has at least as many fields as the header, or as many as an
 * earlier good row or nine in ten of the lines had. Memory is bounded by {@link
 * LineReader#MAX_LINE_BYTES} a row, time is linear in the size of the file but for files made to
 * hurt.
 */
final class QuotedRows implements RowSplitter {
  /** Lines looked at for the next row after a broken one; beyond them, reading goes on at once. */
  private static final int MAX_REST_LINES = 200;

  /** Lines with the same number of fields, too few, that show that rows here have so many. */
  private static final int MIN_SHORT_ROWS = 10;

  private final LineWindow lines;
  private final char separator;

  /** How many fields good rows had that have fewer than the header. */
  private final BitSet shortRows = new BitSet();

  /** Fields of the header; 0 as long as it is not read. */
  private int columns;

  /** Whether a field needed the quotes that it has. */
  private boolean quotesNeeded;

  QuotedRows(LineWindow lines, char separator) {
    this.lines = lines;
    this.separator = separator;
  }

  /** Whether any field so far held what only a quoted field can hold. */
  boolean areQuotesNeeded() {
    return quotesNeeded;
  }

  @Override
  public RawRow next() throws IOException {
    LineReader.Line first = lines.skipBlank();
    if (first == null) {
      return null;
    }
    QuotedRow row = scan(0, true, Integer.MAX_VALUE);
    int fields = row.fields().size();
    int length = row.nextLine();
    String fault = row.fault();
    if (row.isBroken()) {
      length = columns == 0 ? length : endOfBroken(row);
    } else if (columns == 0) {
      columns = fields;
    } else if (fields < columns && !shortRows.get(fields)) {
      int rest = endOfRest(row);
      if (rest > 0) {
        fault =
            "the row has "
                + fields
                + " fields but the header has "
                + columns
                + ", and it or its rest has a quote without its counterpart";
        length = rest;
      } else {
        shortRows.set(fields);
      }
    }
    quotesNeeded |= !row.isBroken() && row.areQuotesNeeded();
    long last = lines.get(length - 1).number();
    int field = fault.isEmpty() ? 0 : row.faultField();
    lines.drop(length);
    return new RawRow(first.number(), last, row.fields(), fault, field);
  }

  private QuotedRow scan(int line, boolean lenient, int limit) throws IOException {
    return QuotedRow.read(lines, line, separator, lenient, limit);
  }

  private boolean looksLikeRow(QuotedRow row) {
    return !row.isBroken() && looksLikeRow(row.fields().size());
  }

  private boolean looksLikeRow(int fields) {
    return fields >= columns || shortRows.get(fields);
  }

  private boolean isBlank(int line) throws IOException {
    return !lines.get(line).tooLong() && lines.get(line).end() == 0;
  }

  /** The line, from the current one, that follows a broken row. */
  private int endOfBroken(QuotedRow row) throws IOException {
    if (row.unclosedAt() >= 0) {
      return skipRest(endOfUnclosed(row.fieldLine() + 1, row.unclosedAt()));
    }
    int doubted = row.doubtedLine();
    if (doubted >= 0 && endOfUnclosed(doubted + 1, row.nextLine()) == doubted + 1) {
      return doubted + 1;
    }
    return row.fields().size() == columns ? row.nextLine() : skipRest(row.nextLine());
  }

  /** The first line of the good rows in a range of lines that ends at a row's start. */
  private int endOfUnclosed(int from, int to) throws IOException {
    int size = Math.max(0, to - from);
    int[] fields = new int[size]; // of the row that starts on a line; 0 if none does
    int[] next = new int[size]; // the line after it
    for (int i = 0; i < size; i++) {
      QuotedRow row = isBlank(from + i) ? null : scan(from + i, false, to);
      fields[i] = row == null ? columns : row.isBroken() ? 0 : row.fields().size();
      next[i] = row == null || row.isBroken() ? i + 1 : row.nextLine() - from;
    }
    noteShortRows(fields);
    boolean[] run = new boolean[size + 1];
    run[size] = true;
    int rows = 0;
    int firstRow = size;
    for (int i = size - 1; i >= 0; i--) {
      if (looksLikeRow(fields[i])) {
        rows++;
        firstRow = i;
        run[i] = run[next[i]];
      }
    }
    if (rows * 10L >= 9L * size) {
      return from + firstRow;
    }
    int start = 0;
    while (!run[start]) {
      start++;
    }
    return from + start;
  }

  /** In a table whose rows all lack their last fields, no good row may have shown it yet. */
  private void noteShortRows(int[] fields) {
    int[] counts = new int[columns];
    for (int count : fields) {
      if (count > 1 && count < columns) {
        counts[count]++;
      }
    }
    for (int count = 2; count < columns; count++) {
      if (counts[count] >= MIN_SHORT_ROWS && counts[count] * 10L >= fields.length * 9L) {
        shortRows.set(count);
      }
    }
  }

  /** Passes lines too short to be rows, up to the last that has a quote which nothing opened. */
  private int skipRest(int from) throws IOException {
    int end = from;
    int line = from;
    while (line < from + MAX_REST_LINES && lines.get(line) != null) {
      QuotedRow row = scan(line, false, Integer.MAX_VALUE);
      if (row.isBroken() || looksLikeRow(row)) {
        break;
      }
      line = row.nextLine();
      end = row.hasLooseQuote() ? line : end;
    }
    return end;
  }

  /**
   * Where a short row ends that was cut in two by a quote before a separator; 0 if it is a row that
   * only lacks its last fields. The rest has a quote that nothing opened.
   */
  private int endOfRest(QuotedRow row) throws IOException {
    if (row.hasLooseQuote()) {
      return skipRest(row.nextLine());
    }
    int line = row.nextLine();
    while (row.hasQuotedField() && line < MAX_REST_LINES && lines.get(line) != null) {
      QuotedRow next = scan(line, false, Integer.MAX_VALUE);
      if (next.hasLooseQuote() && !looksLikeRow(next)) {
        return skipRest(next.nextLine());
      }
      if (next.isBroken() || looksLikeRow(next)) {
        return 0;
      }
      line = next.nextLine();
    }
    return 0;
  }
}
