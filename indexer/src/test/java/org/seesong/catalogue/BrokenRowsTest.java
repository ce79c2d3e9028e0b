package org.seesong.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables of random texts with broken rows at random places; the repetition is the seed. Texts begin
 * with a letter, as one that begins with a separator makes an opening quote look like a closing
 * one.
 */
final class BrokenRowsTest {
  private static final String[] LINE_ENDS = {"\n", "\r\n", "\r"};
  private static final String[] PIECES = {
    "snow", "雪", " ", ", ", "\"", "\"\"", "\n", "\r\n", "\r", "\n\n", ",", ";", "12\" mix", "😀"
  };
  private static final int COLUMNS = 5;

  @TempDir Path folder;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Map<Long, List<String>> good = new TreeMap<>();
  private final List<Long> broken = new ArrayList<>();
  private String lineEnd;
  private SplittableRandom random;

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(3) == 0 ? random.nextInt(12) : random.nextInt(2); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.isEmpty() && random.nextBoolean() ? "" : "t" + text;
  }

  private String field(String text) {
    boolean needed = text.matches("(?s).*[\",\r\n].*");
    return needed || random.nextInt(4) == 0 ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private void write(String row) {
    bytes.writeBytes((row + lineEnd).getBytes(StandardCharsets.UTF_8));
  }

  /** The line that is written next, counted by a rule of its own. */
  private long line() {
    String written = bytes.toString(StandardCharsets.UTF_8);
    return written.split("\r\n|\r|\n", -1).length;
  }

  private void writeGood(int id) {
    List<String> fields = new ArrayList<>(List.of("id" + id));
    List<String> written = new ArrayList<>(List.of("id" + id));
    int count = random.nextInt(6) == 0 ? COLUMNS + 1 : COLUMNS;
    for (int i = 1; i < COLUMNS; i++) {
      fields.add(text(random));
      written.add(field(fields.get(i)));
    }
    if (count > COLUMNS) {
      written.add("");
    }
    good.put(line(), fields);
    write(String.join(",", written));
  }

  private void writeBroken(int id) {
    broken.add(line());
    String rest = random.nextBoolean() ? "" : lineEnd + "it goes on" + lineEnd + "to here, see";
    switch (random.nextInt(6)) {
      case 0 -> write("x" + id + ",\"a \"bad\" one" + rest + "\",b,c,d");
      case 1 -> write("x" + id + ",a,\"12\" mix\",\"first" + rest + "\",d");
      case 2 -> write("x" + id + ",\"Heroes\" (live),b,\"first" + rest + "\",d");
      case 3 -> write("x" + id + ",a,b,\"never closed" + rest + ",d");
      case 4 -> write("x" + id + ",a,b,c,d,e");
      default -> {
        bytes.writeBytes(("x" + id + ",a,\"b" + rest).getBytes(StandardCharsets.UTF_8));
        bytes.write(0xB0);
        write("\",c,d");
      }
    }
  }

  private void writeTable() {
    lineEnd = LINE_ENDS[random.nextInt(3)];
    write("id,title,artist,lyrics,genre");
    int rows = 1 + random.nextInt(40);
    for (int id = 0; id < rows; id++) {
      if (random.nextInt(5) == 0) {
        write("");
      }
      if (random.nextInt(6) == 0) {
        writeBroken(id);
      } else {
        writeGood(id);
      }
    }
  }

  @RepeatedTest(1000)
  void aBrokenRowCostsThatRowAndNoOther(RepetitionInfo seed) throws IOException {
    random = new SplittableRandom(seed.getCurrentRepetition());
    writeTable();
    Path file = Files.write(folder.resolve("t.csv"), bytes.toByteArray());
    Map<Long, List<String>> read = new TreeMap<>();
    ProblemCollector problems = new ProblemCollector();
    new CsvRows(problems, ',', List.of(List.of("id")))
        .read(file, row -> assertThat(read.put(row.line(), values(row))).isNull());
    assertThat(read).isEqualTo(good);
    assertThat(problems.problems().first()).extracting(Problem::line).isEqualTo(broken);
  }

  private static List<String> values(Row row) {
    List<String> values = new ArrayList<>();
    for (String name : List.of("id", "title", "artist", "lyrics", "genre")) {
      Row.Cell cell = row.cells().get(name);
      values.add(cell == null ? "" : cell.value().asText());
    }
    return values;
  }

  @RepeatedTest(200)
  void wellFormedTablesAreReadAsFastCsvReadsThem(RepetitionInfo seed) throws IOException {
    random = new SplittableRandom(seed.getCurrentRepetition());
    lineEnd = LINE_ENDS[random.nextInt(3)];
    write("id,title,artist,lyrics,genre");
    for (int id = random.nextInt(20); id >= 0; id--) {
      writeGood(id);
      if (random.nextInt(4) == 0) {
        write("");
      }
    }
    List<RawRow> expected = new ArrayList<>();
    // FastCSV 4.1 loses a field that ends with CR, together with the row's end: "x\r"\n
    String text = bytes.toString(StandardCharsets.UTF_8).replaceAll("\r(?!\n)", "\n");
    try (CsvReader<CsvRecord> records =
        CsvReader.builder().allowExtraFields(true).ofCsvRecord(text)) {
      for (CsvRecord row : records) {
        expected.add(new RawRow(row.getStartingLineNumber(), 0, row.getFields(), "", 0));
      }
    }
    List<RawRow> read = new ArrayList<>();
    LineReader reader =
        new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    QuotedRows rows = new QuotedRows(new LineWindow(reader), ',');
    for (RawRow row = rows.next(); row != null; row = rows.next()) {
      read.add(new RawRow(row.line(), 0, row.fields(), row.fault(), 0));
    }
    assertThat(read).isEqualTo(expected);
  }
}
