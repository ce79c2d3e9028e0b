package org.seesong.query;

import java.util.List;
import org.seesong.index.CatalogueSong;

/**
 * A song of an answer.
 *
 * @param rank its place, from 1
 * @param song what the index tells of it
 * @param because why it is there
 */
public record SongHit(int rank, CatalogueSong song, Explanation because) {
  /**
   * The song's id.
   *
   * @return the owner's id
   */
  public String id() {
    return song.id();
  }

  /**
   * The song's title.
   *
   * @return the title as written, or ""
   */
  public String title() {
    return song.details().title();
  }

  /**
   * The song's artist.
   *
   * @return the artist as written, or ""
   */
  public String artist() {
    return song.details().artist();
  }

  /**
   * The song's language.
   *
   * @return the tag as written, or ""
   */
  public String language() {
    return song.details().language();
  }

  /**
   * How the lyrics begin.
   *
   * @return the first lines
   */
  public List<String> firstLines() {
    return song.firstLines();
  }

  /**
   * How far the song is from what it was found from.
   *
   * @return Euclidean distance of network vectors
   */
  public double distance() {
    return because.leaderDistance();
  }
}
