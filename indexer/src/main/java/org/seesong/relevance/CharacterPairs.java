package org.seesong.relevance;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * How often characters stand beside each other in a catalogue's lyrics. A character that stands far
 * more often beside another than chance would have it is part of a word with it: 马 in 马上. Counts
 * are integers, so that parts of a catalogue merge to the same statistics in any order.
 *
 * <p>Pairs count within runs of Chinese characters; other scripts write spaces between words. Not
 * safe for several threads.
 */
public final class CharacterPairs {
  /** Rarer pairs say nothing about association. */
  private static final int MIN_PAIRS = 20;

  /** Least association of a word; evaluation.md has the figures. */
  private static final double BOUND = 2.5;

  private final Map<Integer, Long> characters = new HashMap<>();
  private final Map<Long, Long> pairs = new HashMap<>();
  private long total;

  /** Counts the characters of a text. */
  public void add(String text) {
    int last = -1;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (!Character.isIdeographic(c)) {
        last = -1;
        continue;
      }
      total++;
      characters.merge(c, 1L, Long::sum);
      if (last >= 0) {
        pairs.merge(key(last, c), 1L, Long::sum);
      }
      last = c;
    }
  }

  /** Adds the counts of other texts. */
  public void merge(CharacterPairs other) {
    total += other.total;
    other.characters.forEach((c, count) -> characters.merge(c, count, Long::sum));
    other.pairs.forEach((pair, count) -> pairs.merge(pair, count, Long::sum));
  }

  private static long key(int first, int second) {
    return (long) first << 32 | second;
  }

  /**
   * Pointwise mutual information of a pair: ln(n(ab) N / (n(a) n(b))).
   *
   * @return 0 for pairs seen fewer than 20 times
   */
  private double association(long pair) {
    long together = pairs.get(pair);
    if (together < MIN_PAIRS) {
      return 0;
    }
    double first = characters.get((int) (pair >> 32));
    double second = characters.get((int) pair);
    return Math.log(together * (double) total / (first * second));
  }

  /** Pairs that stand beside each other e^2.5 times as often as chance would have it, or more. */
  public Set<String> bound() {
    Set<String> bound = new TreeSet<>();
    for (long pair : pairs.keySet()) {
      if (association(pair) >= BOUND) {
        bound.add(Character.toString((int) (pair >> 32)) + Character.toString((int) pair));
      }
    }
    return bound;
  }

  /** The two characters around a position of a text; one or none at its ends. */
  public static String around(String text, int position) {
    int from = position > 0 ? text.offsetByCodePoints(position, -1) : position;
    int to = position < text.length() ? text.offsetByCodePoints(position, 1) : position;
    return text.substring(from, to);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CharacterPairs counts
        && total == counts.total
        && characters.equals(counts.characters)
        && pairs.equals(counts.pairs);
  }

  @Override
  public int hashCode() {
    return Objects.hash(total, characters, pairs);
  }
}
