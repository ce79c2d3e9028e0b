package org.seesong.evaluation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.seesong.keyword.ScriptFolder;

/**
 * Reads ConceptNet's published assertions, version 5.7: five columns separated by tabs (uri,
 * relation, start, end, JSON with a weight), gzip or plain.
 *
 * <p>Edges are kept whose ends are both of wanted languages, with their words folded and without
 * the part of speech: {@code /c/en/fire_engine/n/wn/artifact} is {@code fire engine}. Lines stay in
 * Latin-1 until one is wanted, for most of the 34 million are not.
 */
final class ConceptNet {
  private static final int COLUMNS = 5;
  private static final String CONCEPT = "/c/";
  private static final String WEIGHT = "\"weight\":";
  private static final long PROGRESS_LINES = 50_000;

  private final Path file;
  private final BoundedLines lines;
  private final ScriptFolder folder;
  private final Set<String> languages;
  private final ConceptGraph.Builder graph = new ConceptGraph.Builder();

  private ConceptNet(Path file, BoundedLines lines, ScriptFolder folder, Set<String> languages) {
    this.file = file;
    this.lines = lines;
    this.folder = folder;
    this.languages = new TreeSet<>(languages);
  }

  /**
   * Reads a file.
   *
   * @param languages codes as ConceptNet has them, such as zh and en
   * @param folder folds words as the keyword stage does
   * @param progress gets the number of lines read, now and then
   * @throws IOException if the file cannot be read, is truncated, is in another layout or holds no
   *     edge of these languages; names the line
   */
  static ConceptGraph read(
      Path file, Set<String> languages, ScriptFolder folder, LongConsumer progress)
      throws IOException {
    try (BoundedLines lines = BoundedLines.open(file, StandardCharsets.ISO_8859_1)) {
      ConceptNet reader = new ConceptNet(file, lines, folder, languages);
      for (String line = lines.next(); line != null; line = lines.next()) {
        reader.edge(line.split("\t", -1));
        if (lines.number() % PROGRESS_LINES == 0) {
          progress.accept(lines.number());
        }
      }
      progress.accept(lines.number());
      if (reader.graph.isEmpty()) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s ties no two words of the languages %s in its %d lines; name a file that does",
                file,
                String.join(", ", reader.languages),
                lines.number()));
      }
      return reader.graph.build();
    }
  }

  private void edge(String[] columns) throws IOException {
    if (columns.length != COLUMNS) {
      throw broken("has " + columns.length + " columns");
    }
    String startLanguage = language(columns, 2);
    String endLanguage = language(columns, 3);
    if (!languages.contains(startLanguage) || !languages.contains(endLanguage)) {
      return;
    }
    String relation = columns[1];
    if (!relation.startsWith("/r/")) {
      throw broken("column 2 is no relation: '" + relation + "'");
    }
    double strength = Relations.weight(relation) * Math.log1p(weight(columns[4])) / Math.log(2);
    String start = word(columns[2]);
    String end = word(columns[3]);
    if (strength > 0
        && !start.isEmpty()
        && !end.isEmpty()
        && !(start.equals(end) && startLanguage.equals(endLanguage))) {
      graph.add(startLanguage, start, endLanguage, end, relation, (float) strength);
    }
  }

  /** The language of an end, or "" if it is no concept (such as an address). */
  private String language(String[] columns, int column) throws IOException {
    String uri = columns[column];
    if (uri.isEmpty()) {
      throw broken("column " + (column + 1) + " is empty");
    }
    if (!uri.startsWith(CONCEPT)) {
      return "";
    }
    int end = uri.indexOf('/', CONCEPT.length());
    return uri.substring(CONCEPT.length(), end < 0 ? uri.length() : end);
  }

  private String word(String uri) {
    String[] parts = uri.split("/", 5);
    String word = parts.length < 4 ? "" : parts[3];
    String text = new String(word.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    return folder.fold(text.replace('_', ' ')).strip();
  }

  private double weight(String json) throws IOException {
    int at = json.indexOf(WEIGHT);
    if (at < 0) {
      throw broken("column 5 has no weight");
    }
    String text = json.substring(at + WEIGHT.length()).split("[,}]", 2)[0].strip();
    double weight = Double.NaN;
    try {
      weight = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      // reported below with numbers that are out of range
    }
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw broken("the weight is not a number of at least 0: '" + text + "'");
    }
    return weight;
  }

  private IOException broken(String what) {
    return new IOException(
        file
            + ":"
            + lines.number()
            + ": "
            + what
            + "; expected ConceptNet 5.7's assertions: five columns separated by tabs (uri,"
            + " relation, start, end, JSON with a weight)");
  }
}
