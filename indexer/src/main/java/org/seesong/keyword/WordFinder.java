package org.seesong.keyword;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Finds words among the sung words of lyrics by the rules by which keywords are counted: whole
 * words in any of their forms where a script has spaces, inside longer words elsewhere, but never
 * in {@link NonCompositionalWords}.
 *
 * <p>For one thread, since it reuses memory from song to song.
 */
public final class WordFinder {
  private final KeywordTools tools;
  private final KeywordMatcher matcher;
  private final KeywordMatcher.Counts counts;

  /** By keyword of the matcher, the words that fold to it. */
  private final List<List<Integer>> words = new ArrayList<>();

  /**
   * Prepares to look for words.
   *
   * @param words as people write them; those that fold to nothing are found nowhere
   * @param tools what reads the words out of texts
   */
  public WordFinder(List<String> words, KeywordTools tools) {
    this.tools = tools;
    Vocabulary vocabulary = Vocabulary.of(words, tools.folder());
    this.matcher = new KeywordMatcher(vocabulary.folded(), tools.opaqueWords());
    this.counts = new KeywordMatcher.Counts(vocabulary.size());
    for (int id = 0; id < vocabulary.size(); id++) {
      this.words.add(new ArrayList<>());
    }
    for (int word = 0; word < words.size(); word++) {
      int id = vocabulary.idOf(words.get(word));
      if (id >= 0) {
        this.words.get(id).add(word);
      }
    }
  }

  /**
   * Looks for all words at once.
   *
   * @param title the song's title, by which a heading of the lyrics is known
   * @return the positions in the list of those that the lyrics hold
   */
  public BitSet in(String title, String lyrics) {
    String sung = tools.cleaner().clean(title, lyrics).words();
    SongTexts.Text text = SongTexts.Text.ofLyrics(Vocabulary.canonical(sung, tools.folder()));
    List<Token> tokens = tools.segmenter().segment(text.text());
    matcher.count(text, new WordBounds(text.text().length(), tokens), counts);
    BitSet found = new BitSet();
    for (int i = 0; i < counts.size; i++) {
      words.get(counts.found[i]).forEach(found::set);
    }
    return found;
  }
}
