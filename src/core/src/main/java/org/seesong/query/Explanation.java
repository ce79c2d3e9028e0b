package org.seesong.query;

import java.util.List;
import java.util.Objects;

/**
 * Why a song is in an answer.
 *
 * @param origin what the song was found from
 * @param pictureId picture this song was found from; for songs found from the centroid or from
 *     words, the picture nearest to the song; "" where there is none, as in answers to a song or to
 *     words alone
 * @param pictureDistance distance from the query to that picture; 0 without one
 * @param songDistance Euclidean distance of graph embeddings from that picture, or from the song of
 *     the query, as {@linkplain KeywordBoost boosts} moved it, to the song; without either, of text
 *     embeddings from the words
 * @param keywordPaths keywords that both carry, or that the song carries and a boost asks for, the
 *     strongest first; may be empty, for embeddings also bring together what only neighbours
 *     connect
 */
public record Explanation(
    Origin origin,
    String pictureId,
    double pictureDistance,
    double songDistance,
    List<KeywordPath> keywordPaths) {
  /** What a song of an answer was found from. */
  public enum Origin {
    /** A picture of hop one. */
    PICTURE,
    /** The centroid of the pictures of hop one. */
    CENTROID,
    /** The song of the query. */
    SONG,
    /** The words of the query, together with the centroid of its pictures if it has some. */
    WORDS
  }

  /**
   * A path of two edges from a picture, or the song of the query, over a keyword to a song.
   *
   * @param keyword the keyword
   * @param originWeight weight of the edge from the picture or song to the keyword; 0 where a boost
   *     alone asks for it
   * @param songWeight weight of the edge from the keyword to the song
   * @param line a line of the song's lyrics that holds the keyword, as written; "" if none is known
   */
  public record KeywordPath(String keyword, double originWeight, double songWeight, String line) {
    public KeywordPath {
      Objects.requireNonNull(keyword, "keyword");
      Objects.requireNonNull(line, "line");
    }

    /** The product, so that both edges must be strong; may round to 0. */
    double weight() {
      return originWeight * songWeight;
    }
  }

  public Explanation {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(pictureId, "pictureId");
    keywordPaths = List.copyOf(keywordPaths);
  }

  /** The keywords of the paths, the strongest first. */
  public List<String> sharedKeywords() {
    return keywordPaths.stream().map(KeywordPath::keyword).toList();
  }
}
