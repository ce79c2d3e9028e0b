package org.seesong.keyword;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.seesong.text.CleaningCounts;

/**
 * What each keyword holds together, for people to look at.
 *
 * @param keywords a line for each keyword, by id
 * @param lyrics what was found in the lyrics beside sung words
 */
public record KeywordReport(List<Line> keywords, CleaningCounts lyrics) {
  /** As the page's CSV has it, full-width signs of Asian spreadsheets too. */
  private static final String FORMULA_STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

  /** How many sample songs a line has. */
  public static final int SAMPLES = 3;

  /**
   * One keyword.
   *
   * @param keyword as people wrote it
   * @param documents songs that hold it
   * @param totalWeight sum of its weights in songs
   * @param pictures pictures that have it
   * @param sampleSongs the songs with the largest weights as {@code title - artist}, the earlier
   *     one first among equals
   */
  public record Line(
      String keyword, int documents, double totalWeight, int pictures, List<String> sampleSongs) {
    public Line {
      sampleSongs = List.copyOf(sampleSongs);
    }
  }

  public KeywordReport {
    keywords = List.copyOf(keywords);
    Objects.requireNonNull(lyrics, "lyrics");
  }

  /** The keywords that no song holds; pictures that have only such keywords lead nowhere. */
  public List<String> keywordsWithoutSong() {
    return keywords.stream().filter(line -> line.documents() == 0).map(Line::keyword).toList();
  }

  /**
   * Writes the lines as CSV with a header: keyword, songs, total weight, pictures with such a label
   * (an index counts those it was propagated to as well), sample songs.
   *
   * @param writer where to; not closed
   * @throws IOException if writing fails
   */
  public void writeCsv(Writer writer) throws IOException {
    StringWriter buffer = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(buffer)) {
      csv.writeRecord("keyword", "songs", "total_weight", "labelled_pictures", "sample_songs");
      for (Line line : keywords) {
        csv.writeRecord(
            cell(line.keyword()),
            Integer.toString(line.documents()),
            String.format(Locale.ROOT, "%.3f", line.totalWeight()),
            Integer.toString(line.pictures()),
            cell(String.join(" | ", line.sampleSongs())));
      }
    }
    writer.write(buffer.toString());
  }

  /** With an apostrophe before what a spreadsheet would take for a formula. */
  private static String cell(String text) {
    return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}
