package org.seesong.relevance;

import java.util.Map;

/**
 * How a song's lyrics hold a keyword, as features of {@link RelevanceModel}:
 *
 * <ol start="0">
 *   <li>ln(1 + occurrences)
 *   <li>ln(1 + free occurrences), that is outside longer words by {@link CharacterPairs}
 *   <li>1 if the title holds the keyword, else 0
 *   <li>ln(1 + length), length in words, a Chinese character counted as one
 *   <li>density of occurrences, 100 n / (30 + length)
 *   <li>density of free occurrences
 *   <li>words before the first occurrence as a share of the length
 *   <li>words after the last occurrence as a share of the length
 * </ol>
 */
final class LyricFeatures {
  static final int COUNT = 8;

  private static final double K1 = 1.2;
  private static final double B = .75;

  /** Weight of all occurrences beside free ones in the choice of candidates. */
  private static final double BOUND = .15;

  private LyricFeatures() {}

  /**
   * Where a song holds a keyword.
   *
   * @param lyrics sung words in the form in which words compare
   * @param positions where the keyword occurs in {@code lyrics}, ascending, not empty
   * @param keywordLength characters of the keyword
   * @param inTitle whether the title holds it
   */
  record Occurrences(String lyrics, int[] positions, int keywordLength, boolean inTitle) {}

  static double[] of(Occurrences song, Map<String, Double> associated) {
    int length = words(song.lyrics(), 0, song.lyrics().length());
    int count = song.positions().length;
    int free = free(song, associated);
    int last = song.positions()[count - 1];
    return new double[] {
      Math.log1p(count),
      Math.log1p(free),
      song.inTitle() ? 1 : 0,
      Math.log1p(length),
      100.0 * count / (30 + length),
      100.0 * free / (30 + length),
      (double) words(song.lyrics(), 0, song.positions()[0]) / Math.max(1, length),
      (double) words(song.lyrics(), last, song.lyrics().length()) / Math.max(1, length)
    };
  }

  /**
   * Rank of a song among those that hold the keyword: BM25 of free occurrences (Robertson and
   * Zaragoza, The Probabilistic Relevance Framework, 2009) without the keyword's own rarity.
   */
  static double score(double[] features, double meanLength) {
    double length = Math.expm1(features[3]);
    double free = Math.expm1(features[1]);
    double all = Math.expm1(features[0]);
    return bm25(free, length / meanLength) + BOUND * bm25(all, length / meanLength);
  }

  private static double bm25(double count, double length) {
    return count * (K1 + 1) / (count + K1 * (1 - B + B * length));
  }

  private static int free(Occurrences song, Map<String, Double> associated) {
    int free = 0;
    for (int start : song.positions()) {
      int end = start + song.keywordLength();
      if (!associated.containsKey(pair(song.lyrics(), start))
          && !associated.containsKey(pair(song.lyrics(), end))) {
        free++;
      }
    }
    return free;
  }

  /** The two characters around a border; fewer at the text's ends. */
  private static String pair(String text, int border) {
    int from = border > 0 ? text.offsetByCodePoints(border, -1) : border;
    int to = border < text.length() ? text.offsetByCodePoints(border, 1) : border;
    return text.substring(from, to);
  }

  /** Words that begin in a part of a text; a Chinese character is a word. */
  static int words(String text, int from, int to) {
    int words = 0;
    boolean inWord = false;
    for (int at = from; at < to; ) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      boolean letter = Character.isLetterOrDigit(c) || c == '\'';
      if (Character.isIdeographic(c)) {
        words++;
        inWord = false;
      } else {
        words += letter && !inWord ? 1 : 0;
        inWord = letter;
      }
    }
    return words;
  }
}
