package org.seesong.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Ranks the words that lie near a keyword in a concept network.
 *
 * <p>The rule. A tie's strength is its relation's weight, see {@link Relations}, times log2(1 + w)
 * for ConceptNet's weight w. Activation 1 starts at the keyword in every wanted language. Twice it
 * spreads over ties within a language, from word a to word b the share s / sqrt(S_a (S_b + 3)),
 * where S is the sum of a word's strengths: who has many ties passes little through each, who is
 * tied to everything gathers little, and so does the odd phrase with one tie. Before and after each
 * step activation is translated by the same rule over synonyms between languages, which is no step;
 * the word itself keeps its own. A word's rank is its activation after the first step plus half
 * ({@value #DECAY}) of that after the second.
 *
 * <p>The keyword and its translations are no neighbours. Equal activations come in the order of
 * their words. Words are ranked for each language apart: a Chinese song is judged by Chinese words,
 * an English one by English words.
 */
final class ConceptNeighbours {
  static final double DECAY = 0.5;

  /** Holds down phrases with hardly a tie. */
  private static final double DOUBT = 3;

  /** Words that spread on at most, the strongest; keeps dense networks within time. */
  private static final int FRONTIER = 2000;

  private final ConceptGraph graph;
  private final Set<String> languages;

  ConceptNeighbours(ConceptGraph graph, Set<String> languages) {
    this.graph = graph;
    this.languages = languages;
  }

  /**
   * The nearest words.
   *
   * @param folded the keyword, folded
   * @param most words of each language at most
   * @return words by language, best first; languages without any are absent
   */
  Map<String, List<String>> of(String folded, int most) {
    Map<Integer, Double> start = new TreeMap<>();
    for (String language : languages) {
      int word = graph.find(language, folded);
      if (word >= 0) {
        start.put(word, 1.0);
      }
    }
    Map<Integer, Double> self = translated(start);
    Map<Integer, Double> first = translated(spread(self));
    Map<Integer, Double> second = translated(spread(first));
    Map<Integer, Double> total = new HashMap<>(first);
    second.forEach((word, activation) -> total.merge(word, DECAY * activation, Double::sum));
    total.keySet().removeAll(self.keySet());
    return ranked(total, folded, most);
  }

  private Map<String, List<String>> ranked(
      Map<Integer, Double> activations, String folded, int most) {
    record Scored(int number, String word, double activation) {}
    List<Scored> all = new ArrayList<>();
    activations.forEach((word, a) -> all.add(new Scored(word, graph.word(word), a)));
    all.sort(Comparator.comparingDouble((Scored s) -> -s.activation()).thenComparing(Scored::word));
    Map<String, List<String>> byLanguage = new TreeMap<>();
    for (Scored scored : all) {
      List<String> words =
          byLanguage.computeIfAbsent(graph.language(scored.number()), l -> new ArrayList<>());
      if (words.size() < most && !scored.word().equals(folded)) {
        words.add(scored.word());
      }
    }
    byLanguage.values().removeIf(List::isEmpty);
    return byLanguage;
  }

  private Map<Integer, Double> spread(Map<Integer, Double> from) {
    return passOn(from, false);
  }

  private Map<Integer, Double> translated(Map<Integer, Double> from) {
    Map<Integer, Double> all = passOn(from, true);
    from.forEach((word, activation) -> all.merge(word, activation, Double::sum));
    return all;
  }

  private Map<Integer, Double> passOn(Map<Integer, Double> from, boolean translations) {
    Map<Integer, Double> into = new TreeMap<>();
    List<Map.Entry<Integer, Double>> strongest = new ArrayList<>(from.entrySet());
    strongest.sort(
        Map.Entry.<Integer, Double>comparingByValue()
            .reversed()
            .thenComparing(Map.Entry.comparingByKey()));
    for (Map.Entry<Integer, Double> entry :
        strongest.subList(0, Math.min(FRONTIER, strongest.size()))) {
      int word = entry.getKey();
      double total = graph.total(word, translations);
      for (int i = graph.rowStart(word); i < graph.rowStart(word + 1); i++) {
        if (graph.isTranslation(word, i) == translations) {
          double both = total * (graph.total(graph.target(i), translations) + DOUBT);
          double share = graph.strength(i) / Math.sqrt(both);
          into.merge(graph.target(i), entry.getValue() * share, Double::sum);
        }
      }
    }
    return into;
  }
}
