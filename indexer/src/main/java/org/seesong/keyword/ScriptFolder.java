package org.seesong.keyword;

import com.github.houbb.opencc4j.support.datamap.IDataMap;
import com.github.houbb.opencc4j.support.datamap.impl.DataMaps;
import com.github.houbb.opencc4j.util.ZhConverterUtil;
import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.seesong.text.InvisibleCharacters;

/**
 * Folds away how a text is written, so that the same words compare equal: traditional to simplified
 * script, full to half width (NFKC), upper to lower case, without invisible characters.
 *
 * <p>The script is converted by opencc4j. What it leaves over or gets wrong in songs is mended by a
 * table of words, matched longest first in the text as written (after width and case): 乾杯 becomes
 * 干杯 and 看著 becomes 看着, but 乾坤 and 著名 stay. A file adds to the table.
 *
 * <p>Text is folded line by line. A line whose characters each fold alone, such as one in
 * simplified script, is folded by a table and costs next to nothing.
 *
 * <p>Immutable; safe for any number of threads.
 */
public final class ScriptFolder {
  private static final String BUILT_IN = "script-overrides.tsv";

  /** Ends a chain that a user's table turns into a circle. */
  private static final int MAX_ROUNDS = 5;

  private final WordTrie overrides = new WordTrie();
  private final List<String> replacements = new ArrayList<>();

  /**
   * What each character folds to, where that is one character wherever it stands; 0 for those that
   * need a closer look. Covers simplified script and full-width punctuation, so most lines.
   */
  private final char[] alone;

  /** What a user's file added to the built-in table. */
  private final Map<String, String> added;

  private ScriptFolder(Map<String, String> table, Map<String, String> added) {
    this.added = added;
    for (Map.Entry<String, String> entry : table.entrySet()) {
      overrides.put(entry.getKey(), replacements.size());
      replacements.add(entry.getValue());
    }
    alone = charactersAlone(plainCharacters(table));
  }

  /** A folder with the built-in table. Loads opencc4j's data, about half a second. */
  public static ScriptFolder builtIn() {
    return new ScriptFolder(builtInTable(), Map.of());
  }

  /**
   * A folder whose table a file adds to.
   *
   * @param file UTF-8, one {@code from<TAB>to} or {@code from=to} a line, {@code #} comments; it
   *     wins over the built-in table
   * @throws IOException if the file cannot be read or a line is not of this form
   */
  public static ScriptFolder withOverrides(Path file) throws IOException {
    Map<String, String> added = new LinkedHashMap<>();
    for (WordFile.Entry entry : WordFile.read(file)) {
      if (!add(added, entry)) {
        throw new IOException(
            file
                + ":"
                + entry.line()
                + ": expected from<TAB>to or from=to; got: '"
                + entry.text()
                + "'");
      }
    }
    return withOverrides(added);
  }

  /** A folder whose table has more, as {@link #overrides} of another one gave them. */
  static ScriptFolder withOverrides(Map<String, String> added) {
    Map<String, String> table = builtInTable();
    table.putAll(added);
    return new ScriptFolder(table, Collections.unmodifiableMap(new TreeMap<>(added)));
  }

  /** What a user's file added to the built-in table. */
  Map<String, String> overrides() {
    return added;
  }

  /** Names the conversions of this version of OpenCC's tables. */
  static String conversionHash() {
    IDataMap conversions = DataMaps.defaults();
    return conversions.tsChar().hashCode() + " " + conversions.tsPhrase().hashCode();
  }

  private static Map<String, String> builtInTable() {
    Map<String, String> table = new LinkedHashMap<>();
    for (WordFile.Entry entry : WordFile.builtIn(BUILT_IN)) {
      if (!add(table, entry)) {
        throw new IllegalStateException(BUILT_IN + ":" + entry.line() + " is malformed");
      }
    }
    return table;
  }

  private static boolean add(Map<String, String> table, WordFile.Entry entry) {
    int separator = entry.text().indexOf('\t');
    if (separator < 0) {
      separator = entry.text().indexOf('=');
    }
    if (separator < 1) {
      return false;
    }
    String from = widthAndCase(entry.text().substring(0, separator).strip());
    String to = widthAndCase(entry.text().substring(separator + 1).strip());
    if (from.isEmpty() || to.isEmpty()) {
      return false;
    }
    table.put(from, to);
    return true;
  }

  /** Folds a text. Folding what is folded changes nothing more. */
  public String fold(String text) {
    StringBuilder folded = new StringBuilder(text.length() + 16);
    int start = 0;
    while (start < text.length()) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline + 1;
      if (!foldAlone(text, start, end, folded)) {
        folded.append(foldForGood(text.substring(start, end)));
      }
      start = end;
    }
    return folded.toString();
  }

  /** Folds a line by the table, or appends nothing if a character needs a closer look. */
  private boolean foldAlone(String text, int start, int end, StringBuilder folded) {
    int length = folded.length();
    for (int i = start; i < end; i++) {
      char c = alone[text.charAt(i)];
      if (c == 0) {
        folded.setLength(length);
        return false;
      }
      folded.append(c);
    }
    return true;
  }

  /** opencc4j has chains, such as 薴 to 苧 to 苎: fold until nothing changes. */
  private String foldForGood(String line) {
    String text = line;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      String next = foldLine(text);
      if (next.equals(text)) {
        return next;
      }
      text = next;
    }
    return text;
  }

  private String foldLine(String line) {
    String text = widthAndCase(line);
    StringBuilder folded = new StringBuilder(text.length() + 16);
    int gap = 0;
    int i = 0;
    while (i < text.length()) {
      int end = overrides.longestEnd(text, i);
      if (end == WordTrie.NONE) {
        i++;
      } else {
        simplify(text, gap, i, folded);
        folded.append(replacements.get(overrides.get(text.substring(i, end))));
        gap = end;
        i = end;
      }
    }
    simplify(text, gap, text.length(), folded);
    return folded.toString();
  }

  private static void simplify(String text, int start, int end, StringBuilder folded) {
    if (start < end) {
      folded.append(ZhConverterUtil.toSimple(text.substring(start, end)));
    }
  }

  private static String widthAndCase(String text) {
    String visible = InvisibleCharacters.remove(text);
    String folded = Normalizer.normalize(visible, Normalizer.Form.NFKC);
    // Lower case can bring forth what NFKC composes, and the other way round.
    return Normalizer.normalize(folded.toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
  }

  private static char[] charactersAlone(BitSet plain) {
    char[] alone = new char[Character.MAX_VALUE + 1];
    for (char c = 0; c < Character.MAX_VALUE; c++) {
      if (plain.get(c)) {
        alone[c] = c;
      } else if (standsAlone(c)) {
        String folded = widthAndCase(String.valueOf(c));
        if (folded.length() == 1 && plain.get(folded.charAt(0))) {
          alone[c] = folded.charAt(0);
        }
      }
    }
    return alone;
  }

  /** Characters that fold to themselves wherever they stand. */
  private static BitSet plainCharacters(Map<String, String> table) {
    BitSet plain = new BitSet(Character.MAX_VALUE + 1);
    for (char c = 0; c < Character.MAX_VALUE; c++) {
      if (standsAlone(c)) {
        String text = String.valueOf(c);
        plain.set(c, widthAndCase(text).equals(text));
      }
    }
    IDataMap conversions = DataMaps.defaults();
    conversions.tsChar().forEach((from, to) -> clearFirst(plain, from, to.get(0)));
    conversions.tsPhrase().forEach((from, to) -> clearFirst(plain, from, to.get(0)));
    table.forEach((from, to) -> clearFirst(plain, from, to));
    return plain;
  }

  /** A conversion matters only if some character in it is not plain for another reason. */
  private static void clearFirst(BitSet plain, String from, String to) {
    boolean allPlain = from.chars().allMatch(plain::get);
    if (allPlain && !from.equals(to)) {
      plain.clear(from.charAt(0));
    }
  }

  private static boolean standsAlone(char c) {
    if (Character.isSurrogate(c) || (c >= '\u1100' && c <= '\u11FF')) {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
