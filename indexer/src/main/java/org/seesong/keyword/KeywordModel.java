package org.seesong.keyword;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
 * @param glosses what pictures of each keyword show, the keyword itself where its owner said
 *     nothing, by id
 * @param meaning which songs are compared in meaning, and on which scale, where weights are of
 *     relevance
 * @param classes the keywords that a network's classes stand for
 * @param prefixes parts of titles that are not read
 * @param reading how words are read out of texts
 */
public record KeywordModel(
    List<String> keywords,
    String vocabularyHash,
    int songs,
    List<Integer> documents,
    double meanLength,
    KeywordWeighting weighting,
    List<String> glosses,
    MeaningScale meaning,
    ClassKeywords classes,
    SharedTitlePrefixes prefixes,
    TextReading reading) {
  public KeywordModel {
    keywords = List.copyOf(keywords);
    Objects.requireNonNull(vocabularyHash, "vocabularyHash");
    documents = List.copyOf(documents);
    Objects.requireNonNull(weighting, "weighting");
    glosses = List.copyOf(glosses);
    Objects.requireNonNull(meaning, "meaning");
    Objects.requireNonNull(classes, "classes");
    Objects.requireNonNull(prefixes, "prefixes");
    Objects.requireNonNull(reading, "reading");
    if (documents.size() != keywords.size()) {
      throw new IllegalArgumentException(
          documents.size() + " numbers of songs for " + keywords.size() + " keywords");
    }
    if (glosses.size() != keywords.size()
        || (!meaning.least().isEmpty() && meaning.least().size() != keywords.size())) {
      throw new IllegalArgumentException(
          glosses.size()
              + " glosses and "
              + meaning.least().size()
              + " bounds for "
              + keywords.size()
              + " keywords");
    }
    for (List<Integer> ids : classes.keywords()) {
      for (int id : ids) {
        if (id < 0 || id >= keywords.size()) {
          throw new IllegalArgumentException(
              "a class of keyword " + id + " in a vocabulary of " + keywords.size());
        }
      }
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

  /** Fits a model that compares nothing in meaning. */
  public static KeywordModel fit(
      CatalogueStatistics statistics,
      Vocabulary vocabulary,
      KeywordWeighting weighting,
      Map<String, String> glosses,
      ClassKeywords classes,
      SharedTitlePrefixes prefixes,
      KeywordTools tools) {
    return new KeywordModel(
        vocabulary.displays(),
        vocabulary.hash(),
        statistics.songs(),
        Arrays.stream(statistics.documents(vocabulary)).boxed().toList(),
        statistics.meanLength(),
        weighting,
        glosses(vocabulary, glosses, tools.folder()),
        MeaningScale.NONE,
        classes,
        prefixes,
        TextReading.of(tools));
  }

  private static List<String> glosses(
      Vocabulary vocabulary, Map<String, String> given, ScriptFolder folder) {
    String[] glosses = vocabulary.displays().stream().map(folder::fold).toArray(String[]::new);
    given.forEach(
        (keyword, gloss) -> {
          int id = vocabulary.idOf(keyword);
          if (id >= 0) {
            glosses[id] = folder.fold(gloss);
          }
        });
    return List.of(glosses);
  }

  /** The same model where songs are compared. */
  KeywordModel withMeaning(MeaningScale compared) {
    return new KeywordModel(
        keywords,
        vocabularyHash,
        songs,
        documents,
        meanLength,
        weighting,
        glosses,
        compared,
        classes,
        prefixes,
        reading);
  }
}
