package org.seesong.keyword;

import java.util.List;
import java.util.Objects;

/**
 * What a network takes the pictures without labels of a catalogue for.
 *
 * @param names what it calls its classes; none if nobody asks for them
 * @param probabilities numbers of the most probable classes of each picture, and their
 *     probabilities as weights; empty rows for pictures that are not asked for
 */
public record PictureClasses(List<String> names, KeywordRows probabilities) {
  private static final PictureClasses NONE =
      new PictureClasses(List.of(), new KeywordRows.Builder().build());

  public PictureClasses {
    names = List.copyOf(names);
    Objects.requireNonNull(probabilities, "probabilities");
    for (int number : probabilities.keywords()) {
      if (number >= names.size()) {
        throw new IllegalArgumentException(
            "class " + number + " of a network with " + names.size() + " classes");
      }
    }
  }

  /** No classes for any picture. */
  public static PictureClasses none() {
    return NONE;
  }
}
