package org.seesong.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Picks the best of some songs. */
final class BestSongs {
  private BestSongs() {}

  /** The songs of the least distance; equal ones in the order of their ids. */
  static List<Recommended> of(
      int[] candidates, IntToDoubleFunction distance, SongTable table, int songs) {
    return IntStream.of(candidates)
        .mapToObj(song -> new Recommended(song, distance.applyAsDouble(song), -1))
        .sorted(
            Comparator.comparingDouble(Recommended::distance)
                .thenComparing(recommended -> table.id(recommended.song())))
        .limit(songs)
        .toList();
  }
}
