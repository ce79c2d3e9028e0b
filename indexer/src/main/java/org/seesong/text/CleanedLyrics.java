package org.seesong.text;

import java.util.Objects;

/**
 * Lyrics to show and lyrics to find keywords in. Both have the same length and the same lines:
 * {@code words} is {@code shown} with spaces in place of what is not sung, so that a place in one
 * is the same place in the other.
 *
 * @param shown the text as written, without tags and markup; lines end with a line feed
 * @param words the sung words
 * @param counts what was found beside them
 */
public record CleanedLyrics(String shown, String words, CleaningCounts counts) {
  public CleanedLyrics {
    Objects.requireNonNull(counts, "counts");
    if (shown.length() != words.length()) {
      throw new IllegalArgumentException(
          "shown text has " + shown.length() + " characters, but words have " + words.length());
    }
  }
}
