package org.seesong.keyword;

import java.io.IOException;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seesong.text.LyricsCleaner;

/**
 * How words are read out of texts: {@link KeywordTools} as values that can be written to a file,
 * but for stop words, which only count while keywords are chosen.
 *
 * @param segmenter name of what cuts texts into words
 * @param ownSegmenter whether that is no segmenter of this program but of the one that built
 * @param rules names the program's own rules and lists
 * @param opaqueWords words in which keywords do not count, a line for each as in a file of them
 * @param userWords words that the segmenter keeps whole, by part of speech
 * @param scriptOverrides what is folded otherwise than by the built-in table
 * @param lyricsCleaning whether lyrics are cleaned before keywords are looked for
 */
public record TextReading(
    String segmenter,
    boolean ownSegmenter,
    String rules,
    List<String> opaqueWords,
    Map<String, String> userWords,
    SortedMap<String, String> scriptOverrides,
    boolean lyricsCleaning)
    implements Serializable {
  public TextReading {
    Objects.requireNonNull(segmenter, "segmenter");
    Objects.requireNonNull(rules, "rules");
    opaqueWords = List.copyOf(opaqueWords);
    userWords = Collections.unmodifiableMap(new LinkedHashMap<>(userWords));
    scriptOverrides = Collections.unmodifiableSortedMap(new TreeMap<>(scriptOverrides));
  }

  /** How these tools read words. */
  public static TextReading of(KeywordTools tools) {
    return new TextReading(
        tools.segmenter().name(),
        !Segmenters.isBuiltIn(tools.segmenter()),
        BuiltInRules.name(tools.segmenter().name()),
        tools.opaqueWords().lines(),
        tools.segmenter() instanceof UserWordSegmenter user
            ? user.userWords().partsOfSpeech()
            : Map.of(),
        new TreeMap<>(tools.folder().overrides()),
        tools.cleaner().isOn());
  }

  private boolean isOfThisProgram() {
    return rules.equals(BuiltInRules.name(segmenter));
  }

  /**
   * Refuses, on a machine of a cluster, to read words otherwise than the one that builds.
   *
   * @throws IOException if this version of the program has other rules or lists
   */
  public void requireThisProgram() throws IOException {
    if (!isOfThisProgram()) {
      throw new IOException(
          "the version of Seesong on this machine reads words by other rules than the one that"
              + " builds; all machines must have the same");
    }
  }

  /** What makes scripts, widths and cases one, without loading dictionaries. */
  public ScriptFolder folder() {
    return ScriptFolder.withOverrides(scriptOverrides);
  }

  /**
   * Loads the dictionaries.
   *
   * @throws IllegalArgumentException if words were read by other rules than this program's
   */
  public KeywordTools tools() {
    if (ownSegmenter) {
      throw new IllegalArgumentException(
          "lyrics were cut into words by a segmenter of the program that built the index, '"
              + segmenter
              + "', which is not kept with it, so nothing can be added; build the index again with"
              + " all songs in that program, or with a segmenter of Seesong: "
              + String.join(", ", Segmenters.names()));
    }
    if (!isOfThisProgram()) {
      throw new IllegalArgumentException(
          "words were read by rules "
              + rules
              + ", but this version of the program reads them by rules "
              + BuiltInRules.name(segmenter)
              + ", so added songs would not fit those that are there");
    }
    return new KeywordTools(
        Segmenters.byName(segmenter, UserWords.of(userWords)),
        folder(),
        StopWords.builtIn(),
        NonCompositionalWords.of(opaqueWords),
        LyricsCleaner.of(lyricsCleaning));
  }
}
