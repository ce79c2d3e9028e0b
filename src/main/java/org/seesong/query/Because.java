package org.seesong.query;

import java.util.List;

/**
 * Why a song is in an answer.
 *
 * @param pictureId id of the picture that led to it
 * @param pictureDistance Euclidean distance of visual vectors from the query to that picture
 * @param songDistance Euclidean distance of network vectors from that picture to the song
 * @param sharedKeywords keywords that both carry, the strongest first; may be empty, because the
 *     network also brings together what only neighbours connect
 */
public record Because(
    String pictureId, double pictureDistance, double songDistance, List<String> sharedKeywords) {
  public Because {
    sharedKeywords = List.copyOf(sharedKeywords);
  }
}
