package org.seesong.query;

import java.util.List;

/**
 * Songs with the pictures they were found from.
 *
 * @param songs the songs, best first
 * @param pictures the pictures of hop one, nearest first
 * @param timing how long it took
 */
public record TwoHopResult(List<SongHit> songs, List<PictureHit> pictures, Timing timing) {
  public TwoHopResult {
    songs = List.copyOf(songs);
    pictures = List.copyOf(pictures);
  }

  /**
   * How long a search took.
   *
   * @param hopOneNanos from the query's vector to its nearest pictures
   * @param hopTwoNanos from these to the songs, without reading what is shown
   */
  public record Timing(long hopOneNanos, long hopTwoNanos) {}
}
