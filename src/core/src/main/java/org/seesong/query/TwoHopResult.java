package org.seesong.query;

import java.util.List;

/**
 * An answer with its evidence.
 *
 * @param songs the songs, best first
 * @param pictures the pictures they come from, nearest first
 * @param timing how long it took
 */
public record TwoHopResult(List<SongHit> songs, List<PictureHit> pictures, Timing timing) {
  public TwoHopResult {
    songs = List.copyOf(songs);
    pictures = List.copyOf(pictures);
  }
}
