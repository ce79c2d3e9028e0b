package org.seesong.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.seesong.embedding.ClosedFormOptions;
import org.seesong.embedding.EmbeddingOptions;
import org.seesong.embedding.LineOptions;
import org.seesong.label.LabelPropagationOptions;
import org.seesong.query.TwoHopOptions;

/**
 * A system to evaluate, as users name it: a name and settings behind colons, such as {@code
 * closed-form:cooccurrence=0.25:pictures=10}.
 *
 * <p>{@code line2}, {@code line1} and {@code closed-form} fit this embedding for each seed and
 * search with the paper's selection, 5 pictures with 2 songs each, unless set otherwise; {@code
 * paper} is {@code line2} with the paper's options; {@code index} searches the index as it is with
 * the default options; {@code km}, {@code km-relevance}, {@code km-random}, {@code lyrics-random},
 * {@code pop}, {@code random} and {@code oracle} are baselines.
 *
 * @param text as written, the system's name in all tables
 * @param search options of the two-hop search
 * @param labels label propagation of an embedding that is fitted anew
 * @param embedding options of an embedding that is fitted anew
 */
public record SystemSpec(
    String text,
    Kind kind,
    TwoHopOptions search,
    LabelPropagationOptions labels,
    EmbeddingOptions embedding) {
  /** What ranks songs. */
  public enum Kind {
    /** A two-hop search over a newly fitted embedding. */
    FITTED,
    /** A two-hop search over the index as it is. */
    INDEX,
    /** Keyword matching by weights of its own, TF-IDF of titles and lyrics. */
    KM,
    /** Keyword matching by the index's weights, which may be of relevance. */
    KM_RELEVANCE,
    /** Keyword matching at random. */
    KM_RANDOM,
    /** Songs whose lyrics hold the query's own keyword, at random. */
    LYRICS_RANDOM,
    /** The most popular songs. */
    POP,
    /** Any songs. */
    RANDOM,
    /** The songs most about the query's own keywords. */
    ORACLE;

    private String title() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether rankings depend on the words of the songs beside the index. */
    boolean readsLyrics() {
      return this == KM || this == KM_RANDOM || this == LYRICS_RANDOM;
    }

    /** Whether another seed gives other rankings. */
    boolean isSeeded(EmbeddingOptions embedding) {
      return switch (this) {
        case FITTED -> !embedding.method().equals("closed-form");
        case KM_RANDOM, LYRICS_RANDOM, RANDOM -> true;
        default -> false;
      };
    }
  }

  public SystemSpec {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(search, "search");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(embedding, "embedding");
  }

  /** Names that {@link #parse} knows. */
  public static List<String> names() {
    List<String> names = new ArrayList<>(EmbeddingOptions.methods());
    names.add("paper");
    Arrays.stream(Kind.values()).filter(k -> k != Kind.FITTED).map(Kind::title).forEach(names::add);
    return names;
  }

  /**
   * Parses a system's text.
   *
   * @param embeddings options that the settings change, by the name of the embedding
   * @throws IllegalArgumentException if the name or a setting is unknown, or a value does not fit
   */
  public static SystemSpec parse(String text, Function<String, EmbeddingOptions> embeddings) {
    String[] parts = text.strip().split(":", -1);
    Kind kind = kind(parts[0]);
    SystemSpec spec =
        new SystemSpec(
            text.strip(),
            kind,
            kind == Kind.INDEX ? TwoHopOptions.DEFAULT : TwoHopOptions.PAPER,
            LabelPropagationOptions.LABELS_ONLY,
            fitted(kind == Kind.FITTED ? parts[0] : "closed-form", embeddings));
    for (int i = 1; i < parts.length; i++) {
      spec = spec.changed(parts[i]);
    }
    return spec;
  }

  private static EmbeddingOptions fitted(
      String name, Function<String, EmbeddingOptions> embeddings) {
    if (!name.equals("paper")) {
      return embeddings.apply(name);
    }
    EmbeddingOptions given = embeddings.apply("line2");
    return LineOptions.PAPER
        .withDimension(given.dimension())
        .withSeed(given.seed())
        .withThreads(given.threads());
  }

  private static Kind kind(String name) {
    if (!names().contains(name)) {
      throw new IllegalArgumentException(
          "unknown system '" + name + "'; there are: " + String.join(", ", names()));
    }
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.title().equals(name))
        .findFirst()
        .orElse(Kind.FITTED);
  }

  private SystemSpec changed(String change) {
    int equals = change.indexOf('=');
    String key = equals < 0 ? change : change.substring(0, equals);
    String value = equals < 0 ? "" : change.substring(equals + 1);
    try {
      return switch (kind) {
        case FITTED, INDEX -> changed(key, value);
        default -> throw unknown(key);
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "system '" + text + "': " + key + " must be a number; got: '" + value + "'", e);
    }
  }

  private SystemSpec changed(String key, String value) {
    return switch (key) {
      case "pictures" -> with(search.toBuilder().pictures(Integer.parseInt(value)).build());
      case "coverage" -> with(search.toBuilder().coverage(Double.parseDouble(value)).build());
      case "variety" -> with(search.toBuilder().variety(Double.parseDouble(value)).build());
      case "fill" -> with(search.toBuilder().fill(Boolean.parseBoolean(value)).build());
      default -> fittedWith(key, value);
    };
  }

  private SystemSpec with(TwoHopOptions changed) {
    return new SystemSpec(text, kind, changed, labels, embedding);
  }

  private SystemSpec with(EmbeddingOptions changed) {
    return new SystemSpec(text, kind, search, labels, changed);
  }

  private SystemSpec with(LabelPropagationOptions changed) {
    return new SystemSpec(text, kind, search, changed, embedding);
  }

  private SystemSpec fittedWith(String key, String value) {
    if (kind != Kind.FITTED) {
      throw unknown(key);
    }
    return switch (key) {
      case "label-neighbors" -> with(labels(Integer.parseInt(value), labels.ownLabelWeight()));
      case "own-label-weight" -> with(labels(labels.neighbours(), Double.parseDouble(value)));
      case "label-classifier-weight" ->
          with(
              new LabelPropagationOptions(
                  labels.neighbours(), labels.ownLabelWeight(), Double.parseDouble(value)));
      case "dim" -> with(embedding.withDimension(Integer.parseInt(value)));
      default ->
          with(
              embedding instanceof LineOptions line
                  ? changed(line, key, value)
                  : changed((ClosedFormOptions) embedding, key, value));
    };
  }

  private LineOptions changed(LineOptions line, String key, String value) {
    LineOptions.Builder builder = line.toBuilder();
    return switch (key) {
      case "samples" -> builder.samples(Long.parseLong(value)).build();
      case "negatives" -> builder.negatives(Integer.parseInt(value)).build();
      case "typed-negatives" -> builder.typedNegatives(Boolean.parseBoolean(value)).build();
      case "weight-exponent" -> builder.weightExponent(Double.parseDouble(value)).build();
      default -> throw unknown(key);
    };
  }

  private ClosedFormOptions changed(ClosedFormOptions closed, String key, String value) {
    return switch (key) {
      case "weight-exponent" -> closed.withWeightExponent(Double.parseDouble(value));
      case "cooccurrence" -> closed.withSimilarity(Double.parseDouble(value), closed.concepts());
      default -> throw unknown(key);
    };
  }

  private LabelPropagationOptions labels(int neighbours, double ownLabelWeight) {
    return new LabelPropagationOptions(neighbours, ownLabelWeight, labels.classifierWeight());
  }

  private IllegalArgumentException unknown(String key) {
    return new IllegalArgumentException(
        "system '"
            + text
            + "' has no setting '"
            + key
            + "'; searches have pictures, coverage, variety, fill; embeddings also"
            + " label-neighbors, own-label-weight, label-classifier-weight, dim,"
            + " weight-exponent; line2 and line1 samples, negatives, typed-negatives; closed-form"
            + " cooccurrence");
  }

  /** The seeds to run with: one where another would change nothing. */
  List<Long> seeds(long first, int number) {
    List<Long> seeds = new ArrayList<>();
    for (int i = 0; i < (kind.isSeeded(embedding) ? number : 1); i++) {
      seeds.add(first + i);
    }
    return seeds;
  }

  private boolean isTwoHop() {
    return kind == Kind.FITTED || kind == Kind.INDEX;
  }

  /** Positions of the systems to compare: each two-hop system with each other one, once. */
  static List<int[]> pairs(List<SystemSpec> systems) {
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < systems.size(); i++) {
      for (int j = 0; j < systems.size(); j++) {
        if (systems.get(i).isTwoHop() && (j > i || (j < i && !systems.get(j).isTwoHop()))) {
          pairs.add(new int[] {i, j});
        }
      }
    }
    return pairs;
  }
}
