package org.seesong.evaluation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What to evaluate and how.
 *
 * @param index folder of the Lucene index
 * @param queries labelled pictures that the index does not hold
 * @param unknown pictures of things that the catalogue does not know, in named groups
 * @param systems what to compare, at least one
 * @param seeds seeds for each system that depends on one, 1 to 100
 * @param seed the first seed, and that of intervals and tests
 * @param threads at least 1
 */
public record EvaluationOptions(
    Path index,
    List<LabelledQuery> queries,
    Map<String, List<LabelledQuery>> unknown,
    List<SystemSpec> systems,
    int seeds,
    long seed,
    int threads,
    Judging judging,
    Output output) {
  private static final int MAX_WORDS = 1000;
  private static final int MAX_CASES = 1000;

  /**
   * What decides whether a song is relevant.
   *
   * @param songs files of the songs, for their lyrics; empty for the index's own text
   * @param concepts ConceptNet's assertions
   * @param languages languages of concept words, by ConceptNet's codes, at least one
   * @param words numbers n of concept words, each 1 to 1,000
   * @param qrels files of grades given by reading, in TREC's layout; the first grade of a pair
   *     counts
   */
  public record Judging(
      List<Path> songs,
      Optional<Path> concepts,
      List<String> languages,
      List<Integer> words,
      List<Path> qrels) {
    public Judging {
      Objects.requireNonNull(concepts, "concepts");
      songs = List.copyOf(songs);
      languages = List.copyOf(languages);
      qrels = List.copyOf(qrels);
      words = words.stream().sorted().distinct().toList();
      check(!languages.isEmpty(), "languages must be at least one");
      check(
          words.stream().allMatch(n -> n >= 1 && n <= MAX_WORDS),
          "numbers of concept words must be 1 to " + MAX_WORDS + "; got: " + words);
    }
  }

  /**
   * What to write.
   *
   * @param folder for everything that the evaluation makes
   * @param vectors folder where vectors of queries are cached
   * @param caseIds ids or ends of paths of the queries on the case sheet; empty to draw some
   * @param cases how many to draw, 0 to 1,000
   * @param runs folder for run files
   * @param pool file for what is not graded yet
   */
  public record Output(
      Path folder,
      Path vectors,
      List<String> caseIds,
      int cases,
      Optional<Path> runs,
      Optional<Path> pool) {
    public Output {
      Objects.requireNonNull(folder, "folder");
      Objects.requireNonNull(vectors, "vectors");
      Objects.requireNonNull(runs, "runs");
      Objects.requireNonNull(pool, "pool");
      caseIds = List.copyOf(caseIds);
      check(
          cases >= 0 && cases <= MAX_CASES, "cases must be 0 to " + MAX_CASES + "; got: " + cases);
    }
  }

  public EvaluationOptions {
    Objects.requireNonNull(index, "index");
    Objects.requireNonNull(judging, "judging");
    Objects.requireNonNull(output, "output");
    queries = List.copyOf(queries);
    unknown = Map.copyOf(unknown);
    systems = List.copyOf(systems);
    for (LabelledQuery query : queries) {
      check(!query.labels().isEmpty(), "query '" + query.id() + "' has no keyword to be judged by");
    }
    check(!systems.isEmpty(), "systems must be at least one");
    long names = systems.stream().map(SystemSpec::text).distinct().count();
    check(names == systems.size(), "systems must differ; one is named twice");
    check(seeds >= 1 && seeds <= 100, "seeds must be 1 to 100; got: " + seeds);
    check(threads >= 1, "threads must be at least 1; got: " + threads);
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
