package org.seesong.keyword;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The words that songs may have for one class of a network.
 *
 * <p>The table {@code imagenet-classes.csv}, whose head says how to read it, has those of
 * ImageNet's classes; others are called what the model calls them.
 *
 * @param languages for each language groups of synonyms, the most special first and what the thing
 *     is a kind of behind it, such as {@code [[[monarch], [butterfly]], [[蝴蝶, 蝶]]]}
 */
record ClassWords(List<List<List<String>>> languages) {
  private static final String TABLE = "imagenet-classes.csv";

  /** What some lists of names put before them: the number of a group of synonyms in WordNet. */
  private static final String SYNSET = "^n[0-9]{8}\\s+";

  /**
   * Words for each class.
   *
   * @param names what the model calls its classes; of several classes with one name the first is
   *     the table's first
   */
  static List<ClassWords> of(List<String> names) {
    Map<String, List<ClassWords>> table = new HashMap<>();
    for (WordFile.Entry entry : names.isEmpty() ? List.<WordFile.Entry>of() : table()) {
      String[] fields = entry.text().split(",", -1);
      Stream<String> languages = Arrays.stream(fields).skip(1);
      table
          .computeIfAbsent(fields[0], name -> new ArrayList<>())
          .add(new ClassWords(languages.map(ClassWords::groups).toList()));
    }
    Map<String, Integer> seen = new HashMap<>();
    List<ClassWords> words = new ArrayList<>();
    for (String name : names) {
      List<String> synonyms = split(name.replaceFirst(SYNSET, "").replace('_', ' '), ",");
      String first = synonyms.isEmpty() ? "" : synonyms.get(0).toLowerCase(Locale.ROOT);
      List<ClassWords> known = table.getOrDefault(first, List.of());
      int number = seen.merge(first, 1, Integer::sum) - 1;
      words.add(
          number < known.size() ? known.get(number) : new ClassWords(List.of(List.of(synonyms))));
    }
    return words;
  }

  static List<WordFile.Entry> table() {
    return WordFile.builtIn(TABLE);
  }

  private static List<List<String>> groups(String field) {
    return split(field, ">").stream().map(group -> split(group, "/")).toList();
  }

  private static List<String> split(String text, String separator) {
    return Arrays.stream(text.split(separator))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  /** All words. */
  Stream<String> all() {
    return languages.stream().flatMap(List::stream).flatMap(List::stream);
  }

  /**
   * The keywords of the class: in each language those of the first group with any.
   *
   * @param held whether enough songs hold a keyword
   */
  IntStream keywords(Vocabulary vocabulary, IntPredicate held) {
    return languages.stream()
        .flatMapToInt(
            groups ->
                groups.stream()
                    .map(group -> group.stream().mapToInt(vocabulary::idOf).toArray())
                    .map(ids -> IntStream.of(ids).filter(id -> id >= 0 && held.test(id)).toArray())
                    .filter(ids -> ids.length > 0)
                    .limit(1)
                    .flatMapToInt(IntStream::of));
  }
}
