package org.seesong.build;

import java.util.ArrayList;
import java.util.List;
import org.seesong.index.WeightedKeyword;
import org.seesong.keyword.Vocabulary;

/**
 * Finds the lines of lyrics that hold keywords. Folded text is searched, the line is given as
 * written.
 */
final class KeywordLines {
  /** Keywords of a song whose lines are kept: the heaviest, which answers name first. */
  private static final int MOST_KEYWORDS = 10;

  /** Lines are for one glance; whole lyrics without line breaks are cut. */
  private static final int MAX_LINE = 120;

  private final Vocabulary vocabulary;

  KeywordLines(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** For each of the first keywords the first line that holds it, or "". */
  List<String> of(List<WeightedKeyword> keywords, String lyrics, String foldedLyrics) {
    String[] lines = lyrics.split("\n", -1);
    String[] folded = foldedLyrics.split("\n", -1);
    if (lines.length != folded.length) {
      return List.of(); // folding is line by line, so this is a text of odd characters
    }
    List<String> found = new ArrayList<>();
    for (WeightedKeyword keyword : keywords.subList(0, Math.min(MOST_KEYWORDS, keywords.size()))) {
      int id = vocabulary.idOf(keyword.keyword());
      String canonical = id < 0 ? keyword.keyword() : vocabulary.folded().get(id);
      String line = "";
      for (int i = 0; i < lines.length && line.isEmpty(); i++) {
        int at = position(folded[i], canonical, id);
        line = at < 0 ? "" : glance(lines[i], at);
      }
      found.add(line);
    }
    return found;
  }

  /** Where a folded line holds a keyword, -1 if it does not. */
  private int position(String folded, String keyword, int id) {
    for (int at = folded.indexOf(keyword); at >= 0; at = folded.indexOf(keyword, at + 1)) {
      if (isWhole(folded, at, at + keyword.length())) {
        return at;
      }
    }
    if (!isLatin(keyword.charAt(0))) {
      return -1;
    }
    return inAnotherForm(folded, id);
  }

  /** An English keyword stands for its plural and other forms, which the vocabulary knows. */
  private int inAnotherForm(String folded, int id) {
    for (int start = 0; start < folded.length(); start++) {
      if (isLatin(folded.charAt(start))) {
        int end = start + 1;
        while (end < folded.length()
            && (isLatin(folded.charAt(end)) || isApostrophe(folded, end))) {
          end++;
        }
        if (id >= 0 && vocabulary.idOf(folded.substring(start, end)) == id) {
          return start;
        }
        start = end;
      }
    }
    return -1;
  }

  /** A word in Latin letters must not begin or end within another. */
  private static boolean isWhole(String folded, int from, int to) {
    boolean before = from > 0 && isLatin(folded.charAt(from)) && isLatin(folded.charAt(from - 1));
    boolean after =
        to < folded.length() && isLatin(folded.charAt(to - 1)) && isLatin(folded.charAt(to));
    return !before && !after;
  }

  private static boolean isLatin(char c) {
    return Character.isLetter(c) && c < '\u0250';
  }

  private static boolean isApostrophe(String text, int at) {
    return text.charAt(at) == '\'' || text.charAt(at) == '\u2019';
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
