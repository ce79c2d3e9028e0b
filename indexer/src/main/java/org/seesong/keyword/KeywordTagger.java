package org.seesong.keyword;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.seesong.catalogue.Picture;
import org.seesong.catalogue.Song;
import org.seesong.index.WeightedKeyword;
import org.seesong.text.LyricsCleaner;

/**
 * Weighs the keywords of songs and pictures that come after the keyword stage. The vocabulary and
 * its statistics stay as they were learned, so what comes later changes nothing that is there.
 *
 * <p>Immutable; safe for any number of threads.
 */
public final class KeywordTagger {
  private final KeywordModel state;
  private final KeywordTools tools;
  private final Vocabulary vocabulary;

  /**
   * Loads the dictionaries that the state names.
   *
   * @param state what the stage learned
   * @throws IllegalArgumentException if words were read by other rules than this program's, or the
   *     state's keywords make another vocabulary than it says
   */
  public KeywordTagger(KeywordModel state) {
    this.state = state;
    requireSameReading(state);
    ScriptFolder folder = scripts(state);
    this.tools =
        new KeywordTools(
            Segmenters.byName(state.segmenter(), UserWords.of(state.userWords())),
            folder,
            StopWords.builtIn(),
            NonCompositionalWords.of(state.opaqueWords()),
            LyricsCleaner.of(state.lyricsCleaning()));
    this.vocabulary = Vocabulary.of(state.keywords(), folder);
    if (!vocabulary.hash().equals(state.vocabularyHash())) {
      throw new IllegalArgumentException(
          "the keywords make vocabulary "
              + vocabulary.hash()
              + ", but are said to make "
              + state.vocabularyHash());
    }
  }

  /**
   * What made scripts, widths and cases one when an index was built, without loading dictionaries.
   *
   * @param state what the stage learned
   * @return the folder of the state
   */
  public static ScriptFolder scripts(KeywordModel state) {
    return ScriptFolder.withOverrides(state.scriptOverrides());
  }

  private static void requireSameReading(KeywordModel state) {
    if (state.ownSegmenter()) {
      throw new IllegalArgumentException(
          "lyrics were cut into words by a segmenter of the program that built the index, '"
              + state.segmenter()
              + "', which is not kept with it, so nothing can be added; build the index again with"
              + " all songs in that program, or with a segmenter of Seesong: "
              + String.join(", ", Segmenters.names()));
    }
    String rules = BuiltInRules.name(state.segmenter());
    if (!state.wordRules().equals(rules)) {
      throw new IllegalArgumentException(
          "words were read by rules "
              + state.wordRules()
              + ", but this version of the program reads them by rules "
              + rules
              + ", so added songs would not fit those that are there");
    }
  }

  /**
   * The keywords.
   *
   * @return the vocabulary of the state
   */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /**
   * What makes scripts, widths and cases one.
   *
   * @return the folder of the state
   */
  public ScriptFolder folder() {
    return tools.folder();
  }

  /**
   * What tells sung words from what else stands in lyrics.
   *
   * @return the cleaner of the state
   */
  public LyricsCleaner cleaner() {
    return tools.cleaner();
  }

  /**
   * Keywords and weights of songs.
   *
   * @param songs the songs
   * @param threads threads to use, at least 1; the result does not depend on it
   * @param progress called now and then with the number of songs that were read
   * @return a row for each
   */
  public KeywordRows songs(List<Song> songs, int threads, LongConsumer progress) {
    SongTexts texts =
        new SongTexts(songs, tools, new TuneNames(state.tuneNames(), state.tuneTitles()));
    KeywordMatcher matcher = new KeywordMatcher(vocabulary.folded(), tools.opaqueWords());
    SongCounts all = new SongCounts(songs.size());
    try (SongWorkers workers = new SongWorkers(threads)) {
      workers.forEach(
          songs.size(),
          (start, end) -> {
            SongCounts range = new SongCounts(end - start);
            KeywordMatcher.Counts counts = new KeywordMatcher.Counts(vocabulary.size());
            for (int song = start; song < end; song++) {
              SongTexts.Text text = texts.get(song);
              List<Token> tokens = tools.segmenter().segment(text.text());
              matcher.count(text, new WordBounds(text.text().length(), tokens), counts);
              range.add(counts, text);
            }
            return range;
          },
          (SongCounts range, int end) -> {
            all.addAll(range);
            progress.accept(end);
          });
    }
    KeywordOptions options =
        new KeywordOptions(
            0,
            1,
            1,
            1,
            KeywordOptions.DEFAULT_PARTS_OF_SPEECH,
            state.titleBoost(),
            state.weighting(),
            state.bm25K1(),
            state.bm25B(),
            1,
            1,
            threads);
    int[] documents = state.documents().stream().mapToInt(Integer::intValue).toArray();
    return new SongWeights(options, state.songs(), documents, state.meanLength()).rows(all);
  }

  /**
   * Owners' labels of pictures.
   *
   * @param pictures the pictures
   * @return a row for each; words outside the vocabulary are left aside
   */
  public KeywordRows pictures(List<Picture> pictures) {
    return PictureLabels.rows(pictures, vocabulary);
  }

  /**
   * Labels of pictures that are not in the vocabulary.
   *
   * @param pictures the pictures
   * @return each such word and how many pictures bear it
   */
  public SortedMap<String, Integer> unknown(List<Picture> pictures) {
    SortedMap<String, Integer> unknown = new TreeMap<>();
    for (Picture picture : pictures) {
      for (WeightedKeyword keyword : picture.keywords()) {
        if (vocabulary.idOf(keyword.keyword()) < 0) {
          unknown.merge(keyword.keyword(), 1, Integer::sum);
        }
      }
    }
    return Collections.unmodifiableSortedMap(unknown);
  }
}
