package org.seesong.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A row of any catalogue file before it is understood.
 *
 * @param file the file
 * @param line the line the row starts on
 * @param cells the values by field name, in the order of the file; no absent or JSON-null values
 */
record Row(Path file, long line, Map<String, Cell> cells) {
  /** Names with a meaning here; they count in any case, other names are the owner's. */
  private static final Set<String> KNOWN =
      Set.of(
          "id",
          "title",
          "artist",
          "lyrics",
          "language",
          "popularity",
          "year",
          "path",
          "keyword",
          "keywords");

  /** A value and its column in the sense of {@link Problem#column()}. */
  record Cell(JsonNode value, long column) {}

  /** Whether a field name has a meaning here. */
  static boolean isKnown(String fieldName) {
    return KNOWN.contains(fieldName);
  }

  /** A field's name in the form in which two of one row must differ: filters know no case. */
  static String comparable(String fieldName) {
    return fieldName.toLowerCase(Locale.ROOT);
  }

  static String fieldName(String written) {
    String stripped = written.strip();
    String lower = stripped.toLowerCase(Locale.ROOT);
    return KNOWN.contains(lower) ? lower : stripped;
  }
}
