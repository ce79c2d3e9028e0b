package org.seesong.keyword;

import java.security.MessageDigest;
import java.util.Objects;
import org.seesong.io.Digests;
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
    NonCompositionalWords opaqueWords,
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
   * @param stopWords words that are never chosen
   * @param opaqueWords words inside which keywords do not count
   */
  public KeywordTools(
      Segmenter segmenter,
      ScriptFolder folder,
      StopWords stopWords,
      NonCompositionalWords opaqueWords) {
    this(segmenter, folder, stopWords, opaqueWords, LyricsCleaner.of(true));
  }

  /**
   * Names all that words are read by: segmenter, lists and the program's rules.
   *
   * @return the same for the same tools in every run
   */
  public String fingerprint() {
    MessageDigest digest = Digests.sha256();
    BuiltInRules.add(digest, BuiltInRules.name(segmenter.name()));
    BuiltInRules.add(digest, segmenter.getClass().getName());
    if (segmenter instanceof UserWordSegmenter user) {
      BuiltInRules.add(digest, user.userWords().partsOfSpeech().toString());
    }
    BuiltInRules.add(digest, folder.overrides().toString());
    stopWords.words().forEach(word -> BuiltInRules.add(digest, word));
    opaqueWords.lines().forEach(line -> BuiltInRules.add(digest, line));
    return Digests.hex(digest);
  }

  /** Whether another process can make the same tools: the segmenter is one of this program's. */
  public boolean canBeNamed() {
    return Segmenters.isBuiltIn(segmenter);
  }

  /** The built-in lists with a segmenter. */
  public static KeywordTools builtIn(Segmenter segmenter) {
    return new KeywordTools(
        segmenter, ScriptFolder.builtIn(), StopWords.builtIn(), NonCompositionalWords.builtIn());
  }
}
