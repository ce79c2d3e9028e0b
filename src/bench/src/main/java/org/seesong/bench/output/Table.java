package org.seesong.bench.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rows of named figures, printed as an aligned table or an object a line. */
public final class Table {
  private final List<Map<String, Object>> rows = new ArrayList<>();

  /** No rows yet. */
  public Table() {}

  /**
   * Adds a row; all rows have the same names in the same order.
   *
   * @param row figures by name
   */
  public void add(Map<String, Object> row) {
    rows.add(row);
  }

  /**
   * Prints all rows; nothing if there are none.
   *
   * @param output where to
   * @param json whether as an object a line
   */
  public void print(Output output, boolean json) {
    if (json) {
      rows.forEach(output::json);
      return;
    }
    if (rows.isEmpty()) {
      return;
    }
    List<String> names = new ArrayList<>(rows.get(0).keySet());
    StringBuilder head = new StringBuilder();
    for (String name : names) {
      head.append(cell(name, name));
    }
    output.data(head.toString().strip());
    for (Map<String, Object> row : rows) {
      StringBuilder line = new StringBuilder();
      names.forEach(name -> line.append(cell(name, text(row.get(name)))));
      output.data(line.toString().stripTrailing());
    }
  }

  /** Names to the left, numbers to the right, as wide as the name. */
  private static String cell(String name, String text) {
    return name.equals("method")
        ? String.format(Locale.ROOT, "%-18s", text)
        : String.format(Locale.ROOT, "%" + (Math.max(8, name.length()) + 2) + "s", text);
  }

  private static String text(Object value) {
    if (value == null) {
      return "-";
    }
    return value instanceof Double number
        ? String.format(Locale.ROOT, number < 10 ? "%.4f" : "%.1f", number)
        : value.toString();
  }
}
