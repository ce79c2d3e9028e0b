package org.seesong.keyword;

import java.util.List;
import java.util.function.IntFunction;
import org.seesong.catalogue.Song;

/** Counts keywords in songs. Immutable; safe for any number of threads. */
final class SongCounter {
  private final SongTexts texts;
  private final int keywords;
  private final KeywordMatcher matcher;

  SongCounter(SongTexts texts, Vocabulary vocabulary) {
    this.texts = texts;
    this.keywords = vocabulary.size();
    this.matcher = new KeywordMatcher(vocabulary.folded(), texts.tools().opaqueWords());
  }

  /** Counts in songs that are segmented here. */
  SongCounts count(List<Song> songs) {
    return count(songs, song -> null);
  }

  /**
   * Counts in songs.
   *
   * @param bounds the words of a song of the list, where it was segmented already; else null
   */
  SongCounts count(List<Song> songs, IntFunction<WordBounds> bounds) {
    SongCounts all = new SongCounts(songs.size());
    KeywordMatcher.Counts counts = new KeywordMatcher.Counts(keywords);
    for (int song = 0; song < songs.size(); song++) {
      SongTexts.Text text = texts.read(songs.get(song));
      WordBounds known = bounds.apply(song);
      matcher.count(text, known == null ? segment(text.text()) : known, counts);
      all.add(counts, text);
    }
    return all;
  }

  private WordBounds segment(String text) {
    return new WordBounds(text.length(), texts.tools().segmenter().segment(text));
  }
}
