package org.seesong.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes songs of rows. */
final class SongRows {
  private final ProblemCollector problems;
  private final RowText text;
  private final List<Song> songs = new ArrayList<>();
  private final Map<String, Row> places = new HashMap<>();

  SongRows(ProblemCollector problems) {
    this.problems = problems;
    this.text = new RowText(problems);
  }

  List<Song> songs() {
    return songs;
  }

  void add(Row row) {
    String id = text.id(row, "");
    if (id.isEmpty()) {
      return;
    }
    String title = text.of(row, "title", ", ").strip();
    String lyrics = text.of(row, "lyrics", "\n").replace("\r\n", "\n").replace('\r', '\n');
    if (title.isBlank() && lyrics.isBlank()) {
      problems.add(
          Problem.Kind.MISSING_FIELD,
          row.file(),
          row.line(),
          0,
          "song " + ProblemCollector.shown(id) + " has neither title nor lyrics; song skipped");
      return;
    }
    Row earlier = places.putIfAbsent(id, new Row(row.file(), row.line(), Map.of()));
    if (earlier != null) {
      problems.add(
          Problem.Kind.DUPLICATE_SONG,
          row.file(),
          row.line(),
          row.cells().get("id").column(),
          "song id "
              + ProblemCollector.shown(id)
              + " is already taken at "
              + earlier.file()
              + ":"
              + earlier.line()
              + "; song skipped");
      return;
    }
    songs.add(
        new Song(
            id,
            title,
            text.of(row, "artist", ", ").strip(),
            lyrics,
            text.of(row, "language", ", ").strip(),
            popularity(row),
            year(row),
            attributes(row)));
  }

  private double popularity(Row row) {
    Row.Cell cell = row.cells().get("popularity");
    if (cell == null) {
      return Double.NaN;
    }
    String written = cell.value().asText().strip();
    double number = Double.NaN;
    try {
      number = Double.parseDouble(written);
    } catch (NumberFormatException e) {
      // Reported below, with the numbers that are out of range.
    }
    if (number >= 0 && number < Double.POSITIVE_INFINITY) {
      return number;
    }
    text.ignored(row, "popularity", "must be a finite number of at least 0", written);
    return Double.NaN;
  }

  private int year(Row row) {
    Row.Cell cell = row.cells().get("year");
    if (cell == null) {
      return 0;
    }
    String written = cell.value().asText().strip();
    if (written.matches("[0-9]{1,4}(\\.0*)?")) { // 2014.0, as programs write a column with gaps
      int year = Integer.parseInt(written.split("\\.", 2)[0]);
      if (year >= Song.MIN_YEAR && year <= Song.MAX_YEAR) {
        return year;
      }
    }
    text.ignored(
        row,
        "year",
        "must be a whole number from " + Song.MIN_YEAR + " to " + Song.MAX_YEAR,
        written);
    return 0;
  }

  private SortedMap<String, String> attributes(Row row) {
    SortedMap<String, String> attributes = new TreeMap<>();
    for (Map.Entry<String, Row.Cell> entry : row.cells().entrySet()) {
      String name = entry.getKey();
      JsonNode value = entry.getValue().value();
      switch (name) {
        case "id", "title", "artist", "lyrics", "language", "popularity", "year" -> {}
        default -> {
          String written = text.of(row, name, "|");
          if (!written.isEmpty() || value.isTextual()) {
            attributes.put(name, written);
          }
        }
      }
    }
    return attributes;
  }
}
