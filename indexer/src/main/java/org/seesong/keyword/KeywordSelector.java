package org.seesong.keyword;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses the words that most songs use.
 *
 * <p>Candidates are ranked by how many songs the segmenter finds them in as words of their own,
 * which keeps 东风 and 明月 beside the single characters that occur inside everything; the bounds on
 * the number of songs hold for all occurrences, which are what the keywords will be counted by.
 * Ties go to the lower character code.
 */
final class KeywordSelector {
  private static final int SPARE_CANDIDATES = 200;

  private final KeywordOptions options;
  private final StopWords stopWords;
  private final CatalogueStatistics statistics;

  /** Chooses by counts. */
  KeywordSelector(KeywordOptions options, StopWords stopWords, CatalogueStatistics statistics) {
    this.options = options;
    this.stopWords = stopWords;
    this.statistics = statistics;
  }

  /** The words of one song that may be chosen. */
  static Set<String> suitable(List<Token> tokens, Set<String> partsOfSpeech) {
    Set<String> words = new HashSet<>();
    for (Token token : tokens) {
      String part = token.partOfSpeech();
      if (part.isEmpty() || partsOfSpeech.contains(part)) {
        words.add(token.text());
      }
    }
    return words;
  }

  /** The best candidates that are not taken yet, more of them than will be chosen. */
  List<String> candidates(Vocabulary taken) {
    int wanted = wanted(taken.size());
    int limit = wanted == 0 ? 0 : 2 * wanted + SPARE_CANDIDATES;
    Set<String> known = new HashSet<>(taken.folded());
    List<Map.Entry<String, Integer>> ranked = new ArrayList<>();
    for (Map.Entry<String, Integer> entry : statistics.words().entrySet()) {
      String word = entry.getKey();
      if (isSuitable(word) && !stopWords.contains(word) && !known.contains(word)) {
        ranked.add(entry);
      }
    }
    ranked.sort(
        Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
            .thenComparing(Map.Entry.comparingByKey()));
    return ranked.stream().limit(limit).map(Map.Entry::getKey).toList();
  }

  /** How many more keywords the options ask for when some are taken. */
  int wanted(int taken) {
    return Math.max(0, options.keywords() - taken);
  }

  /** Whether as many songs of {@code songs} hold the keyword as the options ask for. */
  boolean isWithinBounds(int documents, int songs) {
    return documents >= options.minDocuments() && documents <= options.maxDocumentShare() * songs;
  }

  private boolean isSuitable(String word) {
    int length = word.codePointCount(0, word.length());
    boolean english = EnglishWords.isWordCharacter(word.charAt(0));
    return length >= options.minLength()
        && word.chars().anyMatch(Character::isLetter)
        && !(english && length < 2);
  }
}
