package org.seesong.catalogue;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads a table with a header row, as {@link TableFormat} finds it to be written.
 *
 * <p>Fields missing at the end of a row are empty, and so are empty fields too many. A row with
 * more to say than the header has columns for is broken. The header may stand in the file again, as
 * in files that were joined.
 */
final class CsvRows {
  private static final int SHOWN_HEADER_CHARACTERS = 10_000;
  private static final String NO_VALUE = "\\N";

  /** A broken row of more lines may be half the file: that is no row left out but a failure. */
  private static final int MAX_BROKEN_LINES = 1000;

  private final ProblemCollector problems;
  private final char separator;

  /** For each list, the header must hold one of its names. */
  private final List<List<String>> neededColumns;

  CsvRows(ProblemCollector problems, char separator, List<List<String>> neededColumns) {
    this.problems = problems;
    this.separator = separator;
    this.neededColumns = neededColumns;
  }

  /**
   * Hands on the rows of a file.
   *
   * @throws CatalogueException if its header cannot serve
   */
  void read(Path file, Consumer<Row> rows) throws IOException {
    TableFormat format =
        TableFormat.of(file, separator, header -> missing(names(header)).isEmpty());
    for (String note : format.notes()) {
      problems.add(Problem.Kind.NOTE, file, 0, 0, note);
    }
    try (LineReader reader = new LineReader(file)) {
      RowSplitter splitter = format.splitter(reader);
      RawRow row = splitter.next();
      if (row == null) {
        problems.add(Problem.Kind.NOTE, file, 0, 0, ProblemCollector.EMPTY_FILE);
      } else {
        Table table = new Table(file, header(file, row), rows);
        row = splitter.next();
        if (row == null) {
          problems.add(Problem.Kind.NOTE, file, 0, 0, ProblemCollector.NO_ROWS);
        }
        for (; row != null; row = splitter.next()) {
          table.accept(row);
        }
      }
    }
  }

  private static List<String> names(List<String> fields) {
    return fields.stream().map(Row::fieldName).toList();
  }

  /** The columns that a header lacks, as a text; "" if it lacks none. */
  private String missing(List<String> names) {
    for (List<String> needed : neededColumns) {
      if (needed.stream().noneMatch(names::contains)) {
        return String.join("' or '", needed);
      }
    }
    return "";
  }

  private List<String> header(Path file, RawRow row) throws CatalogueException {
    String place = file + ":" + row.line();
    if (row.isBroken()) {
      throw new CatalogueException(place + ": the header cannot be read: " + row.fault());
    }
    List<String> names = names(row.fields());
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (!name.isEmpty() && !seen.add(Row.comparable(name))) {
        throw new CatalogueException(
            place
                + ":"
                + (i + 1)
                + ": the header names column "
                + ProblemCollector.shown(name)
                + " twice"
                + (names.indexOf(name) < i ? "" : ", in upper and lower case")
                + "; rename or remove one of them");
      }
    }
    String missing = missing(names);
    if (!missing.isEmpty()) {
      throw new CatalogueException(
          place
              + ": the header has no column '"
              + missing
              + "'; it has: "
              + ProblemCollector.shown(String.join(", ", row.fields()), SHOWN_HEADER_CHARACTERS)
              + "; rename the column that holds it, or add one");
    }
    return names;
  }

  /** The rows of one file. */
  private final class Table {
    private final Path file;
    private final List<String> header;
    private final Consumer<Row> rows;

    Table(Path file, List<String> header, Consumer<Row> rows) {
      this.file = file;
      this.header = header;
      this.rows = rows;
    }

    void accept(RawRow row) throws CatalogueException {
      if (row.isBroken()) {
        broken(row, row.faultField(), row.fault());
      } else if (row.filledFields() > 0 && !isDamaged(row) && !isHeaderAgain(row)) {
        if (row.filledFields() > header.size()) {
          String counts = row.filledFields() + " fields but the header has " + header.size();
          broken(row, 0, "the row has " + counts);
        } else {
          rows.accept(new Row(file, row.line(), cells(row)));
        }
      }
    }

    private void broken(RawRow row, long column, String fault) throws CatalogueException {
      if (row.lastLine() - row.line() > MAX_BROKEN_LINES) {
        throw new CatalogueException(
            file
                + ":"
                + row.line()
                + ": "
                + fault
                + "; no row can be told for "
                + MAX_BROKEN_LINES
                + " lines after it, so mend this one");
      }
      String lines =
          row.lastLine() > row.line()
              ? " (lines " + row.line() + " to " + row.lastLine() + ")"
              : "";
      problems.add(
          Problem.Kind.UNREADABLE_LINE, file, row.line(), column, fault + "; row skipped" + lines);
    }

    private boolean isDamaged(RawRow row) throws CatalogueException {
      for (int i = 0; i < row.fields().size(); i++) {
        if (row.fields().get(i).indexOf(LineReader.DAMAGED) >= 0) {
          String name = i < header.size() ? ProblemCollector.shown(header.get(i)) : "" + (i + 1);
          broken(row, i + 1L, "field " + name + " is not valid UTF-8");
          return true;
        }
      }
      return false;
    }

    private boolean isHeaderAgain(RawRow row) throws CatalogueException {
      List<String> names = names(row.fields().subList(0, row.filledFields()));
      int filled = header.size();
      while (filled > 0 && header.get(filled - 1).isEmpty()) {
        filled--;
      }
      if (names.equals(header.subList(0, filled))) {
        problems.add(
            Problem.Kind.NOTE, file, row.line(), 0, "the header stands here again; row skipped");
        return true;
      }
      if (missing(names).isEmpty()
          && names.stream().allMatch(name -> header.contains(name) || Row.isKnown(name))) {
        throw new CatalogueException(
            file
                + ":"
                + row.line()
                + ": a second header with other columns begins here; make two files of it");
      }
      return false;
    }

    private Map<String, Row.Cell> cells(RawRow row) {
      Map<String, Row.Cell> cells = new LinkedHashMap<>();
      for (int i = 0; i < Math.min(row.filledFields(), header.size()); i++) {
        String value = row.fields().get(i);
        if (!value.isEmpty() && !value.equals(NO_VALUE) && !header.get(i).isEmpty()) {
          cells.put(header.get(i), new Row.Cell(TextNode.valueOf(value), i + 1L));
        }
      }
      return cells;
    }
  }
}
