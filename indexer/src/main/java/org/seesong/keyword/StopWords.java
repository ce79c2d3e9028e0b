package org.seesong.keyword;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Words that are never chosen as keywords because they say nothing about a song. A keyword list or
 * a picture may still name one.
 *
 * <p>Immutable; words are as folded, English ones in their one form.
 */
public final class StopWords {
  private final Set<String> words;

  private StopWords(Set<String> words) {
    this.words = words;
  }

  /** The built-in Chinese and English words. */
  public static StopWords builtIn() {
    return new StopWords(Set.of()).plus(WordFile.builtIn("stop-words.txt"));
  }

  /**
   * These words and a file's.
   *
   * @param file UTF-8, one word a line, {@code #} comments
   * @param folder makes scripts, widths and cases of the words one
   * @throws IOException if the file cannot be read
   */
  public StopWords plus(Path file, ScriptFolder folder) throws IOException {
    return plus(
        WordFile.read(file).stream()
            .map(entry -> new WordFile.Entry(entry.line(), folder.fold(entry.text())))
            .toList());
  }

  private StopWords plus(List<WordFile.Entry> entries) {
    Set<String> all = new HashSet<>(words);
    for (WordFile.Entry entry : entries) {
      all.add(entry.text());
      all.add(EnglishWords.normalise(entry.text()));
    }
    return new StopWords(all);
  }

  /** The words in the order of their characters. */
  SortedSet<String> words() {
    return new TreeSet<>(words);
  }

  boolean contains(String folded) {
    return words.contains(folded);
  }
}
