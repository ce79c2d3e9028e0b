package org.seesong.text;

import java.util.ArrayList;
import java.util.List;

/** A text in lines, some parts of which do not count as sung. */
final class LyricsLines {
  /** Longer lines are sung text, whatever they begin with. */
  static final int MAX_MARK = 300;

  private final String shown;
  private final char[] words;
  private final List<Line> lines = new ArrayList<>();
  private boolean changed;

  /** A line that is not blank: where its first character stands and its last one ends. */
  record Line(int start, int end) {
    int length() {
      return end - start;
    }
  }

  LyricsLines(String shown) {
    this.shown = shown;
    this.words = shown.toCharArray();
    int start = 0;
    while (start < words.length) {
      int end = shown.indexOf('\n', start);
      end = end < 0 ? words.length : end;
      add(start, end);
      start = end + 1;
    }
  }

  private void add(int from, int to) {
    int start = from;
    int end = to;
    while (start < end && isSpace(words[start])) {
      start++;
    }
    while (end > start && isSpace(words[end - 1])) {
      end--;
    }
    if (start < end) {
      lines.add(new Line(start, end));
    }
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  List<Line> lines() {
    return lines;
  }

  String shown() {
    return shown;
  }

  char at(int index) {
    return words[index];
  }

  /** What of a line counts, without spaces around. */
  String text(Line line) {
    return new String(words, line.start(), line.length()).strip();
  }

  /** Whether something of a line counts. */
  boolean hasWords(Line line) {
    return start(line) < line.end();
  }

  /** Where what counts of a line starts, its end if nothing does. */
  int start(Line line) {
    int start = line.start();
    while (start < line.end() && isSpace(words[start])) {
      start++;
    }
    return start;
  }

  void blank(Line line) {
    blank(line.start(), line.end());
  }

  void blank(int from, int to) {
    for (int i = from; i < to; i++) {
      if (words[i] != '\n') {
        words[i] = ' ';
      }
    }
    changed |= from < to;
  }

  boolean hasLetters() {
    for (Line line : lines) {
      for (int i = line.start(); i < line.end(); i++) {
        if (isSign(words[i])) {
          return true;
        }
      }
    }
    return false;
  }

  /** Letters, digits and what may be a symbol; a lone full stop is no song. */
  private static boolean isSign(char c) {
    return Character.isLetterOrDigit(c)
        || Character.isSurrogate(c)
        || Character.getType(c) == Character.OTHER_SYMBOL;
  }

  /** The first letters that count, folded; no more than a bound. */
  String firstLetters(int bound) {
    StringBuilder letters = new StringBuilder();
    for (Line line : lines) {
      for (int i = line.start(); i < line.end() && letters.length() < bound; i++) {
        char c = Folding.fold(words[i]);
        if (Character.isLetterOrDigit(c)) {
          letters.append(c);
        }
      }
    }
    return letters.toString();
  }

  String words() {
    return changed ? new String(words) : shown;
  }
}
