package org.seesong.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.seesong.keyword.Vocabulary;

/**
 * Which songs are right for a keyword.
 *
 * <p>For n concept words a song is relevant if its lyrics hold the keyword or one of the n nearest
 * words of a language. A second judge looks at the song's keywords only: it must carry the keyword,
 * or a keyword that is one of the n words. For n = 0 a song must carry the keyword, whichever
 * judge.
 */
final class GroundTruth {
  private final SongTable songs;
  private final Map<Integer, Map<String, List<String>>> words;
  private final String described;
  private final Map<Integer, Map<Integer, BitSet>> byLyrics = new TreeMap<>();
  private final Map<Integer, Map<Integer, BitSet>> byWeights = new TreeMap<>();

  private GroundTruth(
      SongTable songs, Map<Integer, Map<String, List<String>>> words, String described) {
    this.songs = songs;
    this.words = words;
    this.described = described;
  }

  /**
   * Judges all songs.
   *
   * @param songs the songs
   * @param vocabulary the keywords by number
   * @param words concept words by keyword and language, best first
   * @param sizes the numbers n of words
   * @param lyrics where words are looked for
   */
  static GroundTruth of(
      SongTable songs,
      Vocabulary vocabulary,
      Map<Integer, Map<String, List<String>>> words,
      List<Integer> sizes,
      Lyrics lyrics)
      throws IOException {
    GroundTruth truth = new GroundTruth(songs, words, lyrics.describe());
    Set<String> wanted = new LinkedHashSet<>();
    words.forEach(
        (keyword, lists) -> {
          wanted.add(vocabulary.folded().get(keyword));
          lists.values().forEach(wanted::addAll);
        });
    List<String> order = new ArrayList<>(wanted);
    List<BitSet> holding = lyrics.holding(order);
    Map<String, BitSet> found = new LinkedHashMap<>();
    for (int i = 0; i < order.size(); i++) {
      found.put(order.get(i), holding.get(i));
    }
    for (int keyword : words.keySet()) {
      BitSet own = new BitSet();
      for (int song : songs.holders(keyword)) {
        own.set(song);
      }
      truth.put(keyword, 0, own, own);
      for (int size : sizes) {
        BitSet byLyrics = (BitSet) found.get(vocabulary.folded().get(keyword)).clone();
        byLyrics.or(own);
        BitSet byWeights = (BitSet) own.clone();
        for (String word : truth.nearest(keyword, size)) {
          byLyrics.or(found.get(word));
          int id = vocabulary.idOf(word);
          if (id >= 0) {
            for (int song : songs.holders(id)) {
              byWeights.set(song);
            }
          }
        }
        truth.put(keyword, size, byLyrics, byWeights);
      }
    }
    return truth;
  }

  private void put(int keyword, int size, BitSet lyrics, BitSet weights) {
    byLyrics.computeIfAbsent(keyword, k -> new TreeMap<>()).put(size, lyrics);
    byWeights.computeIfAbsent(keyword, k -> new TreeMap<>()).put(size, weights);
  }

  /** The nearest words of a keyword, up to a number in each language. */
  List<String> nearest(int keyword, int size) {
    return words.get(keyword).values().stream().flatMap(list -> list.stream().limit(size)).toList();
  }

  /** Whether a song is right for one of some keywords. */
  boolean isRelevant(int song, int[] keywords, int size, boolean weightsOnly) {
    Map<Integer, Map<Integer, BitSet>> judge = weightsOnly ? byWeights : byLyrics;
    for (int keyword : keywords) {
      if (judge.get(keyword).get(size).get(song)) {
        return true;
      }
    }
    return false;
  }

  /** What people should know of it. */
  GroundTruthReport report(Snapshot snapshot, List<int[]> labels, List<Integer> sizes) {
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
    for (int size : sizes) {
      shares.put("n = " + size, share(labels, size, false));
    }
    for (int size : sizes) {
      shares.put("n = " + size + " by weights", share(labels, size, true));
    }
    return new GroundTruthReport(described, nearest, wordless, shares);
  }

  private double share(List<int[]> labels, int size, boolean weightsOnly) {
    Map<Integer, Map<Integer, BitSet>> judge = weightsOnly ? byWeights : byLyrics;
    return labels.stream()
        .mapToDouble(
            keywords -> {
              BitSet all = new BitSet();
              for (int keyword : keywords) {
                all.or(judge.get(keyword).get(size));
              }
              return all.cardinality() / (double) songs.size();
            })
        .average()
        .orElse(0);
  }
}
