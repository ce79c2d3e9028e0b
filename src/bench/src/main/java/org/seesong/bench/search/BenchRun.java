package org.seesong.bench.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.seesong.query.SongHit;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopResult;
import org.seesong.query.TwoHopSearcher;
import org.seesong.vector.EncodedImage;

/** Puts the same queries in different ways and compares with the true answers. */
final class BenchRun {

  /** Turns that each measurement is cut into. */
  static final int TURNS = 5;

  /** Rounds over all queries at most, so that fast ways do not run on and on. */
  private static final int MAX_ROUNDS = 20;

  private final List<EncodedImage> queries;
  private final List<List<String>> truth;
  private final long nanos;

  /** Answers a query. */
  @FunctionalInterface
  interface Question {
    Answered answer(EncodedImage query) throws IOException;
  }

  /**
   * An answer.
   *
   * @param ids what was found, best first
   * @param nanos how long the part took that is measured, or -1 for all of it
   */
  record Answered(List<String> ids, long nanos) {
    static Answered of(List<String> ids) {
      return new Answered(ids, -1);
    }
  }

  /**
   * What was measured.
   *
   * @param recallAt5 part of the 5 true ones found
   * @param recallAt10 part of the 10 true ones found
   * @param cpuMicrosPerQuery processor time of the threads that ask, by query
   * @param p50Micros wall time that half of the queries stay within
   * @param p99Micros wall time that 99 of 100 stay within
   * @param queriesPerSecond of all threads together
   */
  record Figures(
      double recallAt5,
      double recallAt10,
      double cpuMicrosPerQuery,
      double p50Micros,
      double p99Micros,
      double queriesPerSecond) {}

  BenchRun(List<EncodedImage> queries, Question exact, double seconds) throws IOException {
    this.nanos = (long) (seconds * 1e9);
    this.queries = queries;
    this.truth = new ArrayList<>();
    for (EncodedImage query : queries) {
      truth.add(exact.answer(query).ids());
    }
  }

  /** Numbers of documents as answers have them. */
  static List<String> pictureIds(int[] rows) {
    return Arrays.stream(rows).mapToObj(row -> "p" + row).toList();
  }

  /** Both hops, with all their evidence. */
  static Answered songs(TwoHopSearcher searcher, EncodedImage query, TwoHopOptions options)
      throws IOException {
    return Answered.of(ids(searcher.search(query, options)));
  }

  /** Both hops, of which the second is measured. */
  static Answered hopTwo(TwoHopSearcher searcher, EncodedImage query, TwoHopOptions options)
      throws IOException {
    TwoHopResult result = searcher.search(query, options);
    return new Answered(ids(result), result.timing().hopTwoNanos());
  }

  private static List<String> ids(TwoHopResult result) {
    return result.songs().stream().map(SongHit::id).toList();
  }

  /** A way to answer that is about to be measured by some threads; warms it up. */
  Series series(Question question, int threads) throws IOException {
    double[] recall = recall(question);
    // Half as long again for the compiler.
    long warm = System.nanoTime() + nanos / 2;
    for (int i = 0; System.nanoTime() < warm; i++) {
      question.answer(queries.get(i % queries.size()));
    }
    return new Series(question, threads, recall);
  }

  /** Measures one way a bit at a time, so that several take turns and share the machine's moods. */
  final class Series {
    private final Question question;
    private final int threads;
    private final double[] recall;
    private final List<long[]> times = new ArrayList<>();
    private long cpuNanos;
    private double seconds;
    private int turns;

    private Series(Question question, int threads, double[] recall) {
      this.question = question;
      this.threads = threads;
      this.recall = recall;
    }

    /** One of {@link #TURNS} turns. */
    void turn() throws Exception {
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      try {
        long start = System.nanoTime();
        List<Future<Times>> parts = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
          int first = (thread * TURNS + turns * threads) * queries.size() / (threads * TURNS);
          parts.add(pool.submit(() -> run(question, first, start + nanos / TURNS)));
        }
        for (Future<Times> part : parts) {
          times.add(part.get().wallNanos());
          cpuNanos += part.get().cpuNanos();
        }
        seconds += (System.nanoTime() - start) / 1e9;
        turns++;
      } finally {
        pool.shutdownNow();
      }
    }

    Figures figures() {
      long[] all = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
      return new Figures(
          recall[0],
          recall[1],
          cpuNanos / 1e3 / all.length,
          all[all.length / 2] / 1e3,
          all[(int) (all.length * 0.99)] / 1e3,
          all.length / seconds);
    }
  }

  private double[] recall(Question question) throws IOException {
    long found5 = 0;
    long found10 = 0;
    long of5 = 0;
    long of10 = 0;
    for (int i = 0; i < queries.size(); i++) {
      List<String> answer = question.answer(queries.get(i)).ids();
      found5 += common(answer, truth.get(i), 5);
      found10 += common(answer, truth.get(i), 10);
      of5 += Math.min(5, truth.get(i).size());
      of10 += Math.min(10, truth.get(i).size());
    }
    return new double[] {found5 / (double) of5, found10 / (double) of10};
  }

  private static long common(List<String> answer, List<String> truth, int first) {
    Set<String> wanted = new HashSet<>(truth.subList(0, Math.min(first, truth.size())));
    return answer.stream().limit(first).filter(wanted::contains).count();
  }

  /** What one thread took: for each query, and in all. */
  private record Times(long[] wallNanos, long cpuNanos) {}

  private Times run(Question question, int first, long end) throws IOException {
    int least = (queries.size() + TURNS - 1) / TURNS;
    long[] times = new long[queries.size() * MAX_ROUNDS];
    int count = 0;
    long cpu = BenchMachine.threadNanos();
    long parts = 0;
    long wall = System.nanoTime();
    while (count < times.length && (count < least || System.nanoTime() < end)) {
      long start = System.nanoTime();
      long part = question.answer(queries.get((first + count) % queries.size())).nanos();
      times[count] = part < 0 ? System.nanoTime() - start : part;
      parts += times[count++];
    }
    // Of queries measured in part, the same part of the processor time.
    double share = parts / (double) (System.nanoTime() - wall);
    return new Times(
        Arrays.copyOf(times, count), (long) ((BenchMachine.threadNanos() - cpu) * share));
  }
}
