package org.seesong.evaluation;

import java.util.Arrays;
import java.util.List;

/**
 * What could be had at best: knows each query's keywords and gives the songs most about them.
 *
 * @param table the songs
 * @param labels keywords by query
 */
record Oracle(SongTable table, List<int[]> labels) implements Recommender {
  @Override
  public List<Recommended> recommend(Question question, int songs) {
    int[] keywords = labels.get(question.number());
    int[] holders =
        Arrays.stream(keywords)
            .flatMap(keyword -> Arrays.stream(table.holders(keyword)))
            .distinct()
            .toArray();
    return BestSongs.of(holders, song -> -focus(song, keywords), table, songs);
  }

  private double focus(int song, int[] keywords) {
    return Arrays.stream(keywords).mapToDouble(k -> table.focus(song, k)).max().orElse(0);
  }
}
