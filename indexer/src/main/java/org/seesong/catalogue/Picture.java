package org.seesong.catalogue;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.seesong.index.WeightedKeyword;

/**
 * A picture as its owner named and labelled it.
 *
 * @param id the picture's name, unique in a catalogue, not blank; the path with forward slashes
 *     unless the owner gave another
 * @param path where the owner says the picture is, as written
 * @param file the picture's file
 * @param keywords the owner's labels as written, in their order; empty for a picture without labels
 */
public record Picture(String id, String path, Path file, List<WeightedKeyword> keywords) {
  public Picture {
    if (id.isBlank()) {
      throw new IllegalArgumentException("id of a picture must not be blank");
    }
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(file, "file");
    keywords = List.copyOf(keywords);
  }
}
