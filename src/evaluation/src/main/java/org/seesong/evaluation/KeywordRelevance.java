package org.seesong.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seesong.keyword.Vocabulary;

/**
 * Which songs are relevant to a keyword because of the words they hold.
 *
 * <p>For n concept words a song is relevant if its lyrics hold the keyword or one of the n nearest
 * words of a language; by weights, if its keywords include the keyword or one of the n words. For n
 * = 0 a song must carry the keyword.
 */
final class KeywordRelevance {
  private final SongTable songs;
  private final Map<Integer, Map<String, List<String>>> words;
  private final List<Integer> sizes;
  private final String lyrics;
  private final Map<Judge, BitSet> relevant = new HashMap<>();

  private final Map<Integer, BitSet> singing = new HashMap<>();

  private record Judge(int keyword, int words, boolean weightsOnly) {}

  /**
   * What the report says of it.
   *
   * @param lyrics how words were looked for
   * @param nearest the nearest concept words of each keyword, as many as the smallest n
   * @param wordless keywords that the concept network ties to nothing
   * @param shares by judge, the share of all songs that are relevant, the mean over queries: the
   *     precision of random songs
   */
  record Report(
      String lyrics,
      Map<String, List<String>> nearest,
      List<String> wordless,
      Map<String, Double> shares) {}

  private KeywordRelevance(
      SongTable songs,
      Map<Integer, Map<String, List<String>>> words,
      List<Integer> sizes,
      String lyrics) {
    this.songs = songs;
    this.words = words;
    this.sizes = sizes;
    this.lyrics = lyrics;
  }

  /**
   * Judges all songs.
   *
   * @param words concept words by keyword and language, best first
   * @param sizes the numbers n of words
   * @param lyrics where words are looked for
   */
  static KeywordRelevance of(
      SongTable songs,
      Vocabulary vocabulary,
      Map<Integer, Map<String, List<String>>> words,
      List<Integer> sizes,
      Lyrics lyrics)
      throws IOException {
    KeywordRelevance relevance = new KeywordRelevance(songs, words, sizes, lyrics.describe());
    Set<String> wanted = new LinkedHashSet<>();
    words.forEach(
        (keyword, lists) -> {
          wanted.add(vocabulary.folded().get(keyword));
          lists.values().forEach(wanted::addAll);
        });
    List<String> order = new ArrayList<>(wanted);
    List<BitSet> holding = lyrics.holding(order);
    Map<String, BitSet> found = new HashMap<>();
    for (int i = 0; i < order.size(); i++) {
      found.put(order.get(i), holding.get(i));
    }
    words.keySet().forEach(keyword -> relevance.judge(keyword, vocabulary, found));
    return relevance;
  }

  private void judge(int keyword, Vocabulary vocabulary, Map<String, BitSet> found) {
    BitSet own = carrying(keyword);
    singing.put(keyword, found.get(vocabulary.folded().get(keyword)));
    relevant.put(new Judge(keyword, 0, false), own);
    for (int size : sizes) {
      BitSet byLyrics = (BitSet) own.clone();
      BitSet byWeights = (BitSet) own.clone();
      byLyrics.or(singing.get(keyword));
      for (String word : nearest(keyword, size)) {
        byLyrics.or(found.get(word));
        int id = vocabulary.idOf(word);
        if (id >= 0) {
          byWeights.or(carrying(id));
        }
      }
      relevant.put(new Judge(keyword, size, false), byLyrics);
      relevant.put(new Judge(keyword, size, true), byWeights);
    }
  }

  private BitSet carrying(int keyword) {
    BitSet carrying = new BitSet();
    for (int song : songs.holders(keyword)) {
      carrying.set(song);
    }
    return carrying;
  }

  /** Songs whose lyrics hold a keyword. */
  BitSet singing(int keyword) {
    return singing.get(keyword);
  }

  /** The nearest words of a keyword, up to a number in each language. */
  List<String> nearest(int keyword, int size) {
    return words.get(keyword).values().stream().flatMap(list -> list.stream().limit(size)).toList();
  }

  /** Whether a song is relevant to one of some keywords. */
  boolean isRelevant(int song, int[] keywords, int size, boolean weightsOnly) {
    for (int keyword : keywords) {
      if (relevant.get(new Judge(keyword, size, weightsOnly)).get(song)) {
        return true;
      }
    }
    return false;
  }

  Report report(Snapshot snapshot, List<int[]> labels) {
    Map<String, List<String>> nearest = new LinkedHashMap<>();
    List<String> wordless = new ArrayList<>();
    int shown = sizes.isEmpty() ? 0 : sizes.get(0);
    for (int keyword : words.keySet()) {
      nearest.put(snapshot.keywords().get(keyword), nearest(keyword, shown));
      if (!sizes.isEmpty() && words.get(keyword).isEmpty()) {
        wordless.add(snapshot.keywords().get(keyword));
      }
    }
    Map<String, Double> shares = new LinkedHashMap<>();
    shares.put("keyword alone", share(labels, 0, false));
    sizes.forEach(size -> shares.put("n = " + size, share(labels, size, false)));
    sizes.forEach(size -> shares.put("n = " + size + " by weights", share(labels, size, true)));
    return new Report(lyrics, nearest, wordless, shares);
  }

  private double share(List<int[]> labels, int size, boolean weightsOnly) {
    return labels.stream()
        .mapToDouble(
            keywords -> {
              BitSet all = new BitSet();
              for (int keyword : keywords) {
                all.or(relevant.get(new Judge(keyword, size, weightsOnly)));
              }
              return all.cardinality() / (double) songs.size();
            })
        .average()
        .orElse(0);
  }
}
