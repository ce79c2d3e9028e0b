package org.seesong.text;

import java.util.Set;

/**
 * Stage directions, speakers and names of tunes, which stand among the words of plays and duets.
 *
 * <p>Brackets alone prove nothing: modern songs put backing vocals in them, which are sung. Three
 * rules tell them apart.
 *
 * <ol>
 *   <li>Directions and parts that are nobody's words are taken one by one, in any song: {@code
 *       (唱)}, {@code (男)}, 女：, {@code (缺词文)}.
 *   <li>A song with a direction that only a play has, such as {@code (正末云)} or {@code (张驴儿做扯正旦拜科)},
 *       is from a play: all its round, square and lenticular brackets with Chinese text are
 *       directions.
 *   <li>A short Chinese name in lenticular or shell brackets at the start of a line is a tune or a
 *       part: 【点绛唇】.
 * </ol>
 */
final class StageDirections {
  private static final int MAX_DIRECTION = 60;
  private static final int MAX_NAME = 12;

  /** Directions and parts, the same in any song. */
  static final Set<String> PARTS = Folding.words("stage-parts.txt");

  /** Roles of old plays in two characters or more. */
  static final Set<String> ROLES = Folding.words("stage-roles.txt");

  /** Those that mean nothing else, wherever they stand. */
  static final Set<String> PLAIN_ROLES =
      Set.of("正末", "正旦", "搽旦", "卜儿", "孛老", "旦儿", "老旦", "小旦", "贴旦", "净扮", "外扮");

  static final String ROLE = "旦末净丑生外贴孤卜俫驾众";
  static final String ACT = "云唱白念科介做扮引应揍住诗上下出接跪再";

  /** What a cloud or a song may follow that is spoken of, and a name may not. */
  static final String NO_NAME = "的朵片白彩乌浮青流行层风和在高歌合轻吟声我你他她它来去上看听如似像是";

  private StageDirections() {}

  static void mark(LyricsLines lines, Tally tally) {
    boolean play = isPlay(lines);
    for (LyricsLines.Line line : lines.lines()) {
      if (line.length() <= LyricsLines.MAX_MARK || play) {
        markLine(lines, line, play, tally);
      }
    }
  }

  private static boolean isPlay(LyricsLines lines) {
    for (LyricsLines.Line line : lines.lines()) {
      int open = -1;
      for (int i = line.start(); i < line.end(); i++) {
        char c = lines.at(i);
        if (opens(c)) {
          open = i;
        } else if (open >= 0 && closes(c, lines.at(open))) {
          if (isOfPlay(inside(lines, open, i), lines, i + 1, line.end())) {
            return true;
          }
          open = -1;
        }
      }
    }
    return false;
  }

  /** Owners write {@code <带云)} and {@code (关末云>}, too. */
  private static boolean opens(char c) {
    return Brackets.isOpening(c) || c == '<';
  }

  private static boolean closes(char c, char opening) {
    return Brackets.isClosing(c) || (c == '>' && opening != '<');
  }

  /** What stands in brackets, "" if it is too long for a direction or not Chinese. */
  private static String inside(LyricsLines lines, int open, int close) {
    if (close - open - 1 > MAX_DIRECTION) {
      return "";
    }
    String inside = lines.shown().substring(open + 1, close).strip();
    boolean chinese = false;
    for (int i = 0; i < inside.length(); i++) {
      char c = inside.charAt(i);
      if (Character.isIdeographic(c)) {
        chinese = true;
      } else if (Character.isLetterOrDigit(c)) {
        return "";
      }
    }
    return chinese ? inside : "";
  }

  private static boolean isOfPlay(String direction, LyricsLines lines, int after, int lineEnd) {
    int length = direction.length();
    if (length < 2) {
      return length == 1 && "旦末净丑贴云介科".contains(direction);
    }
    char first = direction.charAt(0);
    char second = direction.charAt(1);
    boolean roleActs = length <= 3 && isRole(first) && ACT.indexOf(second) >= 0;
    return roleActs
        || (isRole(first) && isComma(second))
        || ROLES.contains(direction.substring(0, 2))
        || PLAIN_ROLES.stream().anyMatch(direction::contains)
        || direction.chars().allMatch(c -> "旦末净丑生外贴".indexOf(c) >= 0)
        || endsAsInPlay(direction, lines, after, lineEnd);
  }

  private static boolean endsAsInPlay(String direction, LyricsLines lines, int after, int lineEnd) {
    char last = direction.charAt(direction.length() - 1);
    char before = direction.charAt(direction.length() - 2);
    if (last == '科' || last == '介') {
      return "百学文理内外简媒中推".indexOf(before) < 0;
    }
    if (last == '下' && before != '天') {
      return direction.charAt(0) == '同' || "同并随虚".indexOf(before) >= 0 || isComma(before);
    }
    if (isComma(before)) {
      return last == '云' || last == '唱' || last == '上';
    }
    if (direction.endsWith("云了")) {
      return true;
    }
    boolean name = direction.length() <= 6 && NO_NAME.indexOf(before) < 0;
    boolean speech = after < lineEnd && Character.isIdeographic(lines.at(after));
    return last == '云' && name && speech;
  }

  private static boolean isRole(char c) {
    return ROLE.indexOf(c) >= 0;
  }

  private static boolean isComma(char c) {
    return c == '，' || c == ',' || c == '、';
  }

  private static void markLine(
      LyricsLines lines, LyricsLines.Line line, boolean play, Tally tally) {
    markSpeaker(lines, line, tally);
    int open = -1;
    for (int i = line.start(); i < line.end(); i++) {
      char c = lines.at(i);
      if (opens(c)) {
        open = i;
      } else if (open >= 0 && closes(c, lines.at(open))) {
        if (isDirection(lines, line, open, i, play)) {
          lines.blank(open, i + 1);
          tally.add(CleaningKind.STAGE_DIRECTION);
        }
        open = -1;
      }
    }
  }

  private static boolean isDirection(
      LyricsLines lines, LyricsLines.Line line, int open, int close, boolean play) {
    String inside = inside(lines, open, close);
    if (inside.isEmpty()) {
      return false;
    }
    if (play || PARTS.contains(Folding.letters(inside))) {
      return true;
    }
    boolean lenticular = "【〔［".indexOf(lines.at(open)) >= 0;
    return lenticular && inside.length() <= MAX_NAME && open == lines.start(line);
  }

  /** 男： in front of words. */
  private static void markSpeaker(LyricsLines lines, LyricsLines.Line line, Tally tally) {
    int start = lines.start(line);
    int end = Math.min(line.end(), start + 6);
    for (int i = start + 1; i < end; i++) {
      if (Folding.fold(lines.at(i)) == ':') {
        if (PARTS.contains(Folding.letters(lines.shown().substring(start, i)))) {
          lines.blank(start, i + 1);
          tally.add(CleaningKind.STAGE_DIRECTION);
        }
        return;
      }
    }
  }
}
