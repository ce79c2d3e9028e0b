package org.seesong.keyword;

import java.util.List;
import org.seesong.catalogue.Song;

/**
 * The songs' texts in the form in which words compare: title, line feed, lyrics.
 *
 * <p>Made anew each time they are asked for, since folding is cheap and the texts of a large
 * catalogue are not. Safe for any number of threads.
 */
final class SongTexts {
  private final List<Song> songs;
  private final ScriptFolder folder;
  private final TuneNames tuneNames;

  SongTexts(List<Song> songs, ScriptFolder folder, TuneNames tuneNames) {
    this.songs = songs;
    this.folder = folder;
    this.tuneNames = tuneNames;
  }

  /**
   * A song's text.
   *
   * @param text title, line feed, lyrics
   * @param titleLength characters before the line feed
   */
  record Text(String text, int titleLength) {}

  int size() {
    return songs.size();
  }

  Text get(int song) {
    String title = tuneNames.removeFrom(canonical(songs.get(song).title()));
    return new Text(title + "\n" + canonical(songs.get(song).lyrics()), title.length());
  }

  private String canonical(String text) {
    return Vocabulary.canonical(text, folder);
  }
}
