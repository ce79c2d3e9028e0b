package org.seesong.keyword;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
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
  private final Set<String> tuneNames;

  SongTexts(List<Song> songs, KeywordTools tools, Set<String> tuneNames) {
    this.songs = songs;
    this.folder = tools.folder();
    this.cleaner = tools.cleaner();
    this.tuneNames = tuneNames;
  }

  /** Titles, or their first parts, that more songs share than a song's own title would be. */
  static SortedSet<String> tuneNames(List<Song> songs, KeywordTools tools, int maxSongsPerTitle) {
    Map<String, Integer> songsByTitleHead = new HashMap<>();
    for (Song song : songs) {
      String title = tools.cleaner().titleWords(song.title());
      songsByTitleHead.merge(head(Vocabulary.canonical(title, tools.folder())), 1, Integer::sum);
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
   * @param cleaning what was found beside the words
   */
  record Text(String text, int titleLength, CleaningCounts cleaning) {}

  int size() {
    return songs.size();
  }

  Text get(int song) {
    CleanedLyrics lyrics = cleaner.clean(songs.get(song).title(), songs.get(song).lyrics());
    String title = canonical(cleaner.titleWords(songs.get(song).title()));
    String head = head(title);
    if (tuneNames.contains(head)) {
      title = title.substring(head.length()).strip();
    }
    String text = title + "\n" + canonical(lyrics.words());
    return new Text(text, title.length(), lyrics.counts());
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
