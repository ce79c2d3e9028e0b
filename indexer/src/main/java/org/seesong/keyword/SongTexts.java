package org.seesong.keyword;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
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
  private final Set<String> tuneNames;

  SongTexts(List<Song> songs, ScriptFolder folder, Set<String> tuneNames) {
    this.songs = songs;
    this.folder = folder;
    this.tuneNames = tuneNames;
  }

  /** Titles, or their first parts, that more songs share than a song's own title would be. */
  static SortedSet<String> tuneNames(List<Song> songs, ScriptFolder folder, int maxSongsPerTitle) {
    Map<String, Integer> songsByTitleHead = new HashMap<>();
    for (Song song : songs) {
      songsByTitleHead.merge(head(Vocabulary.canonical(song.title(), folder)), 1, Integer::sum);
    }
    SortedSet<String> names = new TreeSet<>();
    songsByTitleHead.forEach(
        (head, count) -> {
          if (count > maxSongsPerTitle) {
            names.add(head);
          }
        });
    return names;
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
    String title = canonical(songs.get(song).title());
    String head = head(title);
    if (tuneNames.contains(head)) {
      title = title.substring(head.length()).strip();
    }
    return new Text(title + "\n" + canonical(songs.get(song).lyrics()), title.length());
  }

  private String canonical(String text) {
    return Vocabulary.canonical(text, folder);
  }

  /**
   * The part of a Chinese title up to the first character that is no letter: a tune's name often
   * stands there, before the song's own. Other titles whole.
   */
  private static String head(String title) {
    int end = 0;
    while (end < title.length() && Character.isIdeographic(title.charAt(end))) {
      end++;
    }
    boolean whole = end == 0 || (end < title.length() && Character.isLetter(title.charAt(end)));
    return whole ? title : title.substring(0, end);
  }
}
