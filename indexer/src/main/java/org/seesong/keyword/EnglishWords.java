package org.seesong.keyword;

import java.util.HashMap;
import java.util.Map;

/**
 * Makes the forms of an English word one: {@code Ocean's} and {@code oceans} become {@code ocean}.
 *
 * <p>Works on folded text. Possessives and apostrophes go, then plurals, by rules and by a list of
 * the words that go their own way ({@code leaves}, {@code children}, {@code movies}) or only look
 * like plurals ({@code news}, {@code always}). Chinese and all other text stays as it is. Texts,
 * keywords, labels and the words of all lists go through the same function.
 */
final class EnglishWords {
  /** The one form by another one; words that stay as they are lead to themselves. */
  private static final Map<String, String> FORMS = readForms();

  private EnglishWords() {}

  private static Map<String, String> readForms() {
    Map<String, String> forms = new HashMap<>();
    for (WordFile.Entry entry : WordFile.builtIn("english-forms.txt")) {
      String[] nameAndWords = entry.text().split(": ", 2);
      for (String word : nameAndWords[1].split(" ")) {
        switch (nameAndWords[0]) {
          case "stay" -> forms.put(word, word);
          case "+s" -> forms.put(word + "s", word);
          case "+es" -> forms.put(word + "es", word);
          default -> forms.put(word, nameAndWords[0]);
        }
      }
    }
    return Map.copyOf(forms);
  }

  /** Whether a character belongs to a word that is told from its neighbours by spaces. */
  static boolean isWordCharacter(char c) {
    return WordRule.isSpacedLetter(c);
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
          WordRule.continuesWord(text.charAt(end))
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
    word = withoutApostrophes(word);
    String before;
    do {
      before = word;
      word = singular(word);
    } while (!word.equals(before));
    return word;
  }

  private static String withoutApostrophes(String word) {
    StringBuilder letters = new StringBuilder(word.length());
    for (int i = 0; i < word.length(); i++) {
      if (!isApostrophe(word.charAt(i))) {
        letters.append(word.charAt(i));
      }
    }
    return letters.length() == word.length() ? word : letters.toString();
  }

  /** Takes the ending of a plural away (Harman, How Effective is Suffixing?, JASIS 1991). */
  private static String singular(String word) {
    String form = FORMS.get(word);
    if (form != null) {
      return form;
    }
    int length = word.length();
    if (length < 4 || !word.endsWith("s") || word.endsWith("ss")) {
      return word;
    }
    if (word.endsWith("us") || word.endsWith("is")) {
      return word;
    }
    if (word.endsWith("ies")) {
      return isVowel(word.charAt(length - 4))
          ? word.substring(0, length - 1)
          : word.substring(0, length - 3) + "y";
    }
    boolean longEnding =
        word.endsWith("sses")
            || word.endsWith("xes")
            || word.endsWith("ches")
            || word.endsWith("shes")
            || word.endsWith("tzes")
            || word.endsWith("zzes")
            || (word.endsWith("oes") && !isVowel(word.charAt(length - 4)));
    return word.substring(0, length - (longEnding ? 2 : 1));
  }

  private static boolean isVowel(char c) {
    return "aeiou".indexOf(c) >= 0;
  }
}
