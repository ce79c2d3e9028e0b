package org.seesong.encoder;

import java.util.regex.Pattern;

/** Which names a model may have: safe as a folder and within an id. */
final class ModelNames {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  private ModelNames() {}

  static boolean isValid(String name) {
    return NAME.matcher(name).matches();
  }

  static void require(String name) {
    if (!isValid(name) || name.equals(ModelHome.DESCRIPTOR)) {
      throw new IllegalArgumentException(
          "model name must be 1 to 64 of a-z, 0-9, dot, underscore and hyphen, begin with a letter"
              + " or digit, and not be '"
              + ModelHome.DESCRIPTOR
              + "'; got: '"
              + name
              + "'");
    }
  }
}
