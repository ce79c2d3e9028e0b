package org.seesong.index;

import java.util.List;
import java.util.Objects;
import org.seesong.vector.FloatVector;

/**
 * A picture on its way into the index.
 *
 * @param id the owner's name for it, unique among pictures, 1 to 1,000 characters
 * @param path where the owner says it is, for display
 * @param keywords what joins it to the network, strongest first; empty if nothing does
 * @param labels the keywords its owner gave it; empty if none
 * @param visualVector what it looks like, from the encoder
 * @param networkVector its place in the network, not all zeros; empty for a picture that is not
 *     connected
 * @param thumbnail a small JPEG, possibly none
 */
public record PictureDocument(
    String id,
    String path,
    List<WeightedKeyword> keywords,
    List<WeightedKeyword> labels,
    FloatVector visualVector,
    FloatVector networkVector,
    Thumbnail thumbnail) {
  public PictureDocument {
    IndexLayout.checkTerm("id of a picture", id);
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(visualVector, "visualVector");
    Objects.requireNonNull(networkVector, "networkVector");
    Objects.requireNonNull(thumbnail, "thumbnail");
    keywords = List.copyOf(keywords);
    labels = List.copyOf(labels);
    IndexLayout.checkKeywords(keywords);
    IndexLayout.checkKeywords(labels);
  }

  /**
   * A picture that is joined to the network by the keywords its owner gave it.
   *
   * @param id the owner's name for it, unique among pictures, 1 to 1,000 characters
   * @param path where the owner says it is, for display
   * @param keywords its keywords, strongest first; empty if none is known
   * @param visualVector what it looks like, from the encoder
   * @param networkVector its place in the network, not all zeros; empty for a picture that is not
   *     connected
   * @param thumbnail a small JPEG, possibly none
   */
  public PictureDocument(
      String id,
      String path,
      List<WeightedKeyword> keywords,
      FloatVector visualVector,
      FloatVector networkVector,
      Thumbnail thumbnail) {
    this(id, path, keywords, keywords, visualVector, networkVector, thumbnail);
  }
}
