package org.seesong.keyword;

import java.util.List;

/**
 * Cuts text into words.
 *
 * <p>Implementations are safe for any number of threads and give the same tokens for the same text
 * whatever was segmented before. Tokens come in the order of the text and do not overlap; spaces
 * and punctuation are no tokens. Text is best given folded ({@link ScriptFolder}): the Chinese
 * dictionaries know simplified script only.
 */
public interface Segmenter {
  /** The name that options and reports use. */
  String name();

  /** Cuts a text into words. */
  List<Token> segment(String text);
}
