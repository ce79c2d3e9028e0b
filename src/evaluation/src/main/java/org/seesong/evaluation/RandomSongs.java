package org.seesong.evaluation;

import java.util.List;
import java.util.SplittableRandom;

/** Songs drawn from all, anew for each query from the seed: what any method must beat. */
record RandomSongs(SongTable table, long seed) implements Recommender {
  @Override
  public List<Recommended> recommend(Question question, int songs) {
    return new SplittableRandom(seed * 1_000_003 + question.number())
        .ints(0, table.size())
        .distinct()
        .limit(Math.min(songs, table.size()))
        .mapToObj(song -> new Recommended(song, Double.NaN, -1))
        .toList();
  }
}
