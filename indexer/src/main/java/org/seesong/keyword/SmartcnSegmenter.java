package org.seesong.keyword;

import java.io.StringReader;
import java.util.List;
import org.apache.lucene.analysis.cn.smart.HMMChineseTokenizer;

/**
 * Segments with Lucene's Smart Chinese, whose model is trained on newspapers. Knows no parts of
 * speech.
 *
 * <p>Makes a tokenizer for each text, so any number of threads may segment.
 */
final class SmartcnSegmenter implements Segmenter {
  static final String NAME = "smartcn";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Token> segment(String text) {
    HMMChineseTokenizer tokenizer = new HMMChineseTokenizer();
    tokenizer.setReader(new StringReader(text));
    return LuceneTokens.of(tokenizer, text);
  }
}
