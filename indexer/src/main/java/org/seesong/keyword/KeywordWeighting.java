package org.seesong.keyword;

import java.util.Objects;

/**
 * How counts of keywords become weights; {@link KeywordRows} has the formulas.
 *
 * @param formula which of them
 * @param titleBoost how much a keyword in the title counts against one in the lyrics, 1 to 1000
 * @param k1 term-frequency saturation, above 0, at most 1000; {@link Formula#BM25} only
 * @param b length normalisation, 0 to 1; {@link Formula#BM25} only
 */
public record KeywordWeighting(Formula formula, double titleBoost, double k1, double b) {
  /** TF-IDF with titles doubled. */
  public static final KeywordWeighting TFIDF = new KeywordWeighting(Formula.TFIDF, 2, 1.2, 0.75);

  /** Okapi BM25 with titles doubled and Lucene's parameters. */
  public static final KeywordWeighting BM25 = new KeywordWeighting(Formula.BM25, 2, 1.2, 0.75);

  /** Relevance of the song to the keyword, as people grade it. */
  public static final KeywordWeighting RELEVANCE =
      new KeywordWeighting(Formula.RELEVANCE, 1, 1.2, 0.75);

  /** The formula of a weight. */
  public enum Formula {
    /** (1 + ln tf) * ln(1 + N / df), no length normalisation: songs differ little in length. */
    TFIDF,
    /** Okapi BM25. */
    BM25,
    /** {@link org.seesong.relevance.RelevanceModel}: the expected grade of the song, 0 to 1. */
    RELEVANCE
  }

  public KeywordWeighting {
    Objects.requireNonNull(formula, "formula");
    check(titleBoost >= 1 && titleBoost <= 1000, "titleBoost", "from 1 to 1000", titleBoost);
    check(k1 > 0 && k1 <= 1000, "k1", "above 0 and at most 1000", k1);
    check(b >= 0 && b <= 1, "b", "from 0 to 1", b);
  }

  /** Here and not in {@link KeywordOptions}, whose constants need this class. */
  static void check(boolean holds, String name, String rule, Number value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + rule + "; got: " + value);
    }
  }

  /**
   * Weight of a keyword in a song; a keyword that no song held counts as if one had.
   *
   * @param inLyrics occurrences in the lyrics
   * @param inTitle occurrences in the title; at least 1 with those in the lyrics
   * @param songs all songs
   * @param documents songs that hold the keyword
   * @param length letters of the song as a multiple of the mean
   * @throws IllegalStateException if the formula is of relevance, which counts do not tell
   */
  public float weight(int inLyrics, int inTitle, int songs, int documents, double length) {
    double frequency = inLyrics + titleBoost * inTitle;
    int held = Math.max(1, documents);
    double weight =
        switch (formula) {
          case TFIDF -> (1 + Math.log(frequency)) * Math.log1p((double) songs / held);
          case BM25 -> {
            double norm = k1 * (1 - b + b * length);
            double rarity = Math.log1p((songs - held + 0.5) / (held + 0.5));
            yield rarity * frequency * (k1 + 1) / (frequency + norm);
          }
          case RELEVANCE -> throw new IllegalStateException("relevance is no formula of counts");
        };
    return (float) weight;
  }

  String describe() {
    return switch (formula) {
      case TFIDF -> "title=" + titleBoost + " tfidf";
      case BM25 -> "title=" + titleBoost + " bm25 k1=" + k1 + " b=" + b;
      case RELEVANCE -> "relevance";
    };
  }
}
