package org.seesong.keyword;

import java.util.regex.Pattern;
import org.seesong.text.CleanedLyrics;

/**
 * The lines of one song's lyrics as written, found by positions in the form in which words compare.
 * So the line that is shown for a keyword is one in which the keyword was counted.
 */
public final class LyricLines {
  /** Lines are for one glance; whole lyrics without line breaks are cut. */
  private static final int MAX_LINE = 120;

  /** Characters of a beginning: a short poem, or the first lines of a long song. */
  private static final int MAX_BEGINNING = 120;

  private static final Pattern SPACE = Pattern.compile("\\s+");

  private final String[] lines;

  /** The same lines with spaces in place of what is not sung. */
  private final String[] words;

  private final String canonical;

  /** Folding is line by line, so lyrics with another number of lines are of odd characters. */
  private final boolean aligned;

  /** Characters before the first one that {@link SongTexts} keeps. */
  private final int skipped;

  private final String folded;

  /**
   * Folds lyrics.
   *
   * @param lyrics what to show, and the sung words
   */
  public LyricLines(CleanedLyrics lyrics, ScriptFolder folder) {
    this.lines = lyrics.shown().split("\n", -1);
    this.words = lyrics.words().split("\n", -1);
    this.folded = folder.fold(lyrics.words());
    this.canonical = EnglishWords.normalise(folded);
    this.aligned = canonical.chars().filter(c -> c == '\n').count() + 1 == lines.length;
    this.skipped = canonical.length() - canonical.stripLeading().length();
  }

  /** The sung words in one script, width and case. */
  public String folded() {
    return folded;
  }

  /** How the sung words begin, folded, in one line; "" if there are none. */
  String beginning() {
    String text = SPACE.matcher(folded).replaceAll(" ").strip();
    int end = Math.min(MAX_BEGINNING, text.length());
    if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
      end--;
    }
    return text.substring(0, end).strip();
  }

  /**
   * The line at a position.
   *
   * @return the line as written, of a long one the part around the position; "" if there is none
   */
  public String at(int firstInLyrics) {
    if (firstInLyrics < 0) {
      return "";
    }
    int end = Math.min(canonical.length(), skipped + firstInLyrics);
    int line = 0;
    int start = 0;
    for (int i = canonical.indexOf('\n'); i >= 0 && i < end; i = canonical.indexOf('\n', i + 1)) {
      line++;
      start = i + 1;
    }
    return aligned ? glance(lines[line], place(words[line], letters(start, end))) : "";
  }

  /** Characters but spaces, of which the canonical form has fewer. */
  private long letters(int start, int end) {
    return canonical.substring(start, end).chars().filter(c -> !Character.isWhitespace(c)).count();
  }

  /** Where a line has had so many characters that are no spaces. */
  private static int place(String line, long letters) {
    int at = 0;
    for (long left = letters; at < line.length(); at++) {
      if (!Character.isWhitespace(line.charAt(at)) && left-- == 0) {
        break;
      }
    }
    return at;
  }

  /** The line, or of a long one the part around the keyword, whose place is nearly the same. */
  private static String glance(String line, int at) {
    String stripped = line.strip();
    if (stripped.length() <= MAX_LINE) {
      return stripped;
    }
    int from = Math.max(0, Math.min(at, line.length()) - MAX_LINE / 2);
    int to = Math.min(line.length(), from + MAX_LINE);
    if (from > 0 && Character.isLowSurrogate(line.charAt(from))) {
      from++;
    }
    if (to < line.length() && Character.isLowSurrogate(line.charAt(to))) {
      to--;
    }
    return line.substring(from, to).strip();
  }
}
