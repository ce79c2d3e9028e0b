package org.seesong.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What our systems are compared with. They see the songs' keywords and the query's nearest pictures
 * only. Equal songs come in the order of their ids.
 */
record Baselines(SongTable songs) {
  private static final int MAX_RANKED = 10_000;

  /**
   * KM of the paper: songs that hold keywords of the nearest pictures, by the sum of the weights of
   * these (distinct) keywords in the song. The paper does not state an order. By weights of {@link
   * TfIdf} it is what can be built without this index.
   */
  Recommender keywordMatching() {
    return (query, most) -> {
      double[] sums = sums(query);
      return best(matching(sums), song -> -sums[song], most);
    };
  }

  /** The songs of {@link #keywordMatching} in an order drawn for each query. */
  Recommender randomKeywordMatching(long seed) {
    return (query, most) -> drawn(matching(sums(query)), random(seed, query), most);
  }

  private static List<RankedSong> drawn(int[] songs, SplittableRandom random, int most) {
    List<RankedSong> ranking = new ArrayList<>();
    for (int i = 0; i < Math.min(most, songs.length); i++) {
      int other = random.nextInt(i, songs.length);
      ranking.add(new RankedSong(songs[other], Double.NaN, -1));
      songs[other] = songs[i];
    }
    return ranking;
  }

  /** Songs whose lyrics hold the first of the query's own keywords, drawn for each query. */
  Recommender randomByLyrics(List<int[]> labels, KeywordRelevance relevance, long seed) {
    return (query, most) ->
        drawn(
            relevance.singing(labels.get(query.number())[0]).stream().toArray(),
            random(seed, query),
            most);
  }

  /**
   * POP of the paper: the most popular songs, the same for every query. Without popularity from the
   * owner, the number of keywords stands for it.
   */
  Recommender popularity() {
    int[] all = IntStream.range(0, songs.size()).toArray();
    List<RankedSong> ranking = best(all, song -> -songs.popularity(song), MAX_RANKED);
    return (query, most) -> ranking.subList(0, Math.min(most, ranking.size()));
  }

  /** Songs drawn from all, anew for each query. */
  Recommender random(long seed) {
    return (query, most) ->
        random(seed, query)
            .ints(0, songs.size())
            .distinct()
            .limit(Math.min(most, songs.size()))
            .mapToObj(song -> new RankedSong(song, Double.NaN, -1))
            .toList();
  }

  /** Knows each query's keywords and gives the songs with the greatest focus on them. */
  Recommender oracle(List<int[]> labels) {
    return (query, most) -> {
      int[] keywords = labels.get(query.number());
      int[] holders =
          Arrays.stream(keywords)
              .flatMap(keyword -> Arrays.stream(songs.holders(keyword)))
              .distinct()
              .toArray();
      return best(holders, song -> -songs.focus(song, keywords), most);
    };
  }

  private double[] sums(Query query) {
    double[] sums = new double[songs.size()];
    query.nearest().stream()
        .flatMapToInt(picture -> Arrays.stream(picture.keywords()))
        .distinct()
        .sorted()
        .forEach(
            keyword -> {
              for (int song : songs.holders(keyword)) {
                sums[song] += songs.weight(song, keyword);
              }
            });
    return sums;
  }

  private static int[] matching(double[] sums) {
    return IntStream.range(0, sums.length).filter(song -> sums[song] > 0).toArray();
  }

  private static SplittableRandom random(long seed, Query query) {
    return new SplittableRandom(seed * 1_000_003 + query.number());
  }

  private List<RankedSong> best(int[] candidates, IntToDoubleFunction distance, int most) {
    return IntStream.of(candidates)
        .mapToObj(song -> new RankedSong(song, distance.applyAsDouble(song), -1))
        .sorted(
            Comparator.comparingDouble(RankedSong::distance)
                .thenComparing(ranked -> songs.id(ranked.song())))
        .limit(most)
        .toList();
  }
}
