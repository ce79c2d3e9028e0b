package org.seesong.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.statistics.ranking.NaturalRanking;
import org.seesong.keyword.KeywordRows;

/**
 * Which keywords songs hold and how strongly, by numbers: the table that baselines and judges work
 * on. It knows nothing of pictures or embeddings.
 *
 * <p>Immutable by convention; safe for any number of threads.
 */
final class SongTable {
  private final List<String> ids;
  private final int[][] held;
  private final float[][] weights;
  private final double[] popularity;
  private final double[] lengths;
  private final int[][] holders;
  private final Map<String, Integer> numbers = new HashMap<>();

  /**
   * A table.
   *
   * @param held keywords of each song
   * @param weights their weights
   * @param popularity of each song, NaN where unknown
   */
  SongTable(List<String> ids, int keywords, int[][] held, float[][] weights, double[] popularity) {
    this.ids = List.copyOf(ids);
    this.held = held;
    this.weights = weights;
    this.popularity = popularity(held, popularity);
    this.lengths = new double[held.length];
    int[] counts = new int[keywords];
    for (int song = 0; song < held.length; song++) {
      numbers.put(ids.get(song), song);
      double squares = 0;
      for (int i = 0; i < held[song].length; i++) {
        squares += (double) weights[song][i] * weights[song][i];
        counts[held[song][i]]++;
      }
      lengths[song] = Math.sqrt(squares);
    }
    holders = new int[keywords][];
    Arrays.setAll(holders, keyword -> new int[counts[keyword]]);
    Arrays.fill(counts, 0);
    for (int song = 0; song < held.length; song++) {
      for (int keyword : held[song]) {
        holders[keyword][counts[keyword]++] = song;
      }
    }
  }

  /** The owner's popularity, unknown as 0; where the owner gave none, the number of keywords. */
  private static double[] popularity(int[][] held, double[] given) {
    boolean some = Arrays.stream(given).anyMatch(p -> !Double.isNaN(p));
    return IntStream.range(0, held.length)
        .mapToDouble(
            song -> !some ? held[song].length : Double.isNaN(given[song]) ? 0 : given[song])
        .toArray();
  }

  /** The same songs with other keywords and weights. */
  SongTable with(int[][] otherKeywords, float[][] otherWeights) {
    return new SongTable(ids, holders.length, otherKeywords, otherWeights, popularity);
  }

  int size() {
    return held.length;
  }

  /** Keywords and weights as the stages of a build take them. */
  KeywordRows rows() {
    KeywordRows.Builder rows = new KeywordRows.Builder();
    for (int song = 0; song < held.length; song++) {
      TreeMap<Integer, Float> row = new TreeMap<>();
      for (int i = 0; i < held[song].length; i++) {
        row.put(held[song][i], weights[song][i]);
      }
      row.forEach(rows::add);
      rows.endRow();
    }
    return rows.build();
  }

  String id(int song) {
    return ids.get(song);
  }

  /** The number of a song, -1 if there is none of this id. */
  int numberOf(String id) {
    return numbers.getOrDefault(id, -1);
  }

  /** Keywords of a song. */
  int[] held(int song) {
    return held[song];
  }

  /** Weights of a song's keywords. */
  float[] weights(int song) {
    return weights[song];
  }

  /** Songs that hold a keyword. */
  int[] holders(int keyword) {
    return holders[keyword];
  }

  double popularity(int song) {
    return popularity[song];
  }

  /** The weight of a keyword in a song, 0 if the song does not hold it. */
  double weight(int song, int keyword) {
    for (int i = 0; i < held[song].length; i++) {
      if (held[song][i] == keyword) {
        return weights[song][i];
      }
    }
    return 0;
  }

  /** How much a song is about a keyword: the cosine of its row with the keyword, 0 to 1. */
  double focus(int song, int keyword) {
    return lengths[song] == 0 ? 0 : weight(song, keyword) / lengths[song];
  }

  /** The greatest focus on any of some keywords. */
  double focus(int song, int[] anyOf) {
    return Arrays.stream(anyOf).mapToDouble(keyword -> focus(song, keyword)).max().orElse(0);
  }

  /** Share of all songs that are less popular, 0 to 1, ties counted half. */
  double[] popularityRanks() {
    return Arrays.stream(new NaturalRanking().apply(popularity))
        .map(rank -> (rank - 0.5) / size())
        .toArray();
  }
}
