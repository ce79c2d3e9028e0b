package org.seesong.keyword;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.seesong.catalogue.Catalogue;
import org.seesong.catalogue.Song;
import org.seesong.keyword.KeywordOptions.Weighting;

/**
 * What the keyword stage learned of a catalogue: all that it takes to weigh keywords in a song or
 * picture that comes later just as if it had been there, but for its own part in the statistics.
 *
 * @param keywords the vocabulary as people wrote it, by id
 * @param vocabularyHash of the vocabulary these make, see {@link Vocabulary#hash}
 * @param songs songs the statistics are of
 * @param documents songs that hold each keyword, by id
 * @param meanLength letters of a song on the mean; 1 where the weighting does not ask for it
 * @param weighting how counts become weights
 * @param titleBoost how much a keyword in the title counts
 * @param bm25K1 used by {@link Weighting#BM25}
 * @param bm25B used by {@link Weighting#BM25}
 * @param tuneNames parts of longer titles that are not read as words
 * @param tuneTitles whole titles that are not read as words
 * @param segmenter name of what cuts texts into words
 * @param ownSegmenter whether that is no segmenter of this program but of the one that built
 * @param wordRules names the program's own rules and lists by which words were read
 * @param opaqueWords words in which keywords do not count, a line for each as in a file of them
 * @param userWords words it keeps whole, by part of speech
 * @param scriptOverrides what is folded otherwise than by the built-in table
 * @param lyricsCleaning whether lyrics are cleaned before keywords are looked for
 */
public record KeywordModel(
    List<String> keywords,
    String vocabularyHash,
    int songs,
    List<Integer> documents,
    double meanLength,
    Weighting weighting,
    double titleBoost,
    double bm25K1,
    double bm25B,
    SortedSet<String> tuneNames,
    SortedSet<String> tuneTitles,
    String segmenter,
    boolean ownSegmenter,
    String wordRules,
    List<String> opaqueWords,
    Map<String, String> userWords,
    SortedMap<String, String> scriptOverrides,
    boolean lyricsCleaning) {
  public KeywordModel {
    keywords = List.copyOf(keywords);
    Objects.requireNonNull(vocabularyHash, "vocabularyHash");
    documents = List.copyOf(documents);
    Objects.requireNonNull(weighting, "weighting");
    tuneNames = Collections.unmodifiableSortedSet(new TreeSet<>(tuneNames));
    tuneTitles = Collections.unmodifiableSortedSet(new TreeSet<>(tuneTitles));
    Objects.requireNonNull(segmenter, "segmenter");
    Objects.requireNonNull(wordRules, "wordRules");
    opaqueWords = List.copyOf(opaqueWords);
    userWords = Collections.unmodifiableMap(new LinkedHashMap<>(userWords));
    scriptOverrides = Collections.unmodifiableSortedMap(new TreeMap<>(scriptOverrides));
    if (documents.size() != keywords.size()) {
      throw new IllegalArgumentException(
          documents.size() + " numbers of songs for " + keywords.size() + " keywords");
    }
    int held = documents.stream().mapToInt(Integer::intValue).max().orElse(0);
    int least = documents.stream().mapToInt(Integer::intValue).min().orElse(0);
    if (songs < 1 || least < 0 || held > songs || !(meanLength > 0) || meanLength > 1e12) {
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

  /**
   * What was learned.
   *
   * @param keywords the stage's result
   * @param catalogue what it was given
   * @param options what it was given
   * @param tools what it was given
   * @return the state
   */
  public static KeywordModel of(
      Keywords keywords, Catalogue catalogue, KeywordOptions options, KeywordTools tools) {
    Integer[] documents = new Integer[keywords.vocabulary().size()];
    Arrays.fill(documents, 0);
    for (int keyword : keywords.songs().keywords()) {
      documents[keyword]++;
    }
    TuneNames tuneNames = keywords.tuneNames();
    return new KeywordModel(
        keywords.vocabulary().displays(),
        keywords.vocabulary().hash(),
        catalogue.songs().size(),
        List.of(documents),
        options.weighting() == Weighting.BM25 ? meanLength(catalogue, tools, tuneNames) : 1,
        options.weighting(),
        options.titleBoost(),
        options.bm25K1(),
        options.bm25B(),
        tuneNames.parts(),
        tuneNames.titles(),
        tools.segmenter().name(),
        !Segmenters.isBuiltIn(tools.segmenter()),
        BuiltInRules.name(tools.segmenter().name()),
        tools.opaqueWords().lines(),
        tools.segmenter() instanceof UserWordSegmenter user
            ? user.userWords().partsOfSpeech()
            : Map.of(),
        new TreeMap<>(tools.folder().overrides()),
        tools.cleaner().isOn());
  }

  private static double meanLength(Catalogue catalogue, KeywordTools tools, TuneNames tuneNames) {
    List<Song> songs = catalogue.songs();
    SongTexts texts = new SongTexts(songs, tools, tuneNames);
    long letters = 0;
    for (int song = 0; song < songs.size(); song++) {
      letters += SongCounts.letters(texts.get(song).text());
    }
    return letters == 0 ? 1 : (double) letters / songs.size();
  }
}
