package org.seesong.keyword;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Words that a user wants kept whole, whichever segmenter cuts the rest.
 *
 * <p>Immutable; words are as folded, English ones in their one form.
 */
public final class UserWords {
  private final Map<String, String> partsOfSpeech;

  private UserWords(Map<String, String> partsOfSpeech) {
    this.partsOfSpeech = partsOfSpeech;
  }

  /**
   * No words.
   *
   * @return an empty set of words
   */
  public static UserWords none() {
    return new UserWords(Map.of());
  }

  /** Words by their parts of speech, as {@link #partsOfSpeech} of others gave them. */
  static UserWords of(Map<String, String> partsOfSpeech) {
    return new UserWords(new LinkedHashMap<>(partsOfSpeech));
  }

  /**
   * Reads a dictionary in Jieba's format: a word a line, then, if wanted, a frequency and a part of
   * speech, with spaces between. The frequency is not used: a user's word always wins, the longest
   * one first.
   *
   * @param folder makes scripts, widths and cases of the words one
   * @throws IOException if the file cannot be read or a line is of another form
   */
  public static UserWords read(Path file, ScriptFolder folder) throws IOException {
    Map<String, String> parts = new LinkedHashMap<>();
    for (WordFile.Entry entry : WordFile.read(file)) {
      String[] fields = entry.text().split("\\s+");
      if (fields.length > 3 || (fields.length == 3 && !fields[1].matches("[0-9]+"))) {
        throw new IOException(
            file
                + ":"
                + entry.line()
                + ": expected a word, a frequency and a part of speech; got: '"
                + entry.text()
                + "'");
      }
      boolean frequencyLast = fields[fields.length - 1].matches("[0-9]+");
      parts.put(
          Vocabulary.canonical(fields[0], folder),
          fields.length == 1 || frequencyLast ? "n" : fields[fields.length - 1]);
    }
    parts.remove(""); // a word of characters that fold to nothing
    return new UserWords(parts);
  }

  Map<String, String> partsOfSpeech() {
    return partsOfSpeech;
  }
}
