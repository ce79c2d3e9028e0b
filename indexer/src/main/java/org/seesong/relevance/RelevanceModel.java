package org.seesong.relevance;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * How well a song fits a picture of a keyword's thing, by logistic regressions fitted to songs that
 * people graded: 0 does not fit, 1 acceptable, 2 fits well. Three pairs of regressions take {@link
 * LyricFeatures}: one these alone; one also what any text encoder says of the song, its {@link
 * Meaning}; one also the vectors of the text encoder it was fitted with, which tell scenes from
 * other matter whatever the keyword.
 *
 * <p>No feature names a word, so that the model serves keywords it was not fitted on. Immutable;
 * pure functions.
 *
 * @param source the examples it was fitted to, for people
 * @param lyrics by {@link LyricFeatures} alone
 * @param similarities by these and the similarities of a {@link Meaning}
 * @param encoder id of the text encoder of the vectors
 * @param vectors by these and the vectors of a {@link Meaning}
 */
public record RelevanceModel(
    String source, Grades lyrics, Grades similarities, String encoder, Grades vectors) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final RelevanceModel BUILT_IN = read("relevance.json", RelevanceModel.class);
  private static final List<Double> SONG_CONFIDENCE =
      List.of(read("song-confidence.json", Double[].class));

  /**
   * Probabilities of grades.
   *
   * @param fits of grade 1 or 2
   * @param fitsWell of grade 2
   */
  public record Grades(LogisticRegression fits, LogisticRegression fitsWell) {
    /** The expected gain of a song's grade (0, 1, 3) as a share of the largest, 0 to 1. */
    double relevance(double[] features) {
      return (fits.probability(features) + 2 * fitsWell.probability(features)) / 3;
    }

    private static Grades fit(List<Example> examples, List<double[]> features, int standardised) {
      double[][] rows = features.toArray(double[][]::new);
      return new Grades(
          atLeast(1, examples, rows, standardised), atLeast(2, examples, rows, standardised));
    }

    private static LogisticRegression atLeast(
        int grade, List<Example> examples, double[][] rows, int standardised) {
      boolean[] positive = new boolean[rows.length];
      for (int i = 0; i < positive.length; i++) {
        positive[i] = examples.get(i).grade() >= grade;
      }
      return LogisticRegression.fit(rows, positive, standardised);
    }
  }

  /** The model that comes with Seesong; src/docs/evaluation.md has its figures and its command. */
  public static RelevanceModel builtIn() {
    return BUILT_IN;
  }

  /**
   * What turns the expected relevance of a song for a picture into the probability that it fits:
   * intercept and weight of its square root, fitted to graded songs ({@code
   * src/docs/evaluation.md}).
   */
  public static List<Double> songConfidence() {
    return SONG_CONFIDENCE;
  }

  private static <T> T read(String resource, Class<T> type) {
    try (InputStream in = RelevanceModel.class.getResourceAsStream(resource)) {
      return JSON.readValue(in, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What a text encoder says of a song that holds a keyword. Similarities are inner products with
   * the keyword's description beyond those with other keywords', in standard deviations from the
   * mean of the catalogue's compared songs.
   *
   * @param encoder its id
   * @param line similarity of the first line with the keyword
   * @param beginning similarity of how the lyrics begin
   * @param lineVector vector of that line, of length 1
   * @param beginningVector vector of the beginning, of length 1
   */
  public record Meaning(
      String encoder, double line, double beginning, float[] lineVector, float[] beginningVector) {}

  /**
   * A graded example.
   *
   * @param grade 0, 1 or 2
   * @param features {@link LyricFeatures}
   */
  public record Example(int grade, double[] features, Meaning meaning) {
    private double[] withSimilarities() {
      return append(features, meaning.line(), meaning.beginning());
    }

    private double[] withVectors() {
      return RelevanceModel.withVectors(features, meaning);
    }
  }

  /**
   * Fits a model. Costs seconds where vectors have some hundred dimensions.
   *
   * @param source what the examples are, for people
   * @param examples graded songs of many keywords, of each grade some, all of one text encoder
   */
  public static RelevanceModel fit(String source, List<Example> examples) {
    Example first = examples.get(0);
    int counts = first.features().length;
    int similarities = first.withSimilarities().length;
    return new RelevanceModel(
        source,
        Grades.fit(examples, examples.stream().map(Example::features).toList(), counts),
        Grades.fit(
            examples, examples.stream().map(Example::withSimilarities).toList(), similarities),
        first.meaning().encoder(),
        Grades.fit(examples, examples.stream().map(Example::withVectors).toList(), similarities));
  }

  /** The model as {@code relevance.json}. */
  public byte[] toJson() throws IOException {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
  }

  /**
   * The expected gain of a song's grade (0, 1, 3) as a share of the largest.
   *
   * @param features {@link LyricFeatures}
   * @return 0 to 1
   */
  public double relevance(double[] features) {
    return lyrics.relevance(features);
  }

  /**
   * The same where a text encoder compared the song with the keyword; by its vectors too if it is
   * the encoder that the model was fitted with.
   *
   * @param features {@link LyricFeatures}
   * @return 0 to 1
   */
  public double relevance(double[] features, Meaning meaning) {
    return meaning.encoder().equals(encoder)
        ? vectors.relevance(withVectors(features, meaning))
        : bySimilarities(features, meaning);
  }

  /** The same, by similarities alone. */
  public double bySimilarities(double[] features, Meaning meaning) {
    return similarities.relevance(append(features, meaning.line(), meaning.beginning()));
  }

  private static double[] withVectors(double[] features, Meaning meaning) {
    double[] all = append(features, meaning.line(), meaning.beginning());
    int at = all.length;
    all = Arrays.copyOf(all, at + meaning.lineVector().length + meaning.beginningVector().length);
    for (float value : meaning.lineVector()) {
      all[at++] = value;
    }
    for (float value : meaning.beginningVector()) {
      all[at++] = value;
    }
    return all;
  }

  private static double[] append(double[] features, double line, double beginning) {
    double[] more = Arrays.copyOf(features, features.length + 2);
    more[features.length] = line;
    more[features.length + 1] = beginning;
    return more;
  }
}
