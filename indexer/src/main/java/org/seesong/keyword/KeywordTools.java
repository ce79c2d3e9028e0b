package org.seesong.keyword;

import java.util.Objects;
import org.seesong.text.LyricsCleaner;

/**
 * What reads the words out of texts.
 *
 * @param segmenter cuts texts into words
 * @param folder makes scripts, widths and cases one
 * @param stopWords words that are never chosen
 * @param opaqueWords words inside which keywords do not count
 * @param cleaner tells sung words from what else stands in lyrics
 */
public record KeywordTools(
    Segmenter segmenter,
    ScriptFolder folder,
    StopWords stopWords,
    OpaqueWords opaqueWords,
    LyricsCleaner cleaner) {
  public KeywordTools {
    Objects.requireNonNull(segmenter, "segmenter");
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(stopWords, "stopWords");
    Objects.requireNonNull(opaqueWords, "opaqueWords");
    Objects.requireNonNull(cleaner, "cleaner");
  }

  /**
   * Tools that clean lyrics.
   *
   * @param segmenter cuts texts into words
   * @param folder makes scripts, widths and cases one
   * @param stopWords words that are never chosen
   * @param opaqueWords words inside which keywords do not count
   */
  public KeywordTools(
      Segmenter segmenter, ScriptFolder folder, StopWords stopWords, OpaqueWords opaqueWords) {
    this(segmenter, folder, stopWords, opaqueWords, LyricsCleaner.of(true));
  }

  /**
   * The built-in lists with a segmenter.
   *
   * @param segmenter cuts texts into words
   * @return the tools
   */
  public static KeywordTools builtIn(Segmenter segmenter) {
    return new KeywordTools(
        segmenter, ScriptFolder.builtIn(), StopWords.builtIn(), OpaqueWords.builtIn());
  }
}
