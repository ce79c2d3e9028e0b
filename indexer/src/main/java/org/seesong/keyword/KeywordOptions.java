package org.seesong.keyword;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * How keywords are chosen and weighed.
 *
 * @param keywords how many to choose; those that pictures name count and are taken first, all of
 *     them even if they are more
 * @param minDocuments songs that must hold a chosen keyword, at least 1
 * @param maxDocumentShare share of all songs that may hold a chosen keyword, above 0, at most 1
 * @param minLength characters of a chosen keyword, at least 1; classical Chinese words have one
 * @param partsOfSpeech the segmenter's tags of words that may be chosen; words without a tag may
 * @param weighting how counts become weights
 * @param maxTitleFrequency songs that may share a part of a Chinese title in any catalogue, see
 *     {@link SharedTitlePrefixes}; at least 1
 * @param maxTitleShare share of all songs that may share it, 0 to 1; 1 reads all titles
 * @param threads threads to use; 0 for one a processor. The result does not depend on it
 */
public record KeywordOptions(
    int keywords,
    int minDocuments,
    double maxDocumentShare,
    int minLength,
    Set<String> partsOfSpeech,
    KeywordWeighting weighting,
    int maxTitleFrequency,
    double maxTitleShare,
    int threads) {
  /**
   * 72 keywords as in the paper, nouns. Titles: 50 and 1,500 of a million, of which some hundred
   * may be called 雪.
   */
  public static final KeywordOptions DEFAULT =
      new KeywordOptions(
          72,
          2,
          0.45,
          1,
          Set.of("n", "ng", "nr", "ns", "nt", "nz", "s"),
          KeywordWeighting.RELEVANCE,
          50,
          0.0015,
          0);

  public KeywordOptions {
    partsOfSpeech = Set.copyOf(partsOfSpeech);
    Objects.requireNonNull(weighting, "weighting");
    KeywordWeighting.check(keywords >= 0, "keywords", "at least 0", keywords);
    KeywordWeighting.check(minDocuments >= 1, "minDocuments", "at least 1", minDocuments);
    KeywordWeighting.check(
        maxDocumentShare > 0 && maxDocumentShare <= 1,
        "maxDocumentShare",
        "above 0 and at most 1",
        maxDocumentShare);
    KeywordWeighting.check(minLength >= 1, "minLength", "at least 1", minLength);
    KeywordWeighting.check(
        maxTitleFrequency >= 1, "maxTitleFrequency", "at least 1", maxTitleFrequency);
    KeywordWeighting.check(
        maxTitleShare >= 0 && maxTitleShare <= 1, "maxTitleShare", "from 0 to 1", maxTitleShare);
    KeywordWeighting.check(threads >= 0 && threads <= 1024, "threads", "from 0 to 1024", threads);
  }

  /**
   * The options as text that an index stores: the same options give the same text in every run.
   * {@link #threads}, on which nothing depends, are left out.
   *
   * @return such as {@code 72 songs>=2 share<=0.45 length>=1 ...}
   */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%d songs>=%d share<=%s length>=%d kinds=%s %s titles>%d|%s",
        keywords,
        minDocuments,
        maxDocumentShare,
        minLength,
        String.join("|", new TreeSet<>(partsOfSpeech)),
        weighting.describe(),
        maxTitleFrequency,
        maxTitleShare);
  }

  /** A builder that begins with these options. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Collects options, named as the record's components; {@link #build} checks them. */
  public static final class Builder {
    private int keywords;
    private int minDocuments;
    private double maxDocumentShare;
    private int minLength;
    private Set<String> partsOfSpeech;
    private KeywordWeighting weighting;
    private int maxTitleFrequency;
    private double maxTitleShare;
    private int threads;

    private Builder(KeywordOptions options) {
      keywords = options.keywords();
      minDocuments = options.minDocuments();
      maxDocumentShare = options.maxDocumentShare();
      minLength = options.minLength();
      partsOfSpeech = options.partsOfSpeech();
      weighting = options.weighting();
      maxTitleFrequency = options.maxTitleFrequency();
      maxTitleShare = options.maxTitleShare();
      threads = options.threads();
    }

    /** Sets {@link KeywordOptions#keywords}. */
    public Builder keywords(int value) {
      keywords = value;
      return this;
    }

    /** Sets {@link KeywordOptions#minDocuments} and {@link KeywordOptions#maxDocumentShare}. */
    public Builder documents(int min, double maxShare) {
      minDocuments = min;
      maxDocumentShare = maxShare;
      return this;
    }

    /** Sets {@link KeywordOptions#minLength}. */
    public Builder minLength(int value) {
      minLength = value;
      return this;
    }

    /** Sets {@link KeywordOptions#partsOfSpeech}. */
    public Builder partsOfSpeech(Set<String> value) {
      partsOfSpeech = value;
      return this;
    }

    /** Sets {@link KeywordOptions#weighting}. */
    public Builder weighting(KeywordWeighting value) {
      weighting = value;
      return this;
    }

    /** Sets {@link KeywordOptions#maxTitleFrequency} and {@link KeywordOptions#maxTitleShare}. */
    public Builder sharedTitles(int maxFrequency, double maxShare) {
      maxTitleFrequency = maxFrequency;
      maxTitleShare = maxShare;
      return this;
    }

    /** Sets {@link KeywordOptions#threads}. */
    public Builder threads(int value) {
      threads = value;
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if an option is out of range; the message names it
     */
    public KeywordOptions build() {
      return new KeywordOptions(
          keywords,
          minDocuments,
          maxDocumentShare,
          minLength,
          partsOfSpeech,
          weighting,
          maxTitleFrequency,
          maxTitleShare,
          threads);
    }
  }
}
