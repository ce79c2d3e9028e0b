package org.seesong.keyword;

import java.util.List;

/** The segmenters there are, by name. */
public final class Segmenters {
  private static final List<String> NAMES =
      List.of(JiebaSegmenter.NAME, SmartcnSegmenter.NAME, UnicodeSegmenter.NAME);

  private Segmenters() {}

  /** The names that {@link #byName(String)} knows; the default comes first. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * Makes a segmenter and loads its dictionary.
   *
   * @param name {@code jieba} (default; Chinese, parts of speech), {@code smartcn} (Chinese) or
   *     {@code unicode} (no dictionary)
   * @throws IllegalArgumentException if there is none of this name
   */
  public static Segmenter byName(String name) {
    return switch (name) {
      case JiebaSegmenter.NAME -> new JiebaSegmenter();
      case SmartcnSegmenter.NAME -> new SmartcnSegmenter();
      case UnicodeSegmenter.NAME -> new UnicodeSegmenter();
      default ->
          throw new IllegalArgumentException(
              "unknown segmenter '" + name + "'; known are: " + String.join(", ", NAMES));
    };
  }

  /** Whether a segmenter is one that {@link #byName} makes, whatever it calls itself. */
  static boolean isBuiltIn(Segmenter segmenter) {
    return segmenter instanceof JiebaSegmenter
        || segmenter instanceof SmartcnSegmenter
        || segmenter instanceof UnicodeSegmenter
        || segmenter instanceof UserWordSegmenter;
  }

  /**
   * Makes a segmenter that keeps a user's words whole.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public static Segmenter byName(String name, UserWords userWords) {
    Segmenter segmenter = byName(name);
    return userWords.partsOfSpeech().isEmpty()
        ? segmenter
        : new UserWordSegmenter(userWords, segmenter);
  }
}
