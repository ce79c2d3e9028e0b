package org.seesong.catalogue;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All that was wrong in a catalogue: every problem counted, the first {@value #KEPT} in detail.
 *
 * @param first the first problems, in the order they were met
 * @param counts how many there were of each kind; kinds that did not occur are absent
 */
public record Problems(List<Problem> first, Map<Problem.Kind, Long> counts) {
  /** How many problems are kept in detail. */
  public static final int KEPT = 1000;

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
   * Whether nothing was wrong.
   *
   * @return true if there is no problem
   */
  public boolean isEmpty() {
    return counts.isEmpty();
  }

  /**
   * The list for people: one problem a line, then how many more there are.
   *
   * @return the lines, each ended by a line feed; "" if nothing was wrong
   */
  public String list() {
    StringBuilder text = new StringBuilder();
    for (Problem problem : first) {
      text.append(problem).append('\n');
    }
    long more = total() - first.size();
    if (more > 0) {
      text.append("... and ").append(more).append(" more\n");
    }
    return text.toString();
  }
}
