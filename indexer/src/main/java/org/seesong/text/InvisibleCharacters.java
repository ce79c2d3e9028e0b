package org.seesong.text;

/**
 * Characters that show nothing of themselves and that no two ways of writing a word should differ
 * by: variation selectors, soft hyphens, zero-width spaces and joiners, byte order marks, marks of
 * direction.
 *
 * <p>A zero-width joiner stays between two symbols (a family emoji is one sign) and, like the
 * non-joiner, between two letters of a script that joins (Arabic, Indic).
 */
public final class InvisibleCharacters {
  private static final char NON_JOINER = '\u200C';
  private static final char JOINER = '\u200D';
  private static final char EMOJI_STYLE = '\uFE0F';

  private InvisibleCharacters() {}

  /**
   * Removes them.
   *
   * @param text any text
   * @return the text without; the same object if it has none
   */
  public static String remove(String text) {
    int first = 0;
    while (first < text.length() && !isInvisible(text.charAt(first))) {
      first++;
    }
    if (first == text.length()) {
      return text;
    }
    StringBuilder kept = new StringBuilder(text.length());
    kept.append(text, 0, first);
    for (int i = first; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isInvisible(c) || (isJoiner(c) && joins(kept, c, text, i + 1))) {
        kept.append(c);
      }
    }
    return kept.toString();
  }

  /** Those that have no effect at all on what is shown. */
  static boolean isBlankOfWidthZero(char c) {
    return c == '\u00AD' || c == '\u200B' || c == '\u2060' || c == '\uFEFF' || c == '\u180E';
  }

  private static boolean isInvisible(char c) {
    return c >= '\u00AD'
        && (isBlankOfWidthZero(c)
            || isJoiner(c)
            || (c >= '\uFE00' && c <= EMOJI_STYLE)
            || c == '\u061C'
            || c == '\u200E'
            || c == '\u200F'
            || (c >= '\u202A' && c <= '\u202E')
            || (c >= '\u2061' && c <= '\u2064')
            || (c >= '\u2066' && c <= '\u206F'));
  }

  private static boolean isJoiner(char c) {
    return c == NON_JOINER || c == JOINER;
  }

  private static boolean joins(StringBuilder before, char joiner, String text, int next) {
    if (before.length() == 0 || next >= text.length()) {
      return false;
    }
    int left = before.codePointBefore(before.length());
    int right = text.codePointAt(next);
    boolean symbols = joiner == JOINER && isSymbol(left) && isSymbol(right);
    return symbols || (isOfJoiningScript(left) && isOfJoiningScript(right));
  }

  /** Emoji, with their skin tones and signs such as those of gender. */
  private static boolean isSymbol(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.OTHER_SYMBOL || type == Character.MODIFIER_SYMBOL;
  }

  private static boolean isOfJoiningScript(int codePoint) {
    if (codePoint < 0x600) {
      return false;
    }
    return switch (Character.UnicodeScript.of(codePoint)) {
      case ARABIC,
          SYRIAC,
          MONGOLIAN,
          NKO,
          DEVANAGARI,
          BENGALI,
          GURMUKHI,
          GUJARATI,
          ORIYA,
          TAMIL,
          TELUGU,
          KANNADA,
          MALAYALAM,
          SINHALA,
          MYANMAR,
          KHMER ->
          true;
      default -> false;
    };
  }
}
