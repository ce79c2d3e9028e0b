package org.seesong.encoder;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** What a network's classes are called. */
public final class ClassNames {
  /** Classes that a picture's strongest ones are stored for in two bytes each. */
  static final int MAX_CLASSES = 1 << 15;

  private static final int MAX_LENGTH = 500;
  private static final long MAX_BYTES = 1 << 19;

  private ClassNames() {}

  /**
   * Reads a file of names as they are published with models: a line for each class, in the order of
   * the output, synonyms separated by commas.
   *
   * @param file UTF-8 of at most 512 KB
   * @return the names
   * @throws ModelException if a line is blank or the file is no such list; says what to do
   * @throws IOException if it cannot be read
   */
  public static List<String> read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new ModelException(file + " is too large for names of classes: above 512 KB");
    }
    try {
      List<String> names =
          Files.readAllLines(file, StandardCharsets.UTF_8).stream().map(String::strip).toList();
      if (names.isEmpty()) {
        throw new ModelException(file + " is empty; give a file with the name of a class a line");
      }
      return checked("names", names);
    } catch (CharacterCodingException e) {
      throw new ModelException(file + " is not UTF-8; give a text file of names, one a line", e);
    } catch (IllegalArgumentException e) {
      throw new ModelException(file + ": " + e.getMessage(), e);
    }
  }

  /** A copy; fails for names without an output, blank or too many ones. */
  static List<String> checked(String output, List<String> names) {
    Objects.requireNonNull(output, "classesOutput");
    if (output.isEmpty() != names.isEmpty() || names.size() > MAX_CLASSES) {
      throw new IllegalArgumentException(
          "an output of classes needs names, 1 to "
              + MAX_CLASSES
              + " of them, and names need an output; got: '"
              + output
              + "' with "
              + names.size());
    }
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.isBlank() || name.length() > MAX_LENGTH) {
        throw new IllegalArgumentException(
            "name "
                + (i + 1)
                + " of the classes must not be blank nor longer than "
                + MAX_LENGTH
                + " characters");
      }
    }
    return List.copyOf(names);
  }
}
