package org.seesong.catalogue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows as databases dump them (PostgreSQL's COPY, mysql --batch, SELECT ... INTO OUTFILE): fields
 * separated by tabs, quotes are letters, {@code \N} is no value, {@code \n}, {@code \t}, {@code \r}
 * and {@code \\} are a line feed, a tab, a carriage return and a backslash. Other backslashes stay
 * as they are.
 *
 * <p>A row is a line. It goes on with the next one if the line ends with a backslash, which makes
 * the line break part of a value, or with a lone carriage return where the header ends otherwise.
 */
final class DumpRows implements RowSplitter {
  private static final char TAB = '\t';
  private static final String NO_VALUE = "\\N";
  private static final String ESCAPES = "\\ntr";
  private static final String MEANINGS = "\\\n\t\r";

  private final LineWindow lines;
  private int columns;
  private boolean carriageEnds;

  DumpRows(LineWindow lines) {
    this.lines = lines;
  }

  @Override
  public RawRow next() throws IOException {
    LineReader.Line first = lines.skipBlank();
    if (first == null) {
      return null;
    }
    StringBuilder row = new StringBuilder();
    int length = 0;
    String fault = "";
    boolean more = true;
    while (more) {
      LineReader.Line line = lines.get(length++);
      row.append(line.content());
      fault = line.tooLong() || row.length() > LineReader.MAX_LINE_BYTES ? LineReader.TOO_LONG : "";
      more = fault.isEmpty() && goesOn(row, line) && lines.get(length) != null;
      if (more) {
        row.append('\n');
      }
    }
    long last = lines.get(length - 1).number();
    List<String> fields = split(row);
    if (columns == 0) {
      columns = fields.size();
      carriageEnds = endsWithCarriage(first);
    }
    lines.drop(length);
    return new RawRow(first.number(), last, fields, fault, 0);
  }

  private boolean goesOn(StringBuilder row, LineReader.Line line) {
    int backslashes = 0;
    while (backslashes < row.length() && row.charAt(row.length() - 1 - backslashes) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1 || (columns > 0 && !carriageEnds && endsWithCarriage(line));
  }

  private static boolean endsWithCarriage(LineReader.Line line) {
    return line.text().endsWith("\r");
  }

  private static List<String> split(StringBuilder row) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    int start = 0;
    for (int i = 0; i <= row.length(); i++) {
      if (i == row.length() || row.charAt(i) == TAB) {
        fields.add(row.substring(start, i).equals(NO_VALUE) ? "" : field.toString());
        field.setLength(0);
        start = i + 1;
      } else if (row.charAt(i) == '\\' && i + 1 < row.length()) {
        i++;
        char next = row.charAt(i);
        int escape = ESCAPES.indexOf(next);
        if (escape < 0 && next != '\n' && next != TAB) {
          field.append('\\');
        }
        field.append(escape < 0 ? next : MEANINGS.charAt(escape));
      } else {
        field.append(row.charAt(i));
      }
    }
    return fields;
  }
}
