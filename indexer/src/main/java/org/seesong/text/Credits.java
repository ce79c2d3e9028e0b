package org.seesong.text;

import java.util.List;
import java.util.Set;

/**
 * Credits before the first sung line and after the last one: a known label and names (作词：张三, {@code
 * Written by Jane Doe}), lines of the same form between two such lines, headings, notices of rights
 * and of sources.
 *
 * <p>A line in the midst of the words is never a credit, whatever its form: {@code Mother said:
 * come home} is sung. So is a sentence after a label, which is longer than names: {@code Strings:
 * and a dozen words}. Labels are put together from the parts in {@code credit-labels.txt}, so that
 * 混音工程师 and {@code executive producer} are known without being listed.
 */
final class Credits {
  private static final int MAX_LABEL = 40;
  private static final int MAX_NAMES = 200;

  /** Most words of one name or firm; more without a comma between are a sentence. */
  private static final int MAX_NAME_WORDS = 10;

  /** Most words of all names together where more than half of them begin with small letters. */
  private static final int MAX_SMALL_WORDS = 8;

  /** The same as {@link #MAX_NAME_WORDS} in Chinese characters or kana. */
  private static final int MAX_NAME_CHARACTERS = 30;

  private static final String BETWEEN_NAMES = ",，、;；/／|&+()（）[]【】\u00B7·";

  /** Words that stand small within and between names. */
  static final Set<String> SMALL_WORDS =
      Set.of("and", "de", "da", "van", "von", "feat.", "ft.", "with");

  /** Lines of unknown label that may stand between two credits. */
  private static final int MAX_PENDING = 12;

  /** Parts that make a label a credit's. */
  static final Set<String> STEMS = Folding.words("credit-labels.txt");

  /** Parts that may stand beside. */
  static final Set<String> ADDITIONS = Folding.words("credit-additions.txt");

  /** Labels that need no colon. */
  static final Set<String> BARE =
      Set.of(
          "作词", "作詞", "作曲", "编曲", "編曲", "词曲", "詞曲", "填词", "填詞", "监制", "監製", "制作人", "製作人", "混音",
          "母带", "原唱", "演唱", "작사", "작곡", "편곡");

  /** Beginnings of notices, folded. */
  static final List<String> NOTICES =
      List.of(
          "版权所有",
          "tme享有",
          "本翻译作品",
          "腾讯音乐享有",
          "网易云音乐享有",
          "版權所有",
          "著作权",
          "著作權",
          "未经许可",
          "未經許可",
          "未经著作权人",
          "未经授权",
          "本歌曲来自",
          "本作品经过",
          "更多歌词请",
          "更多歌詞請",
          "歌词来自",
          "歌詞來自",
          "歌词由",
          "歌詞由",
          "歌词提供",
          "歌詞提供",
          "本歌词由",
          "歌词编辑",
          "歌詞編輯",
          "歌词制作",
          "歌词贡献",
          "lrc歌词",
          "lrc by",
          "all rights reserved",
          "copyright ",
          "(c) ",
          "©",
          "℗",
          "lyrics from ",
          "lyrics provided by",
          "lyrics powered by",
          "lyrics licensed",
          "source:",
          "http://",
          "https://",
          "www.",
          "**",
          "-end-",
          "--end--",
          "qq音乐",
          "网易云音乐",
          "酷狗音乐",
          "纯享版");

  private final LyricsLines lines;
  private final String title;
  private final Tally tally;

  private Credits(LyricsLines lines, String title, Tally tally) {
    this.lines = lines;
    this.title = Folding.fold(title.strip());
    this.tally = tally;
  }

  private enum Form {
    CREDIT,
    PAGE,
    /** Counts only if one of the above follows. */
    HEADING,
    /** Counts only between two of them. */
    PERHAPS,
    SUNG
  }

  static void mark(LyricsLines lines, String title, Tally tally) {
    Credits credits = new Credits(lines, title, tally);
    int count = lines.lines().size();
    int first = credits.block(0, 1, count);
    credits.block(count - 1, -1, count - first);
  }

  /** Marks the block of credits from one end; how many lines it has, blank ones left out. */
  private int block(int start, int step, int most) {
    int credits = 0;
    int pending = 0;
    int length = 0;
    for (int i = start, seen = 0; seen < most && pending <= MAX_PENDING; i += step, seen++) {
      LyricsLines.Line line = lines.lines().get(i);
      if (!lines.hasWords(line)) {
        continue;
      }
      Form form = form(line, step > 0);
      if (form == Form.SUNG || (form == Form.PERHAPS && credits == 0)) {
        break;
      }
      pending++;
      if (form == Form.CREDIT || form == Form.PAGE) {
        markBack(i, step, pending, form);
        credits++;
        pending = 0;
        length = seen + 1;
      }
    }
    return length;
  }

  /** Marks a credit and the lines of the same form before it. */
  private void markBack(int index, int step, int number, Form form) {
    int left = number;
    for (int i = index; left > 0; i -= step) {
      LyricsLines.Line line = lines.lines().get(i);
      if (lines.hasWords(line)) {
        lines.blank(line);
        tally.add(form == Form.PAGE ? CleaningKind.PAGE_TEXT : CleaningKind.CREDIT_LINE);
        left--;
      }
    }
  }

  private Form form(LyricsLines.Line line, boolean atHead) {
    if (line.length() > LyricsLines.MAX_MARK) {
      return Form.SUNG;
    }
    String text = lines.text(line);
    String folded = Folding.fold(text);
    if (atHead) {
      Form heading = heading(folded);
      if (heading != Form.SUNG) {
        return heading;
      }
    }
    for (String notice : NOTICES) {
      if (folded.startsWith(notice)) {
        return Form.PAGE;
      }
    }
    int colon = folded.indexOf(':');
    if (colon > 0 && colon <= MAX_LABEL) {
      String names = text.substring(colon + 1).strip();
      if (isLabel(folded.substring(0, colon))) {
        return names.length() <= MAX_NAMES && !isSentence(names) ? Form.CREDIT : Form.SUNG;
      }
      return isLabelForm(folded.substring(0, colon), names) ? Form.PERHAPS : Form.SUNG;
    }
    return isCreditWithoutColon(text, folded) ? Form.CREDIT : Form.SUNG;
  }

  /** "TITLE - ARTIST" is a heading if credits follow, "TITLE Lyrics" always. */
  private Form heading(String folded) {
    int contributors = folded.indexOf(" contributor");
    if (contributors > 0
        && folded.substring(0, contributors).chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Form.PAGE;
    }
    if (folded.equals("lyrics") || folded.equals("歌词") || folded.equals("歌詞")) {
      return Form.PAGE;
    }
    if (title.isEmpty() || !folded.startsWith(title)) {
      return Form.SUNG;
    }
    String rest = folded.substring(title.length()).strip();
    if (rest.equals("lyrics") || rest.equals("歌词") || rest.equals("歌詞")) {
      return Form.PAGE;
    }
    boolean dash = !rest.isEmpty() && "-–—/|".indexOf(rest.charAt(0)) >= 0;
    return dash ? Form.HEADING : Form.SUNG;
  }

  /** Whether parts of labels, at least one of them a stem, make up the whole text. */
  static boolean isLabel(String folded) {
    String letters = Folding.letters(folded);
    int length = letters.length();
    if (length == 0 || length > MAX_LABEL) {
      return false;
    }
    // Bit 0: parts lead here; bit 1: with a stem among them.
    int[] reached = new int[length + 1];
    reached[0] = 1;
    for (int from = 0; from < length; from++) {
      for (int to = from + 1; reached[from] > 0 && to <= Math.min(length, from + 14); to++) {
        String part = letters.substring(from, to);
        if (STEMS.contains(part)) {
          reached[to] |= 2;
        }
        if (ADDITIONS.contains(part)) {
          reached[to] |= reached[from];
        }
      }
    }
    return (reached[length] & 2) != 0;
  }

  /** A short label and names, neither of them a sentence: anybody's credit, or a sung line. */
  private static boolean isLabelForm(String label, String names) {
    String letters = Folding.letters(label);
    if (letters.isEmpty() || letters.length() > 16 || names.isEmpty() || names.length() > 60) {
      return false;
    }
    boolean said = "说說道问問叫喊想".indexOf(letters.charAt(letters.length() - 1)) >= 0;
    return !said && names.chars().noneMatch(c -> "，。！？；!?;…".indexOf(c) >= 0);
  }

  private static boolean isCreditWithoutColon(String text, String folded) {
    for (String link : List.of(" by ", " to ")) { // "Written by", "Special thanks to"
      int at = folded.indexOf(link);
      if (at > 0 && at <= MAX_LABEL && isLabel(folded.substring(0, at + 3))) {
        String names = text.substring(at + 4).strip();
        // who submits has a user name
        return areNames(names)
            || (folded.startsWith("submitted") && !names.isEmpty() && names.indexOf(' ') < 0);
      }
    }
    int dash = dash(folded);
    if (dash > 1 && isLabel(folded.substring(0, dash))) {
      return areNames(text.substring(dash + 1));
    }
    int space = folded.indexOf(' ');
    return space > 0
        && folded.length() <= 40
        && BARE.contains(Folding.letters(folded.substring(0, space)))
        && folded.chars().noneMatch(c -> ",。，！？!?".indexOf(c) >= 0);
  }

  /** Where a dash before a space stands, as in "Singer - Jane Doe"; -1 if it is no short label. */
  private static int dash(String folded) {
    for (int i = 2; i < Math.min(folded.length() - 1, MAX_LABEL); i++) {
      if ("-–—".indexOf(folded.charAt(i)) >= 0 && folded.charAt(i + 1) == ' ') {
        return i;
      }
    }
    return -1;
  }

  /** Longer than a list of names; see the bounds. */
  private static boolean isSentence(String names) {
    int all = 0;
    int small = 0;
    int words = 0; // since the last sign or word between names
    int characters = 0;
    for (String word : spaced(names).split(" +")) {
      boolean between = word.equals("and") || (word.length() == 1 && BETWEEN_NAMES.contains(word));
      words = between ? 0 : words + 1;
      characters =
          between ? 0 : characters + (int) word.codePoints().filter(Credits::isWide).count();
      if (words > MAX_NAME_WORDS || characters > MAX_NAME_CHARACTERS) {
        return true;
      }
      boolean isWord = !word.isEmpty() && Character.isLetter(word.charAt(0));
      all += isWord ? 1 : 0;
      small += isWord && Character.isLowerCase(word.charAt(0)) ? 1 : 0;
    }
    return all > MAX_SMALL_WORDS && 2 * small > all;
  }

  /** With each sign between names as a word of its own. */
  private static String spaced(String names) {
    StringBuilder spaced = new StringBuilder();
    for (int i = 0; i < names.length(); i++) {
      char c = names.charAt(i);
      if (BETWEEN_NAMES.indexOf(c) >= 0) {
        spaced.append(' ').append(c).append(' ');
      } else {
        spaced.append(Character.isWhitespace(c) || Character.isSpaceChar(c) ? ' ' : c);
      }
    }
    return spaced.toString().strip();
  }

  private static boolean isWide(int character) {
    return Character.isIdeographic(character)
        || (character >= '\u3040' && character <= '\u30FF')
        || (character >= '\uAC00' && character <= '\uD7A3');
  }

  /** Names in Latin letters begin with capitals: "Jane Doe and J. Roe", not "the hand of God". */
  private static boolean areNames(String text) {
    String names = text.strip();
    if (names.isEmpty() || names.length() > MAX_NAMES || isSentence(names)) {
      return false;
    }
    for (String word : names.split(" +")) {
      char first = word.charAt(0);
      if (Character.isLowerCase(first) && !SMALL_WORDS.contains(word)) {
        return false;
      }
    }
    return true;
  }
}
