package org.seesong.text;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads lyrics files' markup: LRC tags go, HTML becomes plain text, escaped and other line ends
 * become line feeds.
 *
 * <p>Copies the text character by character. A character that may end a tag makes it look back, at
 * most {@value #MAX_TAG} characters, for the whole tag in what was copied, and take it away. So a
 * tag that appears once an inner one is gone is found too (as in HTML that was escaped twice), the
 * result holds none any more, and reading it again changes nothing.
 *
 * <p>Comments, scripts and style sheets go with what is in them, which their end takes away; one
 * that never ends leaves its content.
 */
final class MarkupReader {
  private static final int MAX_TAG = 256;
  private static final int NONE = -1;

  static final Set<String> HEAD_TAGS =
      Set.of(
          "#",
          "ti",
          "ar",
          "al",
          "au",
          "by",
          "lr",
          "offset",
          "length",
          "re",
          "ve",
          "tool",
          "id",
          "hash",
          "sign",
          "total",
          "qq",
          "kana",
          "key",
          "la",
          "encoding",
          "language");

  private static final Set<String> BREAKS = Set.of("br");

  static final Set<String> BLOCKS =
      Set.of(
          "p",
          "div",
          "li",
          "ul",
          "ol",
          "tr",
          "table",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "hr",
          "blockquote",
          "center",
          "pre",
          "section",
          "article",
          "body",
          "html");

  static final Set<String> INLINE =
      Set.of(
          "a", "b", "i", "u", "s", "em", "strong", "span", "font", "small", "big", "sub", "sup",
          "img", "td", "th", "code", "iframe", "ins", "del", "mark", "cite", "wbr", "label",
          "button", "nobr", "tt", "strike", "ruby", "rt", "rp", "rb");

  private final StringBuilder out;
  private final Tally tally;
  private int lineStart;
  private boolean tagInLine;

  /** Where the first character of the line that is no space stands. */
  private int ink = NONE;

  /** Where the text ends if a break tag was read last, so that a line end behind it adds none. */
  private int afterBreak = NONE;

  /** The same for an escaped carriage return. */
  private int afterReturn = NONE;

  /** Where a line's comment begins that is no tag but the rest of the line: {@code [:]}. */
  private int lineComment = NONE;

  private final Region comment = new Region();

  /** By the name of the tag. */
  private final Map<String, Region> hidden = Map.of("script", new Region(), "style", new Region());

  /** Where something begins that goes with its content, if it has begun, and what was there. */
  private static final class Region {
    private int start = NONE;
    private int lineStart;
    private int ink;
  }

  private MarkupReader(int length, Tally tally) {
    this.out = new StringBuilder(length + 16);
    this.tally = tally;
  }

  static String read(String text, Tally tally) {
    return text.chars().anyMatch(MarkupReader::mayChange) ? copy(text, tally) : text;
  }

  /** Whether a character ends a tag, begins an escape or is never copied. */
  private static boolean mayChange(int c) {
    return c == ']'
        || c == '>'
        || c == ';'
        || c == '\\'
        || (c != '\n' && isLineEnd(c))
        || InvisibleCharacters.isBlankOfWidthZero((char) c);
  }

  private static String copy(String text, Tally tally) {
    MarkupReader reader = new MarkupReader(text.length(), tally);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
        continue;
      }
      if (isLineEnd(c)) {
        reader.writtenLineEnd();
      } else {
        reader.append(c);
      }
    }
    reader.endLine();
    return reader.out.toString();
  }

  private static boolean isLineEnd(int c) {
    return (c >= '\n' && c <= '\r') || c == '\u0085' || c == '\u2028' || c == '\u2029';
  }

  private void writtenLineEnd() {
    if (afterBreak != out.length()) {
      lineEnd();
    }
    afterBreak = NONE;
  }

  private void lineEnd() {
    if (!endLine()) {
      out.append('\n');
    }
    lineStart = out.length();
    ink = NONE;
  }

  /** Takes away a line that was nothing but tags; whether it was. */
  private boolean endLine() {
    if (lineComment != NONE) {
      cut(lineComment);
      lineComment = NONE;
    }
    boolean onlyTags = tagInLine && ink == NONE;
    if (onlyTags) {
      cut(lineStart);
    }
    tagInLine = false;
    return onlyTags;
  }

  private void cut(int length) {
    out.setLength(length);
    ink = ink >= length ? NONE : ink;
    afterBreak = afterBreak > length ? NONE : afterBreak;
    afterReturn = afterReturn > length ? NONE : afterReturn;
    lineComment = Math.min(lineComment, length);
    comment.start = comment.start >= length ? NONE : comment.start; // its opening sign is gone
    for (Region region : hidden.values()) {
      region.start = Math.min(region.start, length);
    }
  }

  /** From here on, unless it has begun already. */
  private void begin(Region region, int start) {
    if (region.start == NONE) {
      region.start = start;
      region.lineStart = lineStart;
      region.ink = ink;
    }
  }

  /** Takes away a region with its content, and puts the reader back to where it began. */
  private void end(Region region) {
    int start = region.start;
    region.start = NONE;
    lineStart = Math.min(region.lineStart, start);
    ink = region.ink;
    lineComment = NONE;
    remove(start, CleaningKind.MARKUP);
  }

  /** Appends a character, and what takes its place if it ends an entity. */
  private void append(int character) {
    int next = character;
    while (next != NONE) {
      next = appendOne(next);
    }
  }

  private int appendOne(int character) {
    if (isLineEnd(character)) {
      lineEnd();
      return NONE;
    }
    if (character <= 0xFFFF && InvisibleCharacters.isBlankOfWidthZero((char) character)) {
      tally.add(CleaningKind.INVISIBLE);
      return NONE;
    }
    boolean escaped = out.length() > lineStart && out.charAt(out.length() - 1) == '\\';
    if (escaped && isEscapable(character)) {
      return unescape(character);
    }
    if (ink == NONE && !Character.isWhitespace(character)) {
      ink = out.length();
    }
    out.appendCodePoint(character);
    switch (character) {
      case ';' -> {
        return entity();
      }
      case '>' -> angleTag();
      case '-' -> {
        if (endsWith("<!--")) {
          begin(comment, out.length() - 4);
        }
      }
      case ']' -> squareTag();
      default -> {}
    }
    return NONE;
  }

  private boolean endsWith(String sign) {
    int start = out.length() - sign.length();
    return start >= lineStart && out.indexOf(sign, start) == start;
  }

  private static boolean isEscapable(int c) {
    return c == 'n' || c == 'r' || c == 't' || c == '"' || c == '\'';
  }

  /** Takes the backslashes away; what stands for the escape. */
  private int unescape(int character) {
    int length = out.length();
    while (length > lineStart && out.charAt(length - 1) == '\\') {
      length--;
    }
    cut(length);
    tally.add(CleaningKind.ESCAPE);
    if (character == 't') {
      return ' ';
    }
    if (character == '"' || character == '\'') {
      return character;
    }
    if (character == 'r' || afterReturn != out.length()) {
      lineEnd();
    }
    afterReturn = character == 'r' ? out.length() : NONE;
    return NONE;
  }

  /** Where the last tag with this opening character starts, if nothing of its kind closed since. */
  private int start(char opening, char closing) {
    int stop = Math.max(lineStart, out.length() - MAX_TAG);
    for (int i = out.length() - 2; i >= stop; i--) {
      char c = out.charAt(i);
      if (c == opening) {
        return i;
      }
      if (c == closing) {
        return NONE;
      }
    }
    return NONE;
  }

  private int entity() {
    int start = start('&', ';');
    if (start == NONE) {
      return NONE;
    }
    int character = Entities.character(out.substring(start + 1, out.length() - 1));
    if (character == NONE) {
      return NONE;
    }
    cut(start);
    tally.add(CleaningKind.MARKUP);
    return character;
  }

  private void squareTag() {
    int start = start('[', ']');
    if (start == NONE) {
      return;
    }
    String inside = out.substring(start + 1, out.length() - 1);
    if (isTime(inside)) {
      remove(start, CleaningKind.TIME_TAG);
    } else if (inside.equals(":") && start == ink) {
      remove(start, CleaningKind.HEAD_TAG);
      lineComment = start;
    } else {
      int colon = inside.indexOf(':');
      if (colon > 0
          && start == ink
          && HEAD_TAGS.contains(lower(inside.substring(0, colon).strip()))) {
        remove(start, CleaningKind.HEAD_TAG);
      }
    }
  }

  private void angleTag() {
    if (comment.start != NONE && endsWith("-->")) {
      end(comment);
      return;
    }
    int start = start('<', '>');
    if (start == NONE) {
      return;
    }
    String inside = out.substring(start + 1, out.length() - 1);
    if (isTime(inside)) {
      remove(start, CleaningKind.TIME_TAG);
      return;
    }
    String name = tagName(inside);
    Region region = hidden.get(name);
    if (region != null) {
      remove(start, CleaningKind.MARKUP);
      if (!inside.startsWith("/")) {
        begin(region, start);
      } else if (region.start != NONE) {
        end(region);
      }
    } else if (BREAKS.contains(name)) {
      cut(start);
      tally.add(CleaningKind.MARKUP);
      lineEnd();
      afterBreak = out.length();
    } else if (BLOCKS.contains(name)) {
      remove(start, CleaningKind.MARKUP);
      if (ink != NONE) {
        lineEnd();
        afterBreak = out.length();
      }
    } else if (INLINE.contains(name)) {
      remove(start, CleaningKind.MARKUP);
    }
  }

  private void remove(int start, CleaningKind kind) {
    cut(start);
    tagInLine = true;
    tally.add(kind);
  }

  /** The name in {@code br /}, {@code /p} or {@code a href="..."}; "" if it is no tag. */
  private static String tagName(String inside) {
    int from = inside.startsWith("/") ? 1 : 0;
    int to = from;
    while (to < inside.length() && to - from < 11 && isAsciiLetterOrDigit(inside.charAt(to))) {
      to++;
    }
    boolean ends = to == inside.length() || inside.charAt(to) == ' ' || inside.charAt(to) == '/';
    return ends ? lower(inside.substring(from, to)) : "";
  }

  private static boolean isAsciiLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Numbers with a colon or comma between, such as 00:12.34, 1:02:03 or 1200,340. */
  private static boolean isTime(String inside) {
    int length = inside.length();
    if (length < 3 || length > 24 || !isDigit(inside.charAt(length - 1))) {
      return false;
    }
    boolean separated = false;
    for (int i = 0; i < length; i++) {
      char c = inside.charAt(i);
      boolean inner = i > 0 && isDigit(inside.charAt(i - 1));
      if ((c == ':' || c == ',') && inner) {
        separated = true;
      } else if (!isDigit(c) && !(c == '.' && inner) && !(i == 0 && (c == '-' || c == '+'))) {
        return false;
      }
    }
    return separated;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
