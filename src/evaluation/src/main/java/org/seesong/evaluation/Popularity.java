package org.seesong.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * POP, the paper's baseline: the most popular songs, the same for every query. Popularity is the
 * owner's; where the owner gave none, the number of keywords a song holds stands for it. Equally
 * popular songs come in the order of ids.
 */
final class Popularity implements Recommender {
  private static final int MOST = 10_000;

  private final List<Recommended> ranking;

  Popularity(SongTable table) {
    int[] all = IntStream.range(0, table.size()).toArray();
    this.ranking = BestSongs.of(all, song -> -table.popularity(song), table, MOST);
  }

  @Override
  public List<Recommended> recommend(Question question, int songs) {
    return ranking.subList(0, Math.min(songs, ranking.size()));
  }
}
