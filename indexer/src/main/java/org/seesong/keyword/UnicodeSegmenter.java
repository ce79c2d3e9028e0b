package org.seesong.keyword;

import java.io.StringReader;
import java.util.List;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * Segments by Unicode's word boundaries (UAX 29): English and other spaced scripts into words,
 * Chinese into single characters. Knows no parts of speech; needs no dictionary.
 *
 * <p>Makes a tokenizer for each text, so any number of threads may segment.
 */
final class UnicodeSegmenter implements Segmenter {
  static final String NAME = "unicode";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Token> segment(String text) {
    StandardTokenizer tokenizer = new StandardTokenizer();
    tokenizer.setReader(new StringReader(text));
    return LuceneTokens.of(tokenizer, text);
  }
}
