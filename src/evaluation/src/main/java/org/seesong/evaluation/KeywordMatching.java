package org.seesong.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * KM, the paper's baseline: songs that hold the keywords of the nearest pictures. The paper does
 * not say in which order; there are two here.
 *
 * <p>By weight: the sum, over the distinct keywords of the pictures, of the keyword's weight in the
 * song, the largest first; equal sums in the order of ids. At random: songs that hold any of the
 * keywords in an order drawn anew for each query from the seed.
 *
 * <p>Knows the songs' keywords only.
 */
record KeywordMatching(SongTable table, boolean byWeight, long seed) implements Recommender {
  @Override
  public List<Recommended> recommend(Question question, int songs) {
    int[] keywords =
        question.nearest().stream()
            .flatMapToInt(picture -> Arrays.stream(picture.keywords()))
            .distinct()
            .sorted()
            .toArray();
    double[] sums = new double[table.size()];
    for (int keyword : keywords) {
      for (int song : table.holders(keyword)) {
        sums[song] += table.weight(song, keyword);
      }
    }
    int[] matching = IntStream.range(0, sums.length).filter(song -> sums[song] > 0).toArray();
    return byWeight
        ? BestSongs.of(matching, song -> -sums[song], table, songs)
        : drawn(matching, question.number(), songs);
  }

  private List<Recommended> drawn(int[] matching, int query, int songs) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + query);
    List<Recommended> answer = new ArrayList<>();
    for (int i = 0; i < Math.min(songs, matching.length); i++) {
      int other = random.nextInt(i, matching.length);
      int song = matching[other];
      matching[other] = matching[i];
      matching[i] = song;
      answer.add(new Recommended(song, Double.NaN, -1));
    }
    return answer;
  }
}
