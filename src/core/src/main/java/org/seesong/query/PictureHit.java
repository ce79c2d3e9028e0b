package org.seesong.query;

import java.util.List;
import org.seesong.index.CataloguePicture;
import org.seesong.index.WeightedKeyword;

/**
 * A picture that hop one found.
 *
 * @param rank from 1
 * @param picture what the index holds of it
 * @param distance Euclidean distance of image embeddings from the query; in answers to a keyword or
 *     a song, of graph embeddings
 */
public record PictureHit(int rank, CataloguePicture picture, double distance) {
  /** The owner's id. */
  public String id() {
    return picture.id();
  }

  /** Where the owner says the picture is. */
  public String path() {
    return picture.path();
  }

  /** Its keywords, strongest first. */
  public List<WeightedKeyword> keywords() {
    return picture.keywords();
  }
}
