package org.seesong.catalogue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Reads a file of one JSON object a line. */
final class JsonLines {
  private static final int MAX_NESTING = 20;
  private static final int MAX_NAME_CHARACTERS = 1000;
  private static final int MAX_NUMBER_CHARACTERS = 100;

  private final ProblemCollector problems;
  private final ObjectMapper mapper =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_NESTING)
                          .maxNameLength(MAX_NAME_CHARACTERS)
                          .maxNumberLength(MAX_NUMBER_CHARACTERS)
                          .maxStringLength(LineReader.MAX_LINE_BYTES)
                          .build())
                  .build())
          // Numbers keep the digits their owner wrote: a version 1.10 is not 1.1.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  JsonLines(ProblemCollector problems) {
    this.problems = problems;
  }

  void read(Path file, Consumer<Row> rows) throws IOException {
    try (LineReader lines = new LineReader(file)) {
      boolean empty = true;
      for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
        if (line.tooLong() || !line.text().isBlank()) {
          readLine(file, line, rows);
          empty = false;
        }
      }
      if (empty) {
        problems.add(Problem.Kind.NOTE, file, 0, 0, ProblemCollector.EMPTY_FILE);
      }
    }
  }

  private void readLine(Path file, LineReader.Line line, Consumer<Row> rows) throws IOException {
    String text = line.text();
    int damaged = text.indexOf(LineReader.DAMAGED);
    if (line.tooLong()) {
      unreadable(file, line, 0, LineReader.TOO_LONG);
    } else if (damaged >= 0) {
      unreadable(file, line, damaged, "the line is not valid UTF-8 here; save the file as UTF-8");
    } else {
      Row row;
      try {
        row = parse(file, line);
      } catch (JsonProcessingException e) {
        long column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
        unreadable(file, line, (int) Math.max(0, column - 1), "no JSON: " + e.getOriginalMessage());
        return;
      }
      if (row != null) {
        rows.accept(row);
      }
    }
  }

  private Row parse(Path file, LineReader.Line line) throws IOException {
    String text = line.text();
    Map<String, Row.Cell> cells = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    try (JsonParser parser = mapper.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        unreadable(
            file,
            line,
            parser.currentTokenLocation().getColumnNr() - 1,
            "expected one JSON object a line, such as {\"id\": \"1\", \"title\": \"...\"}");
        return null;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        int offset = parser.currentTokenLocation().getColumnNr() - 1;
        JsonNode value = mapper.readTree(parser);
        boolean given = !value.isNull() && !RowText.isNoNumber(value);
        String field = Row.fieldName(name);
        Row.Cell cell = new Row.Cell(value, character(text, offset));
        if (given && !names.add(Row.comparable(field))) {
          unreadable(
              file,
              line,
              offset,
              "the line has " + ProblemCollector.shown(field) + " twice, in upper and lower case");
          return null;
        }
        if (given) {
          cells.put(field, cell);
        }
      }
      if (parser.nextToken() != null) {
        unreadable(
            file,
            line,
            parser.currentTokenLocation().getColumnNr() - 1,
            "more text after the JSON object; write one object a line");
        return null;
      }
    }
    return new Row(file, line.number(), cells);
  }

  private void unreadable(Path file, LineReader.Line line, int offset, String message) {
    String oneLine = message.replaceAll("[\\p{Cntrl}\\uFFFF]+", " ");
    problems.add(
        Problem.Kind.UNREADABLE_LINE,
        file,
        line.number(),
        line.tooLong() ? 0 : character(line.text(), offset),
        oneLine + "; line skipped");
  }

  /** Jackson counts UTF-16 units, people count characters. */
  private static long character(String text, int offset) {
    return text.codePointCount(0, Math.min(Math.max(0, offset), text.length())) + 1L;
  }
}
