package org.seesong.query;

import java.util.Objects;

/**
 * A way from what was asked for to a song, over a keyword that both carry.
 *
 * @param keyword the keyword
 * @param originWeight weight of the edge from the picture, or the song asked by, to the keyword
 * @param songWeight weight of the edge from the keyword to the song
 * @param line a line of the song's lyrics that holds the keyword, as written; "" if none is known
 */
public record KeywordPath(String keyword, double originWeight, double songWeight, String line) {
  public KeywordPath {
    Objects.requireNonNull(keyword, "keyword");
    Objects.requireNonNull(line, "line");
  }

  /** Both edges must be strong for the way to be; may round to 0. */
  double weight() {
    return originWeight * songWeight;
  }
}
