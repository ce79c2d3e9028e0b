package org.seesong.keyword;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * How keywords are chosen and weighed.
 *
 * @param keywords how many to choose; those that pictures name count and are taken first, all of
 *     them even if they are more
 * @param minDocuments songs that must hold a chosen keyword, at least 1
 * @param maxDocumentShare share of all songs that may hold a chosen keyword, above 0, at most 1
 * @param minLength characters of a chosen keyword, at least 1; Chinese songs of old live on words
 *     of one
 * @param partsOfSpeech the segmenter's tags of words that may be chosen; words without a tag may
 * @param titleBoost how much a keyword in the title counts against one in the lyrics, at least 1
 * @param weighting how counts become weights
 * @param bm25K1 how soon more of a keyword adds no more, above 0; used by {@link Weighting#BM25}
 * @param bm25B how much long lyrics are held down, 0 to 1; used by {@link Weighting#BM25}
 * @param maxSongsPerTitle a part of Chinese titles that more songs share may be the name of a tune,
 *     which is not read as words, see {@link TuneNames}; at least 1
 * @param maxTitleShare share of all songs that must share it besides, 0 to 1; 1 reads all titles
 * @param threads threads to use; 0 for one a processor. The result does not depend on it
 */
public record KeywordOptions(
    int keywords,
    int minDocuments,
    double maxDocumentShare,
    int minLength,
    Set<String> partsOfSpeech,
    double titleBoost,
    Weighting weighting,
    double bm25K1,
    double bm25B,
    int maxSongsPerTitle,
    double maxTitleShare,
    int threads) {
  /** Keywords of the paper. */
  public static final int DEFAULT_KEYWORDS = 72;

  /** Songs that may share a part of a title in any catalogue. */
  public static final int DEFAULT_MAX_SONGS_PER_TITLE = 50;

  /**
   * Share of all songs that may share a part of a title: 50 of the 33,000 old songs by which 50 was
   * found, 1,500 of a million, of which some hundred may be called 雪.
   */
  public static final double DEFAULT_MAX_TITLE_SHARE = 0.0015;

  /** Nouns: common, single-character, names of people and places that double as nouns, other. */
  public static final Set<String> DEFAULT_PARTS_OF_SPEECH =
      Set.of("n", "ng", "nr", "ns", "nt", "nz", "s");

  /** How counts become weights; see {@link KeywordRows}. */
  public enum Weighting {
    /** (1 + ln tf) * ln(1 + N / df), no length normalisation: songs differ little in length. */
    TFIDF,
    /** Okapi BM25. */
    BM25
  }

  public KeywordOptions {
    partsOfSpeech = Set.copyOf(partsOfSpeech);
    check(keywords >= 0, "keywords", "at least 0", keywords);
    check(minDocuments >= 1, "minDocuments", "at least 1", minDocuments);
    check(
        maxDocumentShare > 0 && maxDocumentShare <= 1,
        "maxDocumentShare",
        "above 0 and at most 1",
        maxDocumentShare);
    check(minLength >= 1, "minLength", "at least 1", minLength);
    check(titleBoost >= 1 && titleBoost <= 1000, "titleBoost", "from 1 to 1000", titleBoost);
    java.util.Objects.requireNonNull(weighting, "weighting");
    check(bm25K1 > 0 && bm25K1 <= 1000, "bm25K1", "above 0 and at most 1000", bm25K1);
    check(bm25B >= 0 && bm25B <= 1, "bm25B", "from 0 to 1", bm25B);
    check(maxSongsPerTitle >= 1, "maxSongsPerTitle", "at least 1", maxSongsPerTitle);
    check(maxTitleShare >= 0 && maxTitleShare <= 1, "maxTitleShare", "from 0 to 1", maxTitleShare);
    check(threads >= 0 && threads <= 1024, "threads", "from 0 to 1024", threads);
  }

  private static void check(boolean holds, String name, String rule, Number value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + rule + "; got: " + value);
    }
  }

  /**
   * The defaults.
   *
   * @return 72 nouns, TF-IDF, titles doubled
   */
  public static KeywordOptions defaults() {
    return new KeywordOptions(
        DEFAULT_KEYWORDS,
        2,
        0.45,
        1,
        DEFAULT_PARTS_OF_SPEECH,
        2,
        Weighting.TFIDF,
        1.2,
        0.75,
        DEFAULT_MAX_SONGS_PER_TITLE,
        DEFAULT_MAX_TITLE_SHARE,
        0);
  }

  /**
   * The same options with another number of keywords.
   *
   * @param count how many to choose
   * @return the changed options
   */
  public KeywordOptions withKeywords(int count) {
    return new KeywordOptions(
        count,
        minDocuments,
        maxDocumentShare,
        minLength,
        partsOfSpeech,
        titleBoost,
        weighting,
        bm25K1,
        bm25B,
        maxSongsPerTitle,
        maxTitleShare,
        threads);
  }

  /**
   * The same options with other bounds on how many songs hold a chosen keyword.
   *
   * @param min songs at least
   * @param maxShare share of all songs at most
   * @return the changed options
   */
  public KeywordOptions withDocuments(int min, double maxShare) {
    return new KeywordOptions(
        keywords,
        min,
        maxShare,
        minLength,
        partsOfSpeech,
        titleBoost,
        weighting,
        bm25K1,
        bm25B,
        maxSongsPerTitle,
        maxTitleShare,
        threads);
  }

  /**
   * The same options with another weighting.
   *
   * @param other how counts become weights
   * @return the changed options
   */
  public KeywordOptions withWeighting(Weighting other) {
    return new KeywordOptions(
        keywords,
        minDocuments,
        maxDocumentShare,
        minLength,
        partsOfSpeech,
        titleBoost,
        other,
        bm25K1,
        bm25B,
        maxSongsPerTitle,
        maxTitleShare,
        threads);
  }

  /**
   * The same options with other bounds on how many songs share a part of a title that is read.
   *
   * @param songs songs that may share it in any catalogue
   * @param share share of all songs that may share it
   * @return the changed options
   */
  public KeywordOptions withSharedTitles(int songs, double share) {
    return new KeywordOptions(
        keywords,
        minDocuments,
        maxDocumentShare,
        minLength,
        partsOfSpeech,
        titleBoost,
        weighting,
        bm25K1,
        bm25B,
        songs,
        share,
        threads);
  }

  /**
   * The same options with another number of threads.
   *
   * @param count threads; 0 for one a processor
   * @return the changed options
   */
  public KeywordOptions withThreads(int count) {
    return new KeywordOptions(
        keywords,
        minDocuments,
        maxDocumentShare,
        minLength,
        partsOfSpeech,
        titleBoost,
        weighting,
        bm25K1,
        bm25B,
        maxSongsPerTitle,
        maxTitleShare,
        count);
  }

  /**
   * The options as text for an index to keep: the same options give the same text in every run, and
   * {@link #threads}, on which nothing depends, are left out.
   *
   * @return such as {@code 72 songs>=2 share<=0.45 length>=1 ...}
   */
  public String describe() {
    return String.format(
            Locale.ROOT,
            "%d songs>=%d share<=%s length>=%d kinds=%s title=%s %s",
            keywords,
            minDocuments,
            maxDocumentShare,
            minLength,
            String.join("|", new TreeSet<>(partsOfSpeech)),
            titleBoost,
            weighting == Weighting.TFIDF ? "tfidf" : "bm25 k1=" + bm25K1 + " b=" + bm25B)
        + " tune>"
        + maxSongsPerTitle
        + "|"
        + maxTitleShare;
  }
}
