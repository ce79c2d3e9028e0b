package org.seesong.keyword;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/** Takes the words out of a Lucene tokenizer. */
final class LuceneTokens {
  private LuceneTokens() {}

  static List<Token> of(Tokenizer tokenizer, String text) {
    List<Token> tokens = new ArrayList<>();
    OffsetAttribute offsets = tokenizer.addAttribute(OffsetAttribute.class);
    try (tokenizer) {
      tokenizer.reset();
      while (tokenizer.incrementToken()) {
        add(text, offsets.startOffset(), offsets.endOffset(), tokens);
      }
      tokenizer.end();
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory cannot fail", e);
    }
    return tokens;
  }

  /** The text's own characters, since tokenizers stem and write words their own way. */
  private static void add(String text, int start, int end, List<Token> tokens) {
    String word = text.substring(start, end);
    if (word.chars().noneMatch(Character::isLetterOrDigit)) {
      return;
    }
    if (EnglishWords.isWordCharacter(word.charAt(0))) {
      word = EnglishWords.word(word.toLowerCase(Locale.ROOT));
    }
    tokens.add(new Token(word, start, end, ""));
  }
}
