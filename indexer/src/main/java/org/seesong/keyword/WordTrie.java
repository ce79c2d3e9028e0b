package org.seesong.keyword;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Words by their characters, to find all that start at a place in a text.
 *
 * <p>Nodes are numbers; an edge is the entry {@code node << 16 | character} of one hash map, of
 * some 80 bytes each. Most places in a text start no word, so the first characters are also kept in
 * a bit set.
 *
 * <p>Not safe to change while read; safe for any number of readers afterwards.
 */
final class WordTrie {
  static final int NONE = -1;
  static final int ROOT = 0;

  private final Map<Long, Integer> edges = new HashMap<>();
  private final BitSet firsts = new BitSet(Character.MAX_VALUE);
  private int[] values = {NONE};
  private int nodes = 1;

  /** Adds a word, or changes its value. */
  void put(String word, int value) {
    int node = ROOT;
    for (int i = 0; i < word.length(); i++) {
      long edge = edge(node, word.charAt(i));
      Integer next = edges.get(edge);
      if (next == null) {
        next = nodes++;
        edges.put(edge, next);
        if (nodes > values.length) {
          int old = values.length;
          values = Arrays.copyOf(values, 2 * nodes);
          Arrays.fill(values, old, values.length, NONE);
        }
      }
      node = next;
    }
    firsts.set(word.charAt(0));
    values[node] = value;
  }

  /** The node after a character, or {@link #NONE}. */
  int next(int node, char c) {
    if (node == ROOT && !firsts.get(c)) {
      return NONE;
    }
    Integer next = edges.get(edge(node, c));
    return next == null ? NONE : next;
  }

  /** The value of the word that ends at a node, or {@link #NONE}. */
  int value(int node) {
    return values[node];
  }

  /** The end of the longest word that starts at a place, or {@link #NONE}. */
  int longestEnd(CharSequence text, int start) {
    int end = NONE;
    int node = ROOT;
    for (int i = start; i < text.length(); i++) {
      node = next(node, text.charAt(i));
      if (node == NONE) {
        break;
      }
      if (values[node] != NONE) {
        end = i + 1;
      }
    }
    return end;
  }

  /** The value of a word, or {@link #NONE}. */
  int get(CharSequence word) {
    int node = ROOT;
    for (int i = 0; i < word.length() && node != NONE; i++) {
      node = next(node, word.charAt(i));
    }
    return node == NONE ? NONE : values[node];
  }

  private static long edge(int node, char c) {
    return (long) node << 16 | c;
  }
}
