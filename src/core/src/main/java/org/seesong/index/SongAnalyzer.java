package org.seesong.index;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;

/**
 * The analyzer of titles and lyrics: words of Chinese text in simplified script, stems of English.
 *
 * <p>The one class of the core that knows Lucene's smartcn. A text query must use it too, after
 * folding traditional script as the indexer does.
 */
public final class SongAnalyzer {
  private SongAnalyzer() {}

  /**
   * A new analyzer; safe for any number of threads.
   *
   * @return the analyzer, to be closed by the caller
   */
  public static Analyzer create() {
    return new SmartChineseAnalyzer();
  }
}
