package org.seesong.keyword;

import java.util.BitSet;

/**
 * Where a piece of text stands alone as a word: the one rule by which keywords are counted, lines
 * of lyrics are shown and judges find words.
 *
 * <p>Scripts that put spaces between words (Latin with Vietnamese and all accents, Cyrillic, Greek,
 * Arabic, ...) have whole words only: {@code art} is not in {@code start}, nor мир in мирный.
 * Chinese, kana, Hangul (whose particles are written together with nouns) and the scripts of
 * South-East Asia have words inside longer ones. A combining mark belongs to its letter. Which
 * Chinese compounds do not count is up to {@link NonCompositionalWords}.
 */
final class WordRule {
  /**
   * Version of the rules by which words are read, of {@link EnglishWords} too. Raised when they
   * change, so that nothing is added to an index whose words were read by others.
   */
  static final int VERSION = 2;

  /** Letters and digits of scripts that put spaces between words. */
  private static final BitSet SPACED = spacedLetters();

  /** Combining marks, but for those that only choose how a character looks. */
  private static final BitSet MARKS = marks();

  /** Marks on one letter; more are decoration, and looking past them all would cost time. */
  private static final int MAX_MARKS = 16;

  private WordRule() {}

  private static BitSet spacedLetters() {
    BitSet letters = new BitSet(Character.MAX_VALUE + 1);
    for (char c = 0; c < Character.MAX_VALUE; c++) {
      letters.set(c, Character.isLetterOrDigit(c) && isSpaced(c));
    }
    return letters;
  }

  private static boolean isSpaced(char c) {
    if (c >= '\u3000' && c <= '\u33FF') {
      return false; // marks of kana, such as the one of a long vowel, are of no script
    }
    return switch (Character.UnicodeScript.of(c)) {
      case HAN,
          HIRAGANA,
          KATAKANA,
          HANGUL,
          BOPOMOFO,
          YI,
          THAI,
          LAO,
          KHMER,
          MYANMAR,
          TIBETAN,
          JAVANESE,
          BALINESE ->
          false;
      default -> true;
    };
  }

  private static BitSet marks() {
    BitSet marks = new BitSet(Character.MAX_VALUE + 1);
    for (char c = 0; c < Character.MAX_VALUE; c++) {
      boolean selector = c >= '\uFE00' && c <= '\uFE0F';
      int type = Character.getType(c);
      marks.set(
          c,
          !selector
              && (type == Character.NON_SPACING_MARK
                  || type == Character.COMBINING_SPACING_MARK
                  || type == Character.ENCLOSING_MARK));
    }
    return marks;
  }

  /** Whether a letter belongs to a word that is told from its neighbours by spaces. */
  static boolean isSpacedLetter(char c) {
    return SPACED.get(c);
  }

  /** Whether a character that follows one of a spaced word belongs to the word as well. */
  static boolean continuesWord(char c) {
    return SPACED.get(c) || MARKS.get(c);
  }

  /** Whether a character is part of such a word: a letter, or a mark on one. */
  private static boolean isInSpacedWord(CharSequence text, int at) {
    int letter = at;
    while (letter > Math.max(0, at - MAX_MARKS) && MARKS.get(text.charAt(letter))) {
      letter--;
    }
    return SPACED.get(text.charAt(letter));
  }

  /** Whether a piece of text neither cuts a spaced word in two nor a letter from its mark. */
  static boolean standsAlone(CharSequence text, int start, int end) {
    return isEdge(text, start) && isEdge(text, end);
  }

  private static boolean isEdge(CharSequence text, int at) {
    if (at <= 0 || at >= text.length()) {
      return true;
    }
    if (MARKS.get(text.charAt(at))) {
      return !Character.isLetterOrDigit(text.charAt(at - 1)) && !MARKS.get(text.charAt(at - 1));
    }
    return !(SPACED.get(text.charAt(at)) && isInSpacedWord(text, at - 1));
  }
}
