package org.seesong.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * BERT's tokenizer (Devlin et al., BERT, NAACL 2019): words and punctuation marks, each Chinese
 * character a word of its own, cut into the longest known pieces from the left. Reads the {@code
 * tokenizer.json} of Hugging Face's library. Immutable.
 */
final class WordPieceTokenizer {
  /** Longer words are one unknown token, as in the original. */
  private static final int MAX_WORD = 100;

  private final Map<String, Integer> pieces;
  private final boolean lowercase;
  private final int start;
  private final int end;
  private final int unknown;

  private WordPieceTokenizer(Map<String, Integer> pieces, boolean lowercase) {
    this.pieces = pieces;
    this.lowercase = lowercase;
    this.start = pieces.get("[CLS]");
    this.end = pieces.get("[SEP]");
    this.unknown = pieces.get("[UNK]");
  }

  /**
   * Reads a tokenizer.
   *
   * @param json content of a {@code tokenizer.json}
   * @throws IOException if it is no WordPiece tokenizer
   */
  static WordPieceTokenizer read(byte[] json) throws IOException {
    JsonNode root = new ObjectMapper().readTree(json);
    JsonNode vocabulary = root.path("model").path("vocab");
    if (!root.path("model").path("type").asText("WordPiece").equals("WordPiece")
        || !vocabulary.has("[CLS]")
        || !vocabulary.has("[SEP]")
        || !vocabulary.has("[UNK]")) {
      throw new IOException("tokenizer.json describes no WordPiece tokenizer with [CLS] and [SEP]");
    }
    Map<String, Integer> pieces = new HashMap<>();
    vocabulary.properties().forEach(e -> pieces.put(e.getKey(), e.getValue().asInt()));
    return new WordPieceTokenizer(
        pieces, root.path("normalizer").path("lowercase").asBoolean(false));
  }

  /**
   * Token ids of a text, between those of {@code [CLS]} and {@code [SEP]}.
   *
   * @param text any text
   * @param limit most ids, at least 2; what is beyond is left out
   */
  long[] encode(String text, int limit) {
    long[] ids = new long[limit];
    ids[0] = start;
    int size = 1;
    String clean = normalise(text);
    int at = 0;
    while (at < clean.length() && size < limit - 1) {
      int c = clean.codePointAt(at);
      int next = at + Character.charCount(c);
      if (isSpace(c)) {
        at = next;
        continue;
      }
      if (!standsAlone(c)) {
        while (next < clean.length()
            && !isSpace(clean.codePointAt(next))
            && !standsAlone(clean.codePointAt(next))) {
          next += Character.charCount(clean.codePointAt(next));
        }
      }
      size = addPieces(clean.substring(at, next), ids, size);
      at = next;
    }
    ids[size++] = end;
    return Arrays.copyOf(ids, size);
  }

  private String normalise(String text) {
    if (!lowercase) {
      return text;
    }
    String plain = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
    return plain
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Adds the longest known pieces of a word, or one unknown token; the last id is kept free. */
  private int addPieces(String word, long[] ids, int from) {
    int size = from;
    int at = 0;
    while (at < word.length() && word.length() <= MAX_WORD) {
      int to = word.length();
      Integer id = null;
      while (to > at && id == null) {
        id = pieces.get(at == 0 ? word.substring(0, to) : "##" + word.substring(at, to));
        to = id == null ? to - 1 : to;
      }
      if (id == null) {
        break;
      }
      if (size == ids.length - 1) {
        return size;
      }
      ids[size++] = id;
      at = to;
    }
    if (at == word.length()) {
      return size;
    }
    ids[from] = unknown;
    return from + 1;
  }

  private static boolean isSpace(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || c == 0
        || c == 0xFFFD
        || Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT;
  }

  /** A Chinese character or a punctuation mark, which is a word by itself. */
  private static boolean standsAlone(int c) {
    if (Character.isIdeographic(c)) {
      return true;
    }
    if (c < 128) {
      return c > ' ' && !Character.isLetterOrDigit(c);
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }
}
