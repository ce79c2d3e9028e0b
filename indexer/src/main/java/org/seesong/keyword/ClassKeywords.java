package org.seesong.keyword;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.seesong.io.Digests;

/**
 * The keywords that a network's classes stand for, by which pictures without labels get some.
 *
 * <p>Of the words for a class those count that songs hold: in each language the most special ones
 * that any song holds, so that a beagle is a dog where no song sings of beagles. A keyword's
 * probability p is the sum over its classes, and its weight how often the owners of photographs
 * gave them that keyword, where many show what the network never learned: 1 / (1 + exp(-(.65 ln(p /
 * (1 - p)) - 1.47))), a logistic regression. Weights below .3 are left out. {@code
 * src/docs/evaluation.md} has the measurements.
 *
 * @param classes digest of the classes' names, empty without classes
 * @param keywords ids of the keywords of each class, ascending
 */
public record ClassKeywords(String classes, List<List<Integer>> keywords) {
  /** For catalogues whose labels are their owner's alone. */
  public static final ClassKeywords NONE = new ClassKeywords("", List.of());

  private static final double SLOPE = 0.65;
  private static final double OFFSET = -1.47;
  private static final double MIN_WEIGHT = 0.3;

  public ClassKeywords {
    Objects.requireNonNull(classes, "classes");
    keywords = keywords.stream().map(List::copyOf).toList();
  }

  /**
   * Chooses the keywords of each class.
   *
   * @param names what the model calls the classes
   * @param held whether enough songs hold a keyword
   */
  static ClassKeywords of(List<String> names, Vocabulary vocabulary, IntPredicate held) {
    return new ClassKeywords(
        digest(names),
        ClassWords.of(names).stream()
            .map(words -> words.keywords(vocabulary, held).sorted().distinct().boxed().toList())
            .toList());
  }

  /** Whether it was fitted to classes of these names. */
  public boolean isOf(List<String> names) {
    return classes.equals(digest(names));
  }

  private static String digest(List<String> names) {
    byte[] joined = String.join("\n", names).getBytes(StandardCharsets.UTF_8);
    return names.isEmpty() ? "" : Digests.sha256(joined).substring(0, 16);
  }

  /** With keywords numbered anew, in the same order; those whose number is below 0 are left out. */
  ClassKeywords renumbered(IntUnaryOperator newId) {
    return new ClassKeywords(
        classes,
        keywords.stream()
            .map(ids -> ids.stream().map(newId::applyAsInt).filter(id -> id >= 0).toList())
            .toList());
  }

  /**
   * Keywords of pictures.
   *
   * @param probabilities classes of each picture with their probabilities
   */
  KeywordRows rows(KeywordRows probabilities) {
    KeywordRows.Builder rows = new KeywordRows.Builder();
    for (int picture = 0; picture < probabilities.rows(); picture++) {
      TreeMap<Integer, Double> row = new TreeMap<>();
      int end = probabilities.offsets()[picture + 1];
      for (int i = probabilities.offsets()[picture]; i < end; i++) {
        for (int keyword : keywords.get(probabilities.keywords()[i])) {
          row.merge(keyword, (double) probabilities.weights()[i], Double::sum);
        }
      }
      row.forEach(
          (keyword, probability) -> {
            double weight = weight(probability);
            if (weight >= MIN_WEIGHT) {
              rows.add(keyword, (float) weight);
            }
          });
      rows.endRow();
    }
    return rows.build();
  }

  /** Probability that a picture's owner gives it a keyword; p may exceed 1 by rounding. */
  static double weight(double p) {
    double odds = StrictMath.log(p / Math.max(1e-6, 1 - p));
    return 1 / (1 + StrictMath.exp(-(SLOPE * odds + OFFSET)));
  }
}
