package org.seesong.keyword;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What the keyword stage fitted to a catalogue: all that it takes to weigh keywords in a song or
 * picture that comes later just as if it had been there, but for its own part in the statistics.
 *
 * @param keywords the vocabulary as people wrote it, by id
 * @param vocabularyHash of the vocabulary these make, see {@link Vocabulary#hash}
 * @param songs songs the statistics are of
 * @param documents songs that hold each keyword, by id
 * @param meanLength letters of a song on the mean, above 0
 * @param weighting how counts become weights
 * @param prefixes parts of titles that are not read
 * @param boundPairs pairs of characters, the last of a keyword and the next or the one before and
 *     the first, that are part of longer words, in which the keyword seldom means its thing
 * @param reading how words are read out of texts
 */
public record KeywordModel(
    List<String> keywords,
    String vocabularyHash,
    int songs,
    List<Integer> documents,
    double meanLength,
    KeywordWeighting weighting,
    SharedTitlePrefixes prefixes,
    List<String> boundPairs,
    TextReading reading) {
  public KeywordModel {
    keywords = List.copyOf(keywords);
    Objects.requireNonNull(vocabularyHash, "vocabularyHash");
    documents = List.copyOf(documents);
    Objects.requireNonNull(weighting, "weighting");
    Objects.requireNonNull(prefixes, "prefixes");
    boundPairs = List.copyOf(boundPairs);
    Objects.requireNonNull(reading, "reading");
    if (documents.size() != keywords.size()) {
      throw new IllegalArgumentException(
          documents.size() + " numbers of songs for " + keywords.size() + " keywords");
    }
    int held = documents.stream().mapToInt(Integer::intValue).max().orElse(0);
    int least = documents.stream().mapToInt(Integer::intValue).min().orElse(0);
    if (songs < 0 || least < 0 || held > songs || !(meanLength > 0) || meanLength > 1e12) {
      throw new IllegalArgumentException(
          "statistics of "
              + songs
              + " songs, of which "
              + least
              + " to "
              + held
              + " hold a keyword, of mean length "
              + meanLength
              + ", are of no catalogue");
    }
  }

  /** Fits a model. */
  public static KeywordModel fit(
      CatalogueStatistics statistics,
      Vocabulary vocabulary,
      KeywordWeighting weighting,
      SharedTitlePrefixes prefixes,
      Set<String> boundPairs,
      KeywordTools tools) {
    return new KeywordModel(
        vocabulary.displays(),
        vocabulary.hash(),
        statistics.songs(),
        Arrays.stream(statistics.documents(vocabulary)).boxed().toList(),
        statistics.meanLength(),
        weighting,
        prefixes,
        atBorders(vocabulary, boundPairs),
        TextReading.of(tools));
  }

  /** The pairs that can stand at a border of a keyword. */
  private static List<String> atBorders(Vocabulary vocabulary, Set<String> pairs) {
    Set<Integer> firsts = new HashSet<>();
    Set<Integer> lasts = new HashSet<>();
    for (String keyword : vocabulary.folded()) {
      firsts.add(keyword.codePointAt(0));
      lasts.add(keyword.codePointBefore(keyword.length()));
    }
    return pairs.stream()
        .filter(
            pair ->
                lasts.contains(pair.codePointAt(0))
                    || firsts.contains(pair.codePointBefore(pair.length())))
        .sorted()
        .toList();
  }
}
