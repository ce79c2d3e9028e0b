package org.seesong.evaluation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seesong.catalogue.Song;
import org.seesong.keyword.ScriptFolder;
import org.seesong.keyword.Vocabulary;
import org.seesong.text.LyricsCleaner;

/**
 * Looks for words among the sung words of the owner's lyrics, folded as keywords are: Chinese words
 * wherever they stand, words in Latin letters as whole words in any of their forms.
 */
final class FoldedLyrics implements Lyrics {
  private final SongTable table;
  private final List<Song> songs;
  private final ScriptFolder folder;
  private final LyricsCleaner cleaner;

  FoldedLyrics(SongTable table, List<Song> songs, ScriptFolder folder, LyricsCleaner cleaner) {
    this.table = table;
    this.songs = songs;
    this.folder = folder;
    this.cleaner = cleaner;
  }

  /** A letter of the trie that all words are looked for with at once. */
  private static final class Node {
    private final Map<Character, Node> next = new HashMap<>();
    private int word = -1;
  }

  @Override
  public List<BitSet> holding(List<String> words) {
    List<BitSet> found = new ArrayList<>();
    Node root = new Node();
    for (int i = 0; i < words.size(); i++) {
      found.add(new BitSet(table.size()));
      Node node = root;
      for (char c : words.get(i).toCharArray()) {
        node = node.next.computeIfAbsent(c, key -> new Node());
      }
      node.word = i;
    }
    Vocabulary vocabulary = Vocabulary.of(words, folder);
    Map<Integer, Integer> byId = new HashMap<>();
    for (int i = 0; i < words.size(); i++) {
      byId.putIfAbsent(vocabulary.idOf(words.get(i)), i);
    }
    for (Song song : songs) {
      int number = table.numberOf(song.id());
      if (number >= 0) {
        String lyrics = cleaner.clean(song.title(), song.lyrics()).words();
        search(folder.fold(lyrics), root, word -> found.get(word).set(number));
        latinWords(lyrics, vocabulary, byId, word -> found.get(word).set(number));
      }
    }
    return found;
  }

  private static void search(String text, Node root, java.util.function.IntConsumer each) {
    for (int start = 0; start < text.length(); start++) {
      Node node = root;
      for (int end = start; end < text.length(); end++) {
        node = node.next.get(text.charAt(end));
        if (node == null) {
          break;
        }
        if (node.word >= 0 && isWhole(text, start, end + 1)) {
          each.accept(node.word);
        }
      }
    }
  }

  /** Plurals and the like, which the vocabulary knows. */
  private void latinWords(
      String text,
      Vocabulary vocabulary,
      Map<Integer, Integer> byId,
      java.util.function.IntConsumer each) {
    for (int start = 0; start < text.length(); start++) {
      if (isLatin(text.charAt(start))) {
        int end = start + 1;
        while (end < text.length() && isLatin(text.charAt(end))) {
          end++;
        }
        Integer word = byId.get(vocabulary.idOf(text.substring(start, end)));
        if (word != null) {
          each.accept(word);
        }
        start = end;
      }
    }
  }

  private static boolean isWhole(String text, int from, int to) {
    boolean before = from > 0 && isLatin(text.charAt(from)) && isLatin(text.charAt(from - 1));
    boolean after = to < text.length() && isLatin(text.charAt(to - 1)) && isLatin(text.charAt(to));
    return !before && !after;
  }

  private static boolean isLatin(char c) {
    return Character.isLetter(c) && c < '\u0250';
  }

  @Override
  public String describe() {
    return "in the lyrics of the songs file";
  }
}
