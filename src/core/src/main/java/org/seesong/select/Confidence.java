package org.seesong.select;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * How sure an answer is: two logistic regressions (Platt scaling) over what hop one found.
 *
 * <p>A build fits the first to its own pictures and stores both with the index, so that the library
 * and Solr answer alike. Immutable; the same input gives the same bits everywhere.
 *
 * @param known of {@link #features}, intercept first: the probability that a picture shows a thing
 *     that pictures of the index carry as keyword, given that as many queries do as do not
 * @param fits of {@link #songFeatures}, intercept first: the probability that a song fits a picture
 *     that is known; empty where keyword weights of songs are not their relevance
 */
public record Confidence(List<Double> known, List<Double> fits) {
  /** Name among the build's options under which an index stores it. */
  public static final String OPTION = "confidence";

  /** Nearest pictures that tell whether a picture is known. */
  public static final int PICTURES = 5;

  /** Features of a picture. */
  private static final int FEATURES = 3;

  /** Features of a song. */
  private static final int SONG_FEATURES = 1;

  /** Confidence below which a song gets no place; {@code src/docs/evaluation.md} has the choice. */
  public static final double LEAST_OF_SONG = 0.64;

  /**
   * Confidence below which a picture is told to be like nothing that the index knows, and gets no
   * songs.
   */
  public static final double LEAST_OF_PICTURE = 0.3;

  public Confidence {
    known = checked(known, 1 + FEATURES);
    fits = fits.isEmpty() ? List.of() : checked(fits, 1 + SONG_FEATURES);
  }

  private static List<Double> checked(List<Double> weights, int number) {
    if (weights.size() != number || !weights.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "confidence needs " + number + " finite numbers; got: " + weights);
    }
    return List.copyOf(weights);
  }

  /**
   * A picture of hop one.
   *
   * @param distance from the query
   * @param keywords weights above 0 by keyword; empty if it has none
   */
  public record Neighbour(double distance, Map<String, Double> keywords) {
    public Neighbour {
      Objects.requireNonNull(keywords, "keywords");
    }

    /** Of keywords and their weights, in one order. */
    public static Neighbour of(double distance, List<String> keywords, List<Double> weights) {
      return new Neighbour(distance, byKeyword(keywords, weights));
    }
  }

  /** Weights by keyword, in the order given; keywords without a weight are left out. */
  public static Map<String, Double> byKeyword(List<String> keywords, List<Double> weights) {
    Map<String, Double> map = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(keywords.size(), weights.size()); i++) {
      map.put(keywords.get(i), weights.get(i));
    }
    return map;
  }

  /**
   * What tells whether a picture is known.
   *
   * @param nearest pictures, nearest first, at least one; the first {@link #PICTURES} count
   * @return distance to the nearest that has a keyword, or to the last if none has, so that a
   *     strange picture is not known for being in the index itself; how far they agree: the largest
   *     share of one keyword in the mean of their keywords, each picture's brought to sum 1; share
   *     of them that has a keyword
   */
  public static double[] features(List<Neighbour> nearest) {
    List<Neighbour> first = nearest.subList(0, Math.min(PICTURES, nearest.size()));
    double agreement =
        sums(first).values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    long carrying = first.stream().filter(picture -> !picture.keywords().isEmpty()).count();
    double distance =
        first.stream()
            .filter(picture -> !picture.keywords().isEmpty())
            .findFirst()
            .orElse(first.get(first.size() - 1))
            .distance();
    return new double[] {distance, agreement / first.size(), carrying / (double) first.size()};
  }

  /** For each keyword the sum over pictures of its share among the picture's keywords. */
  private static Map<String, Double> sums(List<Neighbour> pictures) {
    Map<String, Double> sums = new HashMap<>();
    for (Neighbour picture : pictures) {
      double all = 0;
      for (double weight : picture.keywords().values()) {
        all += weight;
      }
      for (Map.Entry<String, Double> keyword : picture.keywords().entrySet()) {
        sums.merge(keyword.getKey(), keyword.getValue() / all, Double::sum);
      }
    }
    return sums;
  }

  /**
   * What tells whether a song fits a known picture.
   *
   * @param pictures of hop one
   * @param song weights of the song's keywords, 0 to 1
   * @return the square root of the song's expected relevance: its keywords' weights summed by their
   *     share in the pictures' keywords
   */
  public static double[] songFeatures(List<Neighbour> pictures, Map<String, Double> song) {
    Map<String, Double> sums = sums(pictures);
    long carrying = pictures.stream().filter(picture -> !picture.keywords().isEmpty()).count();
    double expected = 0;
    for (Map.Entry<String, Double> keyword : song.entrySet()) {
      expected += keyword.getValue() * sums.getOrDefault(keyword.getKey(), 0.0);
    }
    expected = carrying == 0 ? 0 : expected / carrying;
    return new double[] {Math.sqrt(expected)};
  }

  /** Confidence of a picture, 0 to 1; nothing where hop one found nothing. */
  public OptionalDouble ofPicture(List<Neighbour> nearest) {
    return nearest.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(probability(known, features(nearest)));
  }

  /**
   * Confidence of a song, 0 to 1: that it fits if the picture is known; nothing where it is not
   * known what keywords weigh.
   */
  public OptionalDouble ofSong(List<Neighbour> nearest, Map<String, Double> song) {
    return fits.isEmpty() || nearest.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(probability(fits, songFeatures(nearest, song)));
  }

  /**
   * Confidence of a song where a query asks for more of some keywords: the greater of two, that it
   * fits the pictures as they are, or with other weights of their keywords.
   */
  public OptionalDouble ofSong(
      List<Neighbour> asTheyAre, List<Neighbour> weighed, Map<String, Double> song) {
    OptionalDouble plain = ofSong(asTheyAre, song);
    OptionalDouble boosted = ofSong(weighed, song);
    return plain.isEmpty() || plain.getAsDouble() >= boosted.getAsDouble() ? plain : boosted;
  }

  /**
   * Whether a song deserves a place.
   *
   * @param picture confidence of the picture; nothing lets all songs have places
   * @param song confidence of the song, given that the picture is known; nothing lets it have one
   */
  public static boolean deservesPlace(OptionalDouble picture, OptionalDouble song) {
    return picture.isEmpty()
        || song.isEmpty()
        || (picture.getAsDouble() >= LEAST_OF_PICTURE && song.getAsDouble() >= LEAST_OF_SONG);
  }

  private static double probability(List<Double> weights, double[] features) {
    double odds = weights.get(0);
    for (int i = 0; i < features.length; i++) {
      odds += weights.get(i + 1) * features[i];
    }
    return 1 / (1 + StrictMath.exp(-odds));
  }

  /** The text that {@link #parse} reads, such as {@code 9.1,-12.4,3.2,4.9;-2.8,5.1}. */
  public String describe() {
    return joined(known) + (fits.isEmpty() ? "" : ";" + joined(fits));
  }

  private static String joined(List<Double> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /**
   * Reads what {@link #describe} writes.
   *
   * @param text or "", which is nothing
   * @throws IllegalArgumentException if it is another text
   */
  public static Optional<Confidence> parse(String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    List<List<Double>> lists = new ArrayList<>();
    try {
      for (String list : text.split(";", 2)) {
        lists.add(DoubleStream.of(numbers(list)).boxed().toList());
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "confidence must be numbers; got: '%s'", text), e);
    }
    return Optional.of(new Confidence(lists.get(0), lists.size() == 1 ? List.of() : lists.get(1)));
  }

  private static double[] numbers(String list) {
    String[] texts = list.split(",", -1);
    double[] numbers = new double[texts.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Double.parseDouble(texts[i]);
    }
    return numbers;
  }
}
