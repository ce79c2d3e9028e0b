package org.seesong.evaluation;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What to evaluate and how.
 *
 * @param index folder of the Lucene index
 * @param queries pictures to ask with
 * @param songs files of the songs, for their lyrics; empty to judge by the index's own text
 * @param concepts ConceptNet's assertions; absent to judge by the keyword alone
 * @param languages languages of concept words, by ConceptNet's codes
 * @param methods what to compare, at least one
 * @param words numbers n of concept words, ascending, each 1 to 1,000
 * @param seeds seeds for each method that depends on one, 1 to 100
 * @param seed the first seed, and that of intervals and tests
 * @param output folder for everything the evaluation makes
 * @param vectors folder where query vectors are kept
 * @param threads threads, at least 1
 * @param cases which queries the case sheet shows
 */
public record EvaluationOptions(
    Path index,
    List<LabelledQuery> queries,
    List<Path> songs,
    Optional<Path> concepts,
    List<String> languages,
    List<MethodSpec> methods,
    List<Integer> words,
    int seeds,
    long seed,
    Path output,
    Path vectors,
    int threads,
    CaseChoice cases) {
  /** The paper's numbers of concept words. */
  public static final List<Integer> PAPER_WORDS = List.of(5, 10, 50, 100);

  /** The languages of the songs Seesong was made for. */
  public static final List<String> DEFAULT_LANGUAGES = List.of("zh", "en");

  private static final int MAX_WORDS = 1000;

  /**
   * Which queries are shown as cases.
   *
   * @param ids ids or ends of paths of queries; empty to draw some
   * @param number how many to draw
   */
  public record CaseChoice(List<String> ids, int number) {
    public CaseChoice {
      ids = List.copyOf(ids);
      if (number < 0 || number > 1000) {
        throw new IllegalArgumentException("cases must be 0 to 1000; got: " + number);
      }
    }
  }

  public EvaluationOptions {
    Objects.requireNonNull(index, "index");
    Objects.requireNonNull(concepts, "concepts");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(vectors, "vectors");
    Objects.requireNonNull(cases, "cases");
    queries = List.copyOf(queries);
    songs = List.copyOf(songs);
    languages = List.copyOf(languages);
    methods = List.copyOf(methods);
    words = words.stream().sorted().distinct().toList();
    check(!methods.isEmpty(), "methods must be at least one");
    long names = methods.stream().map(MethodSpec::text).distinct().count();
    check(names == methods.size(), "methods must differ; one is named twice");
    check(
        words.stream().allMatch(n -> n >= 1 && n <= MAX_WORDS),
        "numbers of concept words must be 1 to " + MAX_WORDS + "; got: " + words);
    check(seeds >= 1 && seeds <= 100, "seeds must be 1 to 100; got: " + seeds);
    check(threads >= 1, "threads must be at least 1; got: " + threads);
    check(!languages.isEmpty(), "languages must be at least one");
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
