package org.seesong.keyword;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Words in which a keyword does not mean what it means alone: there is no horse in 马上 (at once).
 * Keywords are not counted inside them.
 *
 * <p>Immutable; words are as folded, English ones in their one form.
 */
public final class NonCompositionalWords {
  private static final String SEPARATOR = ": ";

  private final List<Word> words;

  /**
   * A word and what it hides.
   *
   * @param word the word
   * @param keyword the keyword that does not count in it; "" for every one
   */
  record Word(String word, String keyword) {}

  private NonCompositionalWords(List<Word> words) {
    this.words = List.copyOf(words);
  }

  /** The built-in Chinese words. */
  public static NonCompositionalWords builtIn() {
    return none().plus(WordFile.builtIn("opaque-words.txt"));
  }

  /**
   * No words: keywords count wherever they stand.
   *
   * @return an empty set of words
   */
  public static NonCompositionalWords none() {
    return new NonCompositionalWords(List.of());
  }

  /**
   * These words and a file's.
   *
   * @param file UTF-8, {@code #} comments; a line is a keyword, a colon, a space and the words,
   *     with spaces between, that hide it ({@code 马: 马上 马虎}), or a word alone that hides every
   *     keyword
   * @param folder makes scripts, widths and cases of the words one
   * @throws IOException if the file cannot be read
   */
  public NonCompositionalWords plus(Path file, ScriptFolder folder) throws IOException {
    return plus(
        WordFile.read(file).stream()
            .map(entry -> new WordFile.Entry(entry.line(), folder.fold(entry.text())))
            .toList());
  }

  private NonCompositionalWords plus(List<WordFile.Entry> entries) {
    List<Word> all = new ArrayList<>(words);
    for (WordFile.Entry entry : entries) {
      int separator = entry.text().indexOf(SEPARATOR);
      if (separator < 0) {
        all.add(new Word(EnglishWords.normalise(entry.text()), ""));
      } else {
        String keyword = EnglishWords.normalise(entry.text().substring(0, separator)).strip();
        for (String word : entry.text().substring(separator + 2).strip().split("\\s+")) {
          all.add(new Word(EnglishWords.normalise(word), keyword));
        }
      }
    }
    return new NonCompositionalWords(all);
  }

  /** Words as {@link #lines} of others gave them. */
  static NonCompositionalWords of(List<String> lines) {
    return none().plus(lines.stream().map(line -> new WordFile.Entry(1, line)).toList());
  }

  /** A line for each word, as in a file. */
  List<String> lines() {
    return words.stream()
        .map(
            word ->
                word.keyword().isEmpty() ? word.word() : word.keyword() + SEPARATOR + word.word())
        .toList();
  }

  List<Word> words() {
    return words;
  }
}
