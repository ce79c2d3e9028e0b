package org.seesong.keyword;

import org.seesong.catalogue.Song;
import org.seesong.text.CleanedLyrics;
import org.seesong.text.CleaningCounts;

/**
 * Reads a song's text in the form in which words compare: title, line feed, sung words of the
 * lyrics.
 *
 * @param prefixes parts of titles that are left out
 */
record SongTexts(KeywordTools tools, SharedTitlePrefixes prefixes) {
  /**
   * A song's text.
   *
   * @param text title, line feed, lyrics
   * @param titleLength characters before the line feed
   * @param cleaning what was found beside the words
   */
  record Text(String text, int titleLength, CleaningCounts cleaning) {
    /** Lyrics alone, in the form in which words compare. */
    static Text ofLyrics(String lyrics) {
      return new Text("\n" + lyrics, 0, CleaningCounts.NONE);
    }
  }

  Text read(Song song) {
    CleanedLyrics lyrics = tools.cleaner().clean(song.title(), song.lyrics());
    String title = prefixes.removeFrom(canonical(tools.cleaner().titleWords(song.title())));
    String text = title + "\n" + canonical(lyrics.words());
    return new Text(text, title.length(), lyrics.counts());
  }

  private String canonical(String text) {
    return Vocabulary.canonical(text, tools.folder());
  }
}
