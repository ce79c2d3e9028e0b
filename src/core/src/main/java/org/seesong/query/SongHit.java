package org.seesong.query;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.seesong.index.CatalogueSong;

/**
 * A song of an answer.
 *
 * @param rank from 1
 * @param song what the index holds of it
 * @param distance Euclidean distance of graph embeddings from what the song was found from, see
 *     {@link Explanation#origin}; in answers to words, of text embeddings from the words
 * @param explanation why it is there
 * @param versions ids of other songs with nearly the same lyrics that pass the filters, in order;
 *     empty unless {@link TwoHopOptions#versions}
 * @param confidence how sure it is that the song fits the image of the query, 0 to 1; empty where
 *     {@link TwoHopResult#confidence} is, and where keyword weights are not relevance
 */
public record SongHit(
    int rank,
    CatalogueSong song,
    double distance,
    Explanation explanation,
    List<String> versions,
    OptionalDouble confidence) {
  public SongHit {
    versions = List.copyOf(versions);
    Objects.requireNonNull(confidence, "confidence");
  }

  /** The owner's id. */
  public String id() {
    return song.id();
  }

  /** The title as written, or "". */
  public String title() {
    return song.details().title();
  }

  /** The artist as written, or "". */
  public String artist() {
    return song.details().artist();
  }

  /** The language tag as written, or "". */
  public String language() {
    return song.details().language();
  }

  /** How the lyrics begin. */
  public List<String> firstLines() {
    return song.firstLines();
  }
}
