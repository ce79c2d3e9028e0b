package org.seesong.bench.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What good clients saw; times in milliseconds. For one thread. */
final class ClientFigures {
  /** Refusals should take no longer. */
  private static final double REFUSAL_MILLIS = 100;

  private final List<Double> answers = new ArrayList<>();
  private final List<Double> refusals = new ArrayList<>();
  private final List<Double> toldRefusals = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private final Map<String, Integer> failures = new TreeMap<>();

  void answer(double millis) {
    answers.add(millis);
  }

  /** The answer before was another than when asked alone. */
  void wrong(String how) {
    wrong.add(how);
  }

  /**
   * A refusal.
   *
   * @param toldMillis what the server says it took; NaN if it does not
   */
  void refusal(double millis, double toldMillis) {
    refusals.add(millis);
    if (!Double.isNaN(toldMillis)) {
      toldRefusals.add(toldMillis);
    }
  }

  /** Anything else than an answer or a refusal. */
  void failure(String what) {
    failures.merge(what, 1, Integer::sum);
  }

  void add(ClientFigures other) {
    answers.addAll(other.answers);
    refusals.addAll(other.refusals);
    toldRefusals.addAll(other.toldRefusals);
    other.failures.forEach((what, times) -> failures.merge(what, times, Integer::sum));
    wrong.addAll(other.wrong);
  }

  List<Double> answers() {
    return answers;
  }

  List<Double> refusals() {
    return refusals;
  }

  /** How answers differ from those asked alone, each that does. */
  List<String> wrong() {
    return wrong;
  }

  int failed() {
    return failures.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How often there was each failure. */
  Map<String, Integer> failures() {
    return failures;
  }

  /** Share of refusals in time among those that say what they took; NaN of none. */
  double refusedInTime() {
    return (double) toldRefusals.stream().filter(millis -> millis <= REFUSAL_MILLIS).count()
        / toldRefusals.size();
  }

  /** The value that a share of all is at most; NaN of none. */
  static double quantile(List<Double> values, double share) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.min(sorted.length - 1, (int) Math.floor(share * sorted.length))];
  }

  static double max(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
  }
}
