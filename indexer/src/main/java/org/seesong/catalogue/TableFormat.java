package org.seesong.catalogue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a table is written, told once for the whole file from its first lines.
 *
 * <p>The separator is the one that a first line {@code sep=;} names; else that of the file's
 * extension, unless the header has the columns it needs only with another one. A table separated by
 * tabs is a database dump (see {@link DumpRows}) if its values have {@code \N} or the dump's
 * escapes and it is not quoted: it would be if every quote in it kept to the rules of quoting and
 * its header had quotes, or some field needed them.
 *
 * @param separator what stands between fields
 * @param isDump whether it is a database dump
 * @param linesBefore lines before the header
 * @param notes what was told about it that the owner did not say
 */
record TableFormat(char separator, boolean isDump, int linesBefore, List<String> notes) {
  private static final Map<Character, String> SEPARATORS =
      Map.of(',', "commas", ';', "semicolons", '\t', "tabs", '|', "vertical bars");
  private static final List<Character> TRIED = List.of(',', ';', '\t', '|');
  private static final Pattern NAMED = Pattern.compile("\"?sep=([^\\p{Alnum}\"\\s]|\t)\"?");
  private static final int SAMPLE_CHARACTERS = 1 << 20;

  TableFormat {
    notes = List.copyOf(notes);
  }

  /**
   * Looks at a file's first megabyte.
   *
   * @param usual separator that the file's extension stands for
   * @param serves whether a header has the columns it needs
   */
  static TableFormat of(Path file, char usual, Predicate<List<String>> serves) throws IOException {
    List<String> notes = new ArrayList<>();
    int before = 0;
    char separator = usual;
    try (LineReader reader = new LineReader(file)) {
      LineReader.Line first = new LineWindow(reader).skipBlank();
      Matcher named = NAMED.matcher(first == null ? "" : first.content());
      if (named.matches()) {
        separator = named.group(1).charAt(0);
        before = (int) first.number();
      }
    }
    if (before == 0 && !serves.test(header(file, usual))) {
      for (char other : TRIED) {
        if (separator == usual && other != usual && serves.test(header(file, other))) {
          separator = other;
          notes.add("the fields are separated by " + SEPARATORS.get(other) + "; read so");
        }
      }
    }
    boolean dump = separator == '\t' && isDump(file, before);
    if (dump) {
      notes.add(
          "read as a database dump: quotes are letters, \\N is no value, \\n, \\t and \\\\ are a"
              + " line break, a tab and a backslash");
    }
    return new TableFormat(separator, dump, before, notes);
  }

  /** A reader of rows in this format. */
  RowSplitter splitter(LineReader reader) throws IOException {
    LineWindow lines = new LineWindow(reader);
    for (int i = 0; i < linesBefore && lines.get(0) != null; i++) {
      lines.drop(1);
    }
    return isDump ? new DumpRows(lines) : new QuotedRows(lines, separator);
  }

  private static List<String> header(Path file, char separator) throws IOException {
    try (LineReader reader = new LineReader(file)) {
      RawRow header = new QuotedRows(new LineWindow(reader), separator).next();
      return header == null ? List.of() : header.fields();
    }
  }

  private static boolean isDump(Path file, int before) throws IOException {
    DumpSigns signs = new DumpSigns();
    try (LineReader reader = new LineReader(file)) {
      LineReader.Line line = reader.next();
      long characters = 0;
      while (line != null && characters < SAMPLE_CHARACTERS) {
        if (line.number() > before) {
          signs.add(line.content());
        }
        characters += line.text().length();
        line = reader.next();
      }
    }
    return signs.areThere() && !isQuoted(file, before, signs.lines());
  }

  private static boolean isQuoted(Path file, int before, long lines) throws IOException {
    try (LineReader reader = new LineReader(file)) {
      LineWindow window = new LineWindow(reader);
      for (int i = 0; i < before && window.get(0) != null; i++) {
        window.drop(1);
      }
      LineReader.Line first = window.skipBlank();
      boolean quotedHeader = first != null && first.text().startsWith("\"");
      QuotedRows rows = new QuotedRows(window, '\t');
      boolean broken = false;
      RawRow row = rows.next();
      while (row != null && !broken && row.lastLine() < before + lines) {
        broken = row.isBroken();
        row = rows.next();
      }
      return !broken && (quotedHeader || rows.areQuotesNeeded());
    }
  }

  /** What tells a dump: {@code \N} as a value, or escapes where every backslash is one. */
  private static final class DumpSigns {
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.?)", Pattern.DOTALL);

    private long lines;
    private List<String> header;
    private boolean noValues;
    private boolean escapes;
    private boolean otherBackslashes;

    void add(String line) {
      lines++;
      List<String> fields = List.of(line.split("\t", -1));
      if (header == null) {
        header = fields.stream().map(Row::fieldName).toList();
        return;
      }
      for (int i = 0; i < fields.size(); i++) {
        String field = fields.get(i);
        noValues |= field.equals("\\N");
        boolean isPath = i < header.size() && header.get(i).equals("path");
        if (!isPath && field.indexOf('\\') >= 0) { // a path on Windows holds \n of its own
          Matcher matcher = ESCAPED.matcher(field);
          while (matcher.find()) {
            boolean escape = matcher.group(1).isEmpty() || "\\ntrN".contains(matcher.group(1));
            escapes |= escape;
            otherBackslashes |= !escape;
          }
        }
      }
    }

    long lines() {
      return lines;
    }

    boolean areThere() {
      return noValues || (escapes && !otherBackslashes);
    }
  }
}
