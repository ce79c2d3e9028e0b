package org.seesong.evaluation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.seesong.catalogue.Song;
import org.seesong.keyword.KeywordTools;
import org.seesong.keyword.WordFinder;

/**
 * Looks for words among the sung words of the owner's lyrics, by the rules that keywords are found
 * by.
 */
final class FoldedLyrics implements Lyrics {
  private final SongTable table;
  private final List<Song> songs;
  private final KeywordTools tools;

  FoldedLyrics(SongTable table, List<Song> songs, KeywordTools tools) {
    this.table = table;
    this.songs = songs;
    this.tools = tools;
  }

  @Override
  public List<BitSet> holding(List<String> words) {
    List<BitSet> found = new ArrayList<>();
    words.forEach(word -> found.add(new BitSet(table.size())));
    WordFinder finder = new WordFinder(words, tools);
    for (Song song : songs) {
      int number = table.numberOf(song.id());
      if (number >= 0) {
        finder.in(song.title(), song.lyrics()).stream()
            .forEach(word -> found.get(word).set(number));
      }
    }
    return found;
  }

  @Override
  public String describe() {
    return "in the lyrics of the songs file";
  }
}
