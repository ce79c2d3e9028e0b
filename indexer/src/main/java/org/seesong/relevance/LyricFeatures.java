package org.seesong.relevance;

/**
 * How a song's lyrics hold a keyword, as features of {@link RelevanceModel}:
 *
 * <ol start="0">
 *   <li>ln(1 + occurrences)
 *   <li>1 if the title holds the keyword, else 0
 *   <li>ln(1 + length), length in words, a Chinese character counted as one
 *   <li>where the first occurrence is, as a share of the lyrics
 *   <li>how much of the lyrics follows the last occurrence, as a share
 * </ol>
 */
public final class LyricFeatures {
  private LyricFeatures() {}

  /**
   * The features of a song.
   *
   * @param count occurrences in the lyrics, at least 1
   * @param inTitle whether the title holds the keyword
   * @param length words of the lyrics
   * @param before share of the lyrics before the first occurrence, 0 to 1
   * @param after share of the lyrics after the last occurrence, 0 to 1
   */
  public static double[] of(int count, boolean inTitle, int length, double before, double after) {
    return new double[] {Math.log1p(count), inTitle ? 1 : 0, Math.log1p(length), before, after};
  }

  /** Words that begin in a text from a position on; a Chinese character is a word. */
  public static int words(String text, int from) {
    int words = 0;
    boolean inWord = false;
    for (int at = from; at < text.length(); ) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      boolean letter = Character.isLetterOrDigit(c) || c == '\'';
      boolean chinese = Character.isIdeographic(c);
      words += chinese || (letter && !inWord) ? 1 : 0;
      inWord = letter && !chinese;
    }
    return words;
  }
}
