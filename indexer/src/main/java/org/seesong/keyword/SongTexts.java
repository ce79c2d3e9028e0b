package org.seesong.keyword;

import java.util.List;
import org.seesong.catalogue.Song;
import org.seesong.text.CleanedLyrics;
import org.seesong.text.CleaningCounts;
import org.seesong.text.LyricsCleaner;

/**
 * The songs' texts in the form in which words compare: title, line feed, sung words of the lyrics.
 *
 * <p>Made anew each time they are asked for, since cleaning and folding are cheap and the texts of
 * a large catalogue are not. Safe for any number of threads.
 */
final class SongTexts {
  private final List<Song> songs;
  private final ScriptFolder folder;
  private final LyricsCleaner cleaner;
  private final TuneNames tuneNames;

  SongTexts(List<Song> songs, KeywordTools tools, TuneNames tuneNames) {
    this.songs = songs;
    this.folder = tools.folder();
    this.cleaner = tools.cleaner();
    this.tuneNames = tuneNames;
  }

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

  int size() {
    return songs.size();
  }

  Text get(int song) {
    CleanedLyrics lyrics = cleaner.clean(songs.get(song).title(), songs.get(song).lyrics());
    String title = tuneNames.removeFrom(canonical(cleaner.titleWords(songs.get(song).title())));
    String text = title + "\n" + canonical(lyrics.words());
    return new Text(text, title.length(), lyrics.counts());
  }

  private String canonical(String text) {
    return Vocabulary.canonical(text, folder);
  }
}
