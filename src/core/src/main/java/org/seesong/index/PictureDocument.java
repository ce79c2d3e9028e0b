package org.seesong.index;

import java.util.List;
import java.util.Objects;
import org.seesong.vector.FloatVector;

/**
 * A picture on its way into the index.
 *
 * @param id the owner's name for it, unique among pictures, 1 to 1,000 characters
 * @param path where the owner says it is, for display
 * @param keywords its edges in the graph, strongest first; empty if nothing does
 * @param labels the keywords its owner gave it; empty if none
 * @param imageEmbedding of the encoder
 * @param graphEmbedding its graph embedding, not all zeros; empty for a picture that is not
 *     connected
 * @param thumbnail a small JPEG, possibly none
 */
public record PictureDocument(
    String id,
    String path,
    List<WeightedKeyword> keywords,
    List<WeightedKeyword> labels,
    FloatVector imageEmbedding,
    FloatVector graphEmbedding,
    Thumbnail thumbnail) {
  public PictureDocument {
    IndexLayout.checkTerm("id of a picture", id);
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(imageEmbedding, "imageEmbedding");
    Objects.requireNonNull(graphEmbedding, "graphEmbedding");
    Objects.requireNonNull(thumbnail, "thumbnail");
    keywords = List.copyOf(keywords);
    labels = List.copyOf(labels);
    IndexLayout.checkKeywords(keywords);
    IndexLayout.checkKeywords(labels);
  }
}
