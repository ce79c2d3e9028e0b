package org.seesong.text;

import java.util.Set;

/**
 * Names of sections ({@code [Chorus]}, {@code Verse 2:}, 副歌：), signs of repetition ({@code (x2)})
 * and lines that a lyric page puts between the words ({@code You might also like}).
 */
final class SectionMarks {
  private static final int MAX_MARK = 60;

  /** Names that nobody sings as a line or echo of their own. */
  static final Set<String> PLAIN = Folding.words("section-names.txt");

  /** Names that are words as well: they count with a colon, a number or square brackets. */
  static final Set<String> WORDS = Folding.words("section-words.txt");

  /** Words between names. */
  static final Set<String> LINKS =
      Set.of(
          "and", "to", "of", "the", "in", "with", "all", "x", "first", "second", "third", "final",
          "last", "half", "double", "out", "ad", "times", "time", "遍", "次", "段", "第");

  static final Set<String> PAGE_LINES = Folding.lines("page-lines.txt");

  private SectionMarks() {}

  static void mark(LyricsLines lines, Tally tally) {
    for (LyricsLines.Line line : lines.lines()) {
      if (line.length() <= LyricsLines.MAX_MARK) {
        markLine(lines, line, tally);
      }
    }
  }

  private static void markLine(LyricsLines lines, LyricsLines.Line line, Tally tally) {
    if (isPageLine(lines, line)) {
      lines.blank(line);
      tally.add(CleaningKind.PAGE_TEXT);
      return;
    }
    markEmbed(lines, line, tally);
    markBrackets(lines, line, tally);
    markPrefix(lines, line, tally);
    markRepeat(lines, line, tally);
  }

  private static boolean isPageLine(LyricsLines lines, LyricsLines.Line line) {
    if (line.length() > MAX_MARK || line.length() < 4) {
      return false;
    }
    String letters = Folding.letters(lines.text(line));
    return PAGE_LINES.contains(letters)
        || (letters.startsWith("see") && letters.endsWith("live") && isTicketLine(lines, line))
        || letters.startsWith("getticketsaslowas");
  }

  /** "See NAME Live", as written with capitals, unlike a sung "see me live". */
  private static boolean isTicketLine(LyricsLines lines, LyricsLines.Line line) {
    String text = lines.text(line);
    return text.startsWith("See ")
        && text.endsWith(" Live")
        && text.length() > 9
        && Character.isUpperCase(text.charAt(4));
  }

  /** A page's counter and button glued to the last line: "carry me away12Embed". */
  private static void markEmbed(LyricsLines lines, LyricsLines.Line line, Tally tally) {
    if (!lines.shown().startsWith("Embed", Math.max(line.start(), line.end() - 5))) {
      return;
    }
    int from = line.end() - 5;
    while (from > line.start() && isNumberSign(lines.at(from - 1))) {
      from--;
    }
    if (from < line.end() - 5 || from == line.start()) {
      lines.blank(from, line.end());
      tally.add(CleaningKind.PAGE_TEXT);
    }
  }

  private static boolean isNumberSign(char c) {
    return (c >= '0' && c <= '9') || c == '.' || c == 'K';
  }

  private static void markBrackets(LyricsLines lines, LyricsLines.Line line, Tally tally) {
    int open = -1;
    for (int i = line.start(); i < line.end(); i++) {
      char c = lines.at(i);
      if (Brackets.isOpening(c)) {
        open = i;
      } else if (Brackets.isClosing(c) && open >= 0) {
        boolean whole = open == line.start() && i == line.end() - 1;
        boolean square = Brackets.isSquare(lines.at(open));
        if (i - open <= 2 * MAX_MARK) {
          String inside = Folding.fold(lines.shown().substring(open + 1, i));
          if (isMark(inside, whole || square) || (square && startsWithMark(inside))) {
            lines.blank(open, i + 1);
            tally.add(CleaningKind.SECTION_MARK);
          }
        }
        open = -1;
      }
    }
  }

  /** "verse 1: somebody". */
  private static boolean startsWithMark(String folded) {
    int colon = folded.indexOf(':');
    return colon > 0 && isMark(folded.substring(0, colon), true);
  }

  private static boolean isCredit(String folded, int colon) {
    return colon < folded.length() - 1 && Credits.isLabel(folded.substring(0, colon));
  }

  /** A line that is a mark, or a mark and a colon in front of words. */
  private static void markPrefix(LyricsLines lines, LyricsLines.Line line, Tally tally) {
    String folded = Folding.fold(new String(chars(lines, line)));
    int colon = folded.indexOf(':');
    if (colon > 0 && isCredit(folded, colon)) {
      return; // "Guitar: NAME", for which position counts
    }
    if (colon > 0 && colon <= MAX_MARK && isMark(folded.substring(0, colon), true)) {
      lines.blank(line.start(), line.start() + colon + 1);
      tally.add(CleaningKind.SECTION_MARK);
    } else if (folded.length() <= MAX_MARK && isMark(folded, false)) {
      lines.blank(line);
      tally.add(CleaningKind.SECTION_MARK);
    }
  }

  /** "x2" at the end of a line. */
  private static void markRepeat(LyricsLines lines, LyricsLines.Line line, Tally tally) {
    int from = line.end();
    while (from > line.start() && line.end() - from < 5 && !isGap(lines.at(from - 1))) {
      from--;
    }
    if (isRepeat(Folding.fold(lines.shown().substring(from, line.end())))
        && (from == line.start() || isGap(lines.at(from - 1)))
        && lines.at(from) != ' ') {
      lines.blank(from, line.end());
      tally.add(CleaningKind.SECTION_MARK);
    }
  }

  private static boolean isGap(char c) {
    return c == ' ' || c == '\u3000';
  }

  private static char[] chars(LyricsLines lines, LyricsLines.Line line) {
    char[] chars = new char[line.length()];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = lines.at(line.start() + i);
    }
    return chars;
  }

  /**
   * Whether a text is a section's name or sign of repetition and nothing else.
   *
   * @param words whether names that are words as well will do without a number
   */
  private static boolean isMark(String folded, boolean words) {
    if (folded.length() > MAX_MARK) {
      return false;
    }
    boolean named = false;
    boolean numbered = words;
    boolean doubtful = false;
    int start = 0;
    while (start < folded.length()) {
      int end = start;
      while (end < folded.length() && !isSeparator(folded.charAt(end))) {
        end++;
      }
      String part = folded.substring(start, end);
      String name = withoutNumber(part);
      if (isRepeat(part)) {
        named = true;
        numbered = true;
      } else if (PLAIN.contains(name)) {
        named = true;
      } else if (WORDS.contains(name)) {
        named = true;
        doubtful = true;
      } else if (!name.isEmpty() && !LINKS.contains(name)) {
        return false;
      }
      numbered |= name.length() < part.length();
      start = end + 1;
    }
    return named && (numbered || !doubtful);
  }

  private static boolean isSeparator(char c) {
    return " .,;&/-–—:".indexOf(c) >= 0;
  }

  private static String withoutNumber(String part) {
    int end = part.length();
    while (end > 0 && isCount(part.charAt(end - 1))) {
      end--;
    }
    return part.substring(0, end);
  }

  private static boolean isCount(char c) {
    return (c >= '0' && c <= '9') || "一二三四五六①②③④⑤".indexOf(c) >= 0;
  }

  /** x2, 2x, ×2. */
  private static boolean isRepeat(String part) {
    int length = part.length();
    if (length < 2 || length > 3) {
      return false;
    }
    boolean first = isTimes(part.charAt(0));
    boolean last = isTimes(part.charAt(length - 1));
    String number = part.substring(first ? 1 : 0, last ? length - 1 : length);
    return first != last && number.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isTimes(char c) {
    return c == 'x' || c == '\u00D7' || c == '*';
  }
}
