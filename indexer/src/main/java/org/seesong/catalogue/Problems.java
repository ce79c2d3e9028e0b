package org.seesong.catalogue;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All that was wrong in a catalogue: every problem counted, the first {@value #KEPT} of each effect
 * in detail.
 *
 * @param first the first problems, in the order they were met
 * @param counts how many there were of each kind; kinds that did not occur are absent
 * @param songs songs left out: rows of song files that gave none
 * @param pictures pictures left out: rows of picture files, and files of folders, that gave none
 */
public record Problems(
    List<Problem> first, Map<Problem.Kind, Long> counts, long songs, long pictures) {
  /** How many problems of each effect are kept in detail. */
  public static final int KEPT = 1000;

  /** No problems. */
  public static final Problems NONE = new Problems(List.of(), Map.of(), 0, 0);

  public Problems {
    first = List.copyOf(first);
    Map<Problem.Kind, Long> ordered = new EnumMap<>(Problem.Kind.class);
    ordered.putAll(counts);
    counts = Collections.unmodifiableMap(ordered);
  }

  /**
   * How many problems there were.
   *
   * @return the number, kept in detail or not
   */
  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * How many problems of one kind there were.
   *
   * @param kind the kind
   * @return the number, kept in detail or not
   */
  public long count(Problem.Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /**
   * How many problems had an effect.
   *
   * @param effect the effect
   * @return the number, kept in detail or not
   */
  public long count(Problem.Effect effect) {
    return counts.keySet().stream()
        .filter(kind -> kind.effect() == effect)
        .mapToLong(this::count)
        .sum();
  }

  /**
   * How many songs and pictures are left out.
   *
   * @return the number of rows, and of files of folders
   */
  public long leftOut() {
    return songs + pictures;
  }

  /**
   * What is left out, by kind.
   *
   * @return numbers of songs and pictures; kinds that did not occur are absent
   */
  public Map<Problem.Kind, Long> leftOutByKind() {
    Map<Problem.Kind, Long> leftOut = new EnumMap<>(Problem.Kind.class);
    counts.forEach(
        (kind, count) -> {
          if (kind.effect() == Problem.Effect.LEFT_OUT) {
            leftOut.put(kind, count);
          }
        });
    return leftOut;
  }

  /**
   * How many values were ignored or cleaned, while their songs and pictures stay.
   *
   * @return the number of values
   */
  public long ignoredValues() {
    return count(Problem.Effect.VALUE_IGNORED);
  }

  /**
   * Whether nothing was wrong.
   *
   * @return true if there is no problem
   */
  public boolean isEmpty() {
    return counts.isEmpty();
  }

  /**
   * Whether everything that was written is in the catalogue.
   *
   * @return true if no row is left out and no value ignored
   */
  public boolean isNothingLost() {
    return leftOut() == 0 && ignoredValues() == 0;
  }

  /**
   * The list for people: one problem a line, then how many more there are.
   *
   * @return the lines, each ended by a line feed; "" if nothing was wrong
   */
  public String list() {
    return list(first.size());
  }

  /**
   * The beginning of the list, then how many more there are.
   *
   * @param most problems to list
   * @return the lines, each ended by a line feed; "" if nothing was wrong
   */
  public String list(int most) {
    StringBuilder text = new StringBuilder();
    int listed = Math.min(most, first.size());
    for (Problem problem : first.subList(0, listed)) {
      text.append(problem).append('\n');
    }
    long more = total() - listed;
    if (more > 0) {
      text.append("... and ").append(more).append(" more\n");
    }
    return text.toString();
  }
}
