package org.seesong.keyword;

import java.util.Set;

/**
 * Makes the forms of an English word one: {@code Ocean's} and {@code oceans} become {@code ocean}.
 *
 * <p>Works on folded text. Possessives and apostrophes go, then plurals, by Lucene's minimal
 * stemmer and a few rules and words that it lacks. Chinese and all other text stays as it is.
 */
final class EnglishWords {
  private static final Set<String> UNCHANGED =
      Set.of(
          "alas",
          "always",
          "as",
          "bus",
          "canvas",
          "christmas",
          "chaos",
          "does",
          "gas",
          "goes",
          "has",
          "his",
          "is",
          "its",
          "jesus",
          "kansas",
          "las",
          "lens",
          "los",
          "mars",
          "news",
          "paris",
          "perhaps",
          "series",
          "shoes",
          "species",
          "texas",
          "this",
          "venus",
          "was",
          "yes");

  private EnglishWords() {}

  /** Whether a character belongs to a word that is told from its neighbours by spaces. */
  static boolean isWordCharacter(char c) {
    if (c < 0x80) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    }
    return c < 0x1100 && Character.isLetterOrDigit(c);
  }

  private static boolean isApostrophe(char c) {
    return c == '\'' || c == '\u2019' || c == '\u2018' || c == '\u02BC';
  }

  /** The folded text with each such word in its one form; runs of spaces become one. */
  static String normalise(String folded) {
    int i = 0;
    while (i < folded.length() && !isWordCharacter(folded.charAt(i)) && folded.charAt(i) != ' ') {
      i++;
    }
    if (i == folded.length()) {
      return folded;
    }
    StringBuilder text = new StringBuilder(folded.length());
    text.append(folded, 0, i);
    while (i < folded.length()) {
      char c = folded.charAt(i);
      if (isWordCharacter(c)) {
        int end = wordEnd(folded, i);
        text.append(word(folded.substring(i, end)));
        i = end;
      } else {
        boolean second = c == ' ' && text.length() > 0 && text.charAt(text.length() - 1) == ' ';
        if (!second) {
          text.append(c);
        }
        i++;
      }
    }
    return text.toString();
  }

  /** Where the word that starts here ends; apostrophes inside belong to it. */
  static int wordEnd(CharSequence text, int start) {
    int end = start;
    while (end < text.length()) {
      boolean inside =
          isWordCharacter(text.charAt(end))
              || (isApostrophe(text.charAt(end))
                  && end + 1 < text.length()
                  && isWordCharacter(text.charAt(end + 1)));
      if (!inside) {
        break;
      }
      end++;
    }
    return end;
  }

  /** The one form of a word; of that form, the same again. */
  static String word(String written) {
    String word = written;
    int length = word.length();
    if (length > 2 && isApostrophe(word.charAt(length - 2)) && word.charAt(length - 1) == 's') {
      word = word.substring(0, length - 2);
    }
    word = word.replaceAll("['\u2019\u2018\u02BC]", "");
    String before;
    do {
      before = word;
      word = singular(word);
    } while (!word.equals(before));
    return word;
  }

  private static String singular(String word) {
    int length = word.length();
    if (length < 4 || word.charAt(length - 1) != 's' || UNCHANGED.contains(word)) {
      return word;
    }
    if (word.endsWith("sses")
        || word.endsWith("xes")
        || word.endsWith("ches")
        || word.endsWith("shes")) {
      return word.substring(0, length - 2);
    }
    return weakStem(word);
  }

  /** Takes the s of a plural away (Harman, How Effective is Suffixing?, JASIS 1991, table 1). */
  private static String weakStem(String word) {
    int length = word.length();
    char before = word.charAt(length - 2);
    char third = word.charAt(length - 3);
    if (before == 'u' || before == 's') {
      return word;
    }
    if (before == 'e' && third == 'i') {
      char fourth = word.charAt(length - 4);
      return fourth == 'a' || fourth == 'e' ? word : word.substring(0, length - 3) + "y";
    }
    if (before == 'e' && (third == 'a' || third == 'o' || third == 'e')) {
      return word;
    }
    return word.substring(0, length - 1);
  }
}
