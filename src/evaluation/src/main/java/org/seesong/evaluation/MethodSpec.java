package org.seesong.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.seesong.embedding.EmbeddingMethod;
import org.seesong.embedding.EmbeddingOptions;
import org.seesong.label.LabelPropagationOptions;
import org.seesong.query.TwoHopOptions;

/**
 * A method to evaluate, as people name it: a name and changes to its settings, such as {@code
 * closed-form:coverage=0.15:pictures=10}.
 *
 * <p>Names: {@code line2}, {@code line1}, {@code hpe}, {@code closed-form} learn this embedding
 * anew for each seed and answer the paper's way, 5 pictures with 2 songs each, unless changed;
 * {@code paper} is {@code line2} as its laboratory learns it; {@code index} asks the index as it
 * was built, the way searches do unless told otherwise; {@code km}, {@code km-random}, {@code pop},
 * {@code random} and {@code oracle} are the methods to compare with.
 *
 * <p>Changes for two hops: {@code pictures}, {@code coverage}; for those that learn also {@code
 * neighbours}, {@code own}, {@code regression}, {@code dim}, {@code samples}, {@code negatives},
 * {@code typed}, {@code weight-exponent}, {@code shrinkage}, {@code cooccurrence}.
 *
 * @param text as written, the method's name in all tables
 * @param kind what answers
 * @param search how two hops are searched
 * @param soft how much pictures lend each other their keywords; for what is learned anew
 * @param embedding how vectors are learned
 */
public record MethodSpec(
    String text,
    Kind kind,
    TwoHopOptions search,
    LabelPropagationOptions soft,
    EmbeddingOptions embedding) {
  /** What answers. */
  public enum Kind {
    /** Two hops over a newly learned embedding. */
    LEARNED,
    /** Two hops over the index as it is. */
    INDEX,
    /** Keyword matching by weight. */
    KM,
    /** Keyword matching at random. */
    KM_RANDOM,
    /** The most popular songs. */
    POP,
    /** Any songs. */
    RANDOM,
    /** What knows the answer. */
    ORACLE;

    /** Whether another seed gives other answers. */
    boolean isSeeded(EmbeddingOptions embedding) {
      return switch (this) {
        case LEARNED -> !embedding.method().equals("closed-form");
        case KM_RANDOM, RANDOM -> true;
        default -> false;
      };
    }
  }

  public MethodSpec {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(search, "search");
    Objects.requireNonNull(soft, "soft");
    Objects.requireNonNull(embedding, "embedding");
  }

  /**
   * The names there are.
   *
   * @return names that {@link #parse} knows
   */
  public static List<String> names() {
    List<String> names = new ArrayList<>(EmbeddingMethod.names());
    names.addAll(List.of("paper", "index", "km", "km-random", "pop", "random", "oracle"));
    return names;
  }

  /**
   * Reads a method's text.
   *
   * @param text a name and changes
   * @param embedding the settings that changes are made to
   * @return the method
   * @throws IllegalArgumentException if the name or a setting is unknown, or a value does not fit
   */
  public static MethodSpec parse(String text, EmbeddingOptions embedding) {
    String[] parts = text.strip().split(":", -1);
    Kind kind = kind(parts[0]);
    MethodSpec spec =
        new MethodSpec(
            text.strip(),
            kind,
            kind == Kind.INDEX ? TwoHopOptions.DEFAULT : TwoHopOptions.PAPER,
            LabelPropagationOptions.HARD,
            kind == Kind.LEARNED ? learned(parts[0], embedding) : embedding);
    for (int i = 1; i < parts.length; i++) {
      spec = spec.changed(parts[i]);
    }
    return spec;
  }

  private static EmbeddingOptions learned(String name, EmbeddingOptions embedding) {
    return name.equals("paper")
        ? EmbeddingOptions.PAPER.toBuilder()
            .method("line2")
            .dimension(embedding.dimension())
            .seed(embedding.seed())
            .threads(embedding.threads())
            .build()
        : embedding.withMethod(name);
  }

  private static Kind kind(String name) {
    return switch (name) {
      case "index" -> Kind.INDEX;
      case "km" -> Kind.KM;
      case "km-random" -> Kind.KM_RANDOM;
      case "pop" -> Kind.POP;
      case "random" -> Kind.RANDOM;
      case "oracle" -> Kind.ORACLE;
      default -> {
        if (!names().contains(name)) {
          throw new IllegalArgumentException(
              "unknown method '" + name + "'; there are: " + String.join(", ", names()));
        }
        yield Kind.LEARNED;
      }
    };
  }

  private MethodSpec changed(String change) {
    int equals = change.indexOf('=');
    String key = equals < 0 ? change : change.substring(0, equals);
    String value = equals < 0 ? "" : change.substring(equals + 1);
    try {
      return switch (kind) {
        case LEARNED, INDEX -> changed(key, value);
        default -> throw unknown(key);
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "method '" + text + "': " + key + " must be a number; got: '" + value + "'", e);
    }
  }

  private MethodSpec changed(String key, String value) {
    return switch (key) {
      case "pictures" -> with(search.toBuilder().pictures(Integer.parseInt(value)).build());
      case "coverage" -> with(search.toBuilder().coverage(Double.parseDouble(value)).build());
      default -> learnedWith(key, value);
    };
  }

  private MethodSpec with(TwoHopOptions changed) {
    return new MethodSpec(text, kind, changed, soft, embedding);
  }

  private MethodSpec with(EmbeddingOptions changed) {
    return new MethodSpec(text, kind, search, soft, changed);
  }

  private MethodSpec with(LabelPropagationOptions changed) {
    return new MethodSpec(text, kind, search, changed, embedding);
  }

  private MethodSpec learnedWith(String key, String value) {
    if (kind != Kind.LEARNED) {
      throw unknown(key);
    }
    return switch (key) {
      case "neighbours" -> with(soft(Integer.parseInt(value), soft.ownLabelWeight()));
      case "own" -> with(soft(soft.neighbours(), Double.parseDouble(value)));
      case "regression" ->
          with(
              new LabelPropagationOptions(
                  soft.neighbours(), soft.ownLabelWeight(), Double.parseDouble(value)));
      case "dim" -> with(embedding.withDimension(Integer.parseInt(value)));
      case "samples" -> with(embedding.withSamples(Long.parseLong(value)));
      case "negatives" -> with(embedding.withNegatives(Integer.parseInt(value)));
      case "typed" -> with(embedding.withTypedNegatives(Boolean.parseBoolean(value)));
      case "weight-exponent" ->
          with(embedding.toBuilder().weightExponent(Double.parseDouble(value)).build());
      case "shrinkage" -> with(embedding.withShrinkage(Double.parseDouble(value)));
      case "cooccurrence" -> with(embedding.withCooccurrence(Double.parseDouble(value)));
      default -> throw unknown(key);
    };
  }

  private LabelPropagationOptions soft(int neighbours, double ownLabelWeight) {
    return new LabelPropagationOptions(neighbours, ownLabelWeight, soft.regression());
  }

  private IllegalArgumentException unknown(String key) {
    return new IllegalArgumentException(
        "method '"
            + text
            + "' has no setting '"
            + key
            + "'; two hops have pictures, coverage; embeddings also neighbours, own, regression,"
            + " dim, samples, negatives, typed, weight-exponent, shrinkage, cooccurrence");
  }

  /** The seeds that a method is run with: one where another would change nothing. */
  List<Long> seeds(long first, int number) {
    List<Long> seeds = new ArrayList<>();
    for (int i = 0; i < (kind.isSeeded(embedding) ? number : 1); i++) {
      seeds.add(first + i);
    }
    return seeds;
  }
}
