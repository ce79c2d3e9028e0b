package org.seesong.query;

import java.util.List;
import java.util.Objects;

/**
 * Why a song is in an answer.
 *
 * @param pictureId id of the picture that led to it; where the pictures' consensus did, the one
 *     nearest to the song; "" in answers to a song
 * @param pictureDistance distance from the query to that picture; 0 in answers to a song
 * @param songDistance Euclidean distance of network vectors from that picture, or from the song
 *     asked by, to the song
 * @param leader what the song was found from
 * @param leaderDistance Euclidean distance of network vectors from that to the song; differs from
 *     {@code songDistance} for a consensus only
 * @param paths the ways over keywords that both carry, the strongest first; may be empty, because
 *     the network also brings together what only neighbours connect
 */
public record Explanation(
    String pictureId,
    double pictureDistance,
    double songDistance,
    Leader leader,
    double leaderDistance,
    List<KeywordPath> paths) {
  /** What a song of an answer was found from. */
  public enum Leader {
    /** A picture of hop one. */
    PICTURE,
    /** All pictures of hop one together. */
    CONSENSUS,
    /** The song asked by. */
    SONG
  }

  public Explanation {
    Objects.requireNonNull(pictureId, "pictureId");
    Objects.requireNonNull(leader, "leader");
    paths = List.copyOf(paths);
  }

  /**
   * The keywords that both carry.
   *
   * @return keywords, the strongest first
   */
  public List<String> sharedKeywords() {
    return paths.stream().map(KeywordPath::keyword).toList();
  }
}
