package org.seesong.catalogue;

import com.fasterxml.jackson.databind.node.TextNode;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads a CSV or TSV file with a header row.
 *
 * <p>A broken quote would swallow the rows after it. So where FastCSV gives up, the row is reported
 * and reading starts anew on the line after the one the row began on, at most {@value
 * #MAX_RESTARTS} times a file.
 */
final class CsvRows {
  static final int MAX_RESTARTS = 100;
  private static final int MAX_RECORD_CHARACTERS = LineReader.MAX_LINE_BYTES;

  private final ProblemCollector problems;
  private final char separator;

  /** For each list, the header must hold one of its names. */
  private final List<List<String>> neededColumns;

  CsvRows(ProblemCollector problems, char separator, List<List<String>> neededColumns) {
    this.problems = problems;
    this.separator = separator;
    this.neededColumns = neededColumns;
  }

  void read(Path file, Consumer<Row> rows) throws IOException {
    List<String> header = List.of();
    long skip = 0;
    for (int attempt = 0; attempt <= MAX_RESTARTS; attempt++) {
      Pass pass = new Pass(file, skip, header, rows);
      pass.run();
      if (!pass.broken) {
        return;
      }
      if (pass.header.isEmpty()) {
        break;
      }
      header = pass.header;
      skip = pass.nextRecordLine;
    }
    unreadable(file, skip, "too many unreadable rows, the rest of the file is not read");
  }

  private void unreadable(Path file, long line, String message) {
    problems.add(Problem.Kind.UNREADABLE_LINE, file, line, 0, message);
  }

  /** One go through the file, until its end or a row that FastCSV cannot read. */
  private final class Pass {
    private final Path file;
    private final long skippedLines;
    private final Consumer<Row> rows;
    private List<String> header;
    private long nextRecordLine;
    private boolean broken;

    Pass(Path file, long skippedLines, List<String> header, Consumer<Row> rows) {
      this.file = file;
      this.skippedLines = skippedLines;
      this.header = header;
      this.rows = rows;
      this.nextRecordLine = skippedLines + 1;
    }

    void run() throws IOException {
      try (CsvText text = new CsvText(file, skippedLines);
          CsvReader<CsvRecord> reader =
              CsvReader.builder()
                  .fieldSeparator(separator)
                  .allowExtraFields(true)
                  .allowMissingFields(true)
                  .maxBufferSize(MAX_RECORD_CHARACTERS)
                  .ofCsvRecord(text);
          CloseableIterator<CsvRecord> records = reader.iterator()) {
        while (!broken) {
          CsvRecord row = next(records);
          if (row == null) {
            break;
          }
          long line = skippedLines + row.getStartingLineNumber();
          nextRecordLine = line + lines(row);
          if (text.endsInsideQuotes(line)) {
            unreadable(
                file, line, "a quoted field that starts in this row is not closed; row skipped");
            nextRecordLine = line;
            broken = text.lastLine() > line;
          } else if (header.isEmpty()) {
            if (!readHeader(line, row)) {
              return;
            }
          } else {
            accept(line, row);
          }
        }
      }
    }

    private CsvRecord next(CloseableIterator<CsvRecord> records) {
      try {
        return records.hasNext() ? records.next() : null;
      } catch (CsvParseException e) {
        String why = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
        unreadable(file, nextRecordLine, "no CSV: " + why + "; row skipped");
        broken = true;
        return null;
      }
    }

    private boolean readHeader(long line, CsvRecord row) {
      List<String> names = row.getFields().stream().map(Row::fieldName).toList();
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < names.size(); i++) {
        if (!names.get(i).isEmpty() && !seen.add(names.get(i))) {
          problems.add(
              Problem.Kind.BAD_VALUE,
              file,
              line,
              i + 1L,
              "the header names column "
                  + ProblemCollector.shown(names.get(i))
                  + " twice; file skipped");
          return false;
        }
      }
      for (List<String> needed : neededColumns) {
        if (needed.stream().noneMatch(seen::contains)) {
          problems.add(
              Problem.Kind.MISSING_FIELD,
              file,
              line,
              0,
              "the header has no column '"
                  + String.join("' or '", needed)
                  + "'; it has: "
                  + ProblemCollector.shown(String.join(", ", names))
                  + hint(names)
                  + "; file skipped");
          return false;
        }
      }
      header = names;
      return true;
    }

    private void accept(long line, CsvRecord row) {
      List<String> fields = row.getFields();
      for (int i = 0; i < fields.size(); i++) {
        if (fields.get(i).indexOf(LineReader.DAMAGED) >= 0) {
          problems.add(
              Problem.Kind.UNREADABLE_LINE,
              file,
              line,
              i + 1L,
              "field "
                  + (i < header.size() ? ProblemCollector.shown(header.get(i)) : i + 1)
                  + " is not valid UTF-8 or has a line above "
                  + LineReader.MAX_LINE_BYTES
                  + " bytes; row skipped");
          return;
        }
      }
      if (fields.size() != header.size()) {
        unreadable(
            file,
            line,
            "the row has "
                + fields.size()
                + " fields but the header has "
                + header.size()
                + "; row skipped");
        return;
      }
      Map<String, Row.Cell> cells = new LinkedHashMap<>();
      for (int i = 0; i < fields.size(); i++) {
        if (!fields.get(i).isEmpty() && !header.get(i).isEmpty()) {
          cells.put(header.get(i), new Row.Cell(TextNode.valueOf(fields.get(i)), i + 1L));
        }
      }
      rows.accept(new Row(file, line, cells));
    }
  }

  /** The cause of a strange header, as far as it can be told; otherwise "". */
  private String hint(List<String> names) {
    String first = names.get(0);
    if (first.indexOf('\0') >= 0) {
      return "; it looks like UTF-16: save it as UTF-8";
    }
    if (names.size() == 1 && first.indexOf('\t') >= 0) {
      return "; it looks separated by tabs: name it .tsv";
    }
    if (names.size() == 1 && first.indexOf(';') >= 0) {
      return "; it looks separated by semicolons: use " + (separator == ',' ? "commas" : "tabs");
    }
    return "";
  }

  /** Lines that a row takes: one, and one for each line break in its fields. */
  private static long lines(CsvRecord row) {
    long lines = 1;
    for (String field : row.getFields()) {
      for (int i = 0; i < field.length(); i++) {
        char c = field.charAt(i);
        if (c == '\n' || (c == '\r' && (i + 1 == field.length() || field.charAt(i + 1) != '\n'))) {
          lines++;
        }
      }
    }
    return lines;
  }
}
