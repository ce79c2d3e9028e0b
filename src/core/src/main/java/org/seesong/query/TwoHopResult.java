package org.seesong.query;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Songs with the pictures they were found from.
 *
 * @param songs the songs, best first
 * @param pictures the pictures of hop one, nearest first
 * @param timing how long it took
 * @param confidence how sure it is that the image of the query shows a thing that the index knows
 *     by a keyword, 0 to 1; empty unless the query is one image and the index was built with enough
 *     labelled pictures to tell
 */
public record TwoHopResult(
    List<SongHit> songs, List<PictureHit> pictures, Timing timing, OptionalDouble confidence) {
  public TwoHopResult {
    songs = List.copyOf(songs);
    pictures = List.copyOf(pictures);
    Objects.requireNonNull(confidence, "confidence");
  }

  /**
   * How long a search took.
   *
   * @param hopOneNanos from the query's vector to its nearest pictures
   * @param hopTwoNanos from these to the songs, without reading what is shown
   */
  public record Timing(long hopOneNanos, long hopTwoNanos) {}
}
