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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keywords that somebody chose by hand.
 *
 * @param keywords the keywords as written, in their order; empty to have them chosen from the songs
 * @param glosses what pictures of some keywords show, in a few words of the songs' language, such
 *     as "sunrise, the sun in the sky" for "day"; by keyword as written
 */
public record KeywordList(List<String> keywords, Map<String, String> glosses) {
  private static final String COLUMN = "keyword";
  private static final String GLOSS = "gloss";

  public KeywordList {
    keywords = List.copyOf(keywords);
    glosses = Map.copyOf(glosses);
    for (String keyword : keywords) {
      if (keyword.isBlank()) {
        throw new IllegalArgumentException("a keyword in the list is blank");
      }
    }
  }

  /** Keywords without glosses. */
  public KeywordList(List<String> keywords) {
    this(keywords, Map.of());
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
   * @param file UTF-8; a {@code .csv} with a column {@code keyword} and, if wanted, one {@code
   *     gloss} (others are left aside), or any other file with one keyword a line and {@code #}
   *     comments
   * @return the list, with at least one keyword
   * @throws IOException if the file cannot be read, is malformed or holds no keyword
   */
  public static KeywordList read(Path file) throws IOException {
    boolean csv = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".csv");
    List<String> keywords = new ArrayList<>();
    Map<String, String> glosses = new TreeMap<>();
    if (csv) {
      readCsv(file, keywords, glosses);
    } else {
      WordFile.read(file).forEach(entry -> keywords.add(entry.text()));
    }
    if (keywords.isEmpty()) {
      throw new IOException("keyword list " + file + " holds no keyword");
    }
    return new KeywordList(keywords, glosses);
  }

  private static void readCsv(Path file, List<String> keywords, Map<String, String> glosses)
      throws IOException {
    try (Reader text =
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder());
        CsvReader<NamedCsvRecord> reader =
            CsvReader.builder().allowMissingFields(true).ofNamedCsvRecord(text)) {
      for (NamedCsvRecord row : reader) {
        String column =
            column(row, COLUMN)
                .orElseThrow(
                    () ->
                        new CsvParseException(
                            "the header has no column 'keyword'; it has: "
                                + String.join(", ", row.getHeader())));
        String keyword = row.findField(column).orElse("").strip();
        if (!keyword.isEmpty()) {
          keywords.add(keyword);
          column(row, GLOSS)
              .flatMap(row::findField)
              .map(String::strip)
              .filter(gloss -> !gloss.isEmpty())
              .ifPresent(gloss -> glosses.putIfAbsent(keyword, gloss));
        }
      }
    } catch (CsvParseException | UncheckedIOException e) {
      throw new IOException("keyword list " + file + ": " + e.getMessage(), e);
    }
  }

  private static Optional<String> column(NamedCsvRecord row, String name) {
    return row.getHeader().stream()
        .filter(header -> header.strip().replace("\uFEFF", "").equalsIgnoreCase(name))
        .findFirst();
  }
}
