package org.seesong.keyword;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Keywords that somebody chose by hand.
 *
 * @param keywords the keywords as written, in their order; empty to have them chosen from the songs
 */
public record KeywordList(List<String> keywords) {
  private static final String COLUMN = "keyword";

  public KeywordList {
    keywords = List.copyOf(keywords);
    for (String keyword : keywords) {
      if (keyword.isBlank()) {
        throw new IllegalArgumentException("a keyword in the list is blank");
      }
    }
  }

  /**
   * No list: keywords are chosen from the songs.
   *
   * @return the empty list
   */
  public static KeywordList none() {
    return new KeywordList(List.of());
  }

  /**
   * Reads a list.
   *
   * @param file UTF-8; a {@code .csv} with a column {@code keyword} (others are left aside), or any
   *     other file with one keyword a line and {@code #} comments
   * @return the list, with at least one keyword
   * @throws IOException if the file cannot be read, is malformed or holds no keyword
   */
  public static KeywordList read(Path file) throws IOException {
    boolean csv = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".csv");
    List<String> keywords = new ArrayList<>();
    if (csv) {
      readCsv(file, keywords);
    } else {
      WordFile.read(file).forEach(entry -> keywords.add(entry.text()));
    }
    if (keywords.isEmpty()) {
      throw new IOException("keyword list " + file + " holds no keyword");
    }
    return new KeywordList(keywords);
  }

  private static void readCsv(Path file, List<String> keywords) throws IOException {
    try (Reader text =
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder());
        CsvReader<NamedCsvRecord> reader =
            CsvReader.builder().allowMissingFields(true).ofNamedCsvRecord(text)) {
      for (NamedCsvRecord row : reader) {
        String column =
            row.getHeader().stream()
                .filter(name -> name.strip().replace("\uFEFF", "").equalsIgnoreCase(COLUMN))
                .findFirst()
                .orElseThrow(
                    () ->
                        new CsvParseException(
                            "the header has no column 'keyword'; it has: "
                                + String.join(", ", row.getHeader())));
        String keyword = row.findField(column).orElse("").strip();
        if (!keyword.isEmpty()) {
          keywords.add(keyword);
        }
      }
    } catch (CsvParseException | UncheckedIOException e) {
      throw new IOException("keyword list " + file + ": " + e.getMessage(), e);
    }
  }
}
