package org.seesong.keyword;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.TreeMap;
import org.seesong.vector.ContentKey;

/**
 * What reads the words out of texts.
 *
 * @param segmenter cuts texts into words
 * @param folder makes scripts, widths and cases one
 * @param stopWords words that are never chosen
 * @param opaqueWords words inside which keywords do not count
 */
public record KeywordTools(
    Segmenter segmenter, ScriptFolder folder, StopWords stopWords, OpaqueWords opaqueWords) {
  public KeywordTools {
    Objects.requireNonNull(segmenter, "segmenter");
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(stopWords, "stopWords");
    Objects.requireNonNull(opaqueWords, "opaqueWords");
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

  /**
   * Names the words that make a build of the same songs another one: a user's words, overrides of
   * the script's folding, stop words and opaque words, built-in ones too.
   *
   * @return 12 hexadecimal digits
   */
  public String hash() {
    StringBuilder all = new StringBuilder();
    if (segmenter instanceof UserWordSegmenter user) {
      all.append(new TreeMap<>(user.userWords().partsOfSpeech()));
    }
    all.append('\n').append(folder.overrides());
    all.append('\n').append(stopWords.sorted());
    all.append('\n').append(opaqueWords.words());
    byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
    return ContentKey.of(bytes).toString().substring(0, 12);
  }
}
