package org.seesong.catalogue;

import java.util.List;

/**
 * A row of a table as its fields stand in the file.
 *
 * @param line the line it starts on
 * @param lastLine the line it ends on
 * @param fields its fields; of a broken row as far as they could be told
 * @param fault why the row is broken; "" if it is not
 * @param faultField the field that shows it, from 1; 0 if there is none
 */
record RawRow(long line, long lastLine, List<String> fields, String fault, int faultField) {
  RawRow {
    fields = List.copyOf(fields);
  }

  boolean isBroken() {
    return !fault.isEmpty();
  }

  /** Fields up to the last one that holds something. */
  int filledFields() {
    int filled = fields.size();
    while (filled > 0 && fields.get(filled - 1).isEmpty()) {
      filled--;
    }
    return filled;
  }
}
