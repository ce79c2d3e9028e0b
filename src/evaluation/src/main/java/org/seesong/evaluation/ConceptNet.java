package org.seesong.evaluation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.seesong.keyword.ScriptFolder;

/**
 * Reads ConceptNet's published assertions, version 5.7: gzip, five columns separated by tabs, of
 * which relation, both ends and the weight in the JSON count.
 *
 * <p>34 million lines are read once, line by line; only edges whose ends are both of wanted
 * languages are kept, with their words folded and without the tag of their part of speech: {@code
 * /c/en/fire_engine/n/wn/artifact} is {@code fire engine}. A file in another layout is refused at
 * the first line that differs.
 */
final class ConceptNet {
  private static final int COLUMNS = 5;
  private static final byte[] WEIGHT = "\"weight\":".getBytes(StandardCharsets.US_ASCII);
  private static final long PROGRESS_LINES = 50_000;

  private final ConceptLines lines;
  private final ScriptFolder folder;
  private final Set<String> languages;
  private final ConceptGraph.Builder graph = new ConceptGraph.Builder();
  private final int[] tabs = new int[COLUMNS + 1];

  private ConceptNet(ConceptLines lines, ScriptFolder folder, Set<String> languages) {
    this.lines = lines;
    this.folder = folder;
    this.languages = new TreeSet<>(languages);
  }

  /**
   * Reads a file.
   *
   * @param file assertions, gzip or plain
   * @param languages codes as ConceptNet has them, such as zh and en
   * @param folder folds words as the keyword stage does
   * @param progress told how many lines have been read, now and then
   * @return the words and their ties
   * @throws IOException if the file cannot be read, is truncated, is in another layout or holds no
   *     word of these languages; names the line
   */
  static ConceptGraph read(
      Path file, Set<String> languages, ScriptFolder folder, LongConsumer progress)
      throws IOException {
    try (ConceptLines lines = ConceptLines.open(file)) {
      ConceptNet reader = new ConceptNet(lines, folder, languages);
      while (lines.next()) {
        reader.line();
        if (lines.number() % PROGRESS_LINES == 0) {
          progress.accept(lines.number());
        }
      }
      progress.accept(lines.number());
      if (reader.graph.isEmpty()) {
        throw new IOException(
            file
                + " ties no two words of the languages "
                + String.join(", ", reader.languages)
                + " in its "
                + lines.number()
                + " lines; name a file that does");
      }
      return reader.graph.build();
    }
  }

  private void line() throws IOException {
    findTabs();
    String startLanguage = language(2);
    String endLanguage = language(3);
    if (!languages.contains(startLanguage) || !languages.contains(endLanguage)) {
      return;
    }
    String relation = text(tabs[1] + 1, tabs[2]);
    if (!relation.startsWith("/r/")) {
      throw lines.broken(lines.number(), "column 2 is no relation: '" + relation + "'");
    }
    double strength = Relations.weight(relation) * Math.log1p(weight()) / Math.log(2);
    String start = word(2);
    String end = word(3);
    if (strength > 0
        && !start.isEmpty()
        && !end.isEmpty()
        && !(start.equals(end) && startLanguage.equals(endLanguage))) {
      graph.add(startLanguage, start, endLanguage, end, relation, (float) strength);
    }
  }

  /** tabs[i] is the byte before column i and tabs[i + 1] the byte behind it. */
  private void findTabs() throws IOException {
    byte[] bytes = lines.bytes();
    int found = 0;
    tabs[0] = lines.start() - 1;
    for (int i = lines.start(); i < lines.end(); i++) {
      if (bytes[i] == '\t' && ++found < COLUMNS) {
        tabs[found] = i;
      }
    }
    if (found != COLUMNS - 1) {
      throw lines.broken(lines.number(), "has " + (found + 1) + " columns");
    }
    tabs[COLUMNS] = lines.end();
  }

  /** The language of an end, or "" if it is no concept (such as an address). */
  private String language(int column) throws IOException {
    int from = tabs[column] + 1;
    byte[] bytes = lines.bytes();
    int to = tabs[column + 1];
    if (to - from < 1) {
      throw lines.broken(lines.number(), "column " + (column + 1) + " is empty");
    }
    if (to - from < 4 || bytes[from] != '/' || bytes[from + 1] != 'c' || bytes[from + 2] != '/') {
      return "";
    }
    int end = from + 3;
    while (end < to && bytes[end] != '/') {
      end++;
    }
    return text(from + 3, end);
  }

  private String word(int column) {
    String uri = text(tabs[column] + 1, tabs[column + 1]);
    int from = uri.indexOf('/', 3) + 1;
    int to = uri.indexOf('/', from);
    String word = from == 0 ? "" : uri.substring(from, to < 0 ? uri.length() : to);
    return folder.fold(word.replace('_', ' ')).strip();
  }

  private double weight() throws IOException {
    byte[] bytes = lines.bytes();
    int to = tabs[COLUMNS];
    for (int i = tabs[4] + 1; i + WEIGHT.length < to; i++) {
      if (startsWith(bytes, i)) {
        int from = i + WEIGHT.length;
        int end = from;
        while (end < to && bytes[end] != ',' && bytes[end] != '}') {
          end++;
        }
        return number(text(from, end).strip());
      }
    }
    throw lines.broken(lines.number(), "column 5 has no weight");
  }

  private static boolean startsWith(byte[] bytes, int at) {
    for (int i = 0; i < WEIGHT.length; i++) {
      if (bytes[at + i] != WEIGHT[i]) {
        return false;
      }
    }
    return true;
  }

  private double number(String text) throws IOException {
    double weight = Double.NaN;
    try {
      weight = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      // told below, with the number that is out of range
    }
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw lines.broken(
          lines.number(), "the weight is not a number of at least 0: '" + text + "'");
    }
    return weight;
  }

  private String text(int from, int to) {
    return new String(lines.bytes(), from, to - from, StandardCharsets.UTF_8);
  }
}
