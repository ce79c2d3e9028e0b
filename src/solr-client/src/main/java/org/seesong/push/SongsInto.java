package org.seesong.push;

import java.util.regex.Pattern;

/**
 * A collection of songs that is there already and gets nothing but one vector field.
 *
 * @param collection its name, or an alias of it
 * @param field the field for the songs' places in the network; made if it is not there
 */
public record SongsInto(String collection, String field) {
  private static final Pattern FIELD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

  public SongsInto {
    if (collection.isBlank()) {
      throw new IllegalArgumentException("the collection of songs must have a name");
    }
    if (!FIELD.matcher(field).matches()) {
      throw new IllegalArgumentException(
          "the songs' field must be 1 to 100 letters, digits or '_' and not begin with a digit;"
              + " got: '"
              + field
              + "'");
    }
  }
}
