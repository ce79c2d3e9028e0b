package org.seesong.query;

import java.util.List;
import org.seesong.index.CataloguePicture;
import org.seesong.index.WeightedKeyword;

/**
 * A picture that hop one found.
 *
 * @param rank its place, from 1
 * @param picture what the index tells of it
 * @param distance Euclidean distance of visual vectors from the query; in answers to a keyword or a
 *     song, of network vectors
 */
public record PictureHit(int rank, CataloguePicture picture, double distance) {
  /**
   * The picture's id.
   *
   * @return the owner's id
   */
  public String id() {
    return picture.id();
  }

  /**
   * Where the owner says the picture is.
   *
   * @return the path as written
   */
  public String path() {
    return picture.path();
  }

  /**
   * What the picture carries.
   *
   * @return its keywords with their weights
   */
  public List<WeightedKeyword> keywords() {
    return picture.keywords();
  }
}
