package org.seesong.keyword;

import java.util.Objects;

/**
 * A word in a text.
 *
 * @param text the word; English words in one form ({@code oceans} is {@code ocean})
 * @param start where it starts in the text that was segmented, in UTF-16 units
 * @param end where it ends, exclusive
 * @param partOfSpeech the segmenter's tag, such as {@code n} for nouns in Jieba; "" where the
 *     segmenter does not know parts of speech
 */
public record Token(String text, int start, int end, String partOfSpeech) {
  public Token {
    Objects.requireNonNull(partOfSpeech, "partOfSpeech");
    if (text.isEmpty() || start < 0 || end <= start) {
      throw new IllegalArgumentException(
          "a token needs text and a range; got: '" + text + "' at " + start + " to " + end);
    }
  }
}
