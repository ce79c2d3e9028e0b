package org.seesong.evaluation;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A picture that the index does not hold, and its keywords where they are known.
 *
 * @param labels its keywords as the owner wrote them
 */
public record LabelledQuery(String id, Path file, List<String> labels) {
  public LabelledQuery {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(file, "file");
    labels = List.copyOf(labels);
  }
}
