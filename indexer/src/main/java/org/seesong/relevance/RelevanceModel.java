package org.seesong.relevance;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * How well a song fits a picture of a keyword's thing, by logistic regressions fitted to songs that
 * people graded: 0 does not fit, 1 acceptable, 2 fits well. One pair of regressions takes {@link
 * LyricFeatures}; another takes these and what a text encoder says of the keyword's line.
 *
 * <p>No feature names a word, so that the model serves keywords it was not fitted on. Immutable;
 * pure functions.
 *
 * @param source the examples it was fitted to, for people
 * @param lyrics by {@link LyricFeatures} alone
 * @param lines by these and the similarity of the keyword's line
 */
public record RelevanceModel(String source, Grades lyrics, Grades lines) {
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

    private static Grades fit(List<Example> examples, boolean withLine) {
      double[][] features =
          examples.stream()
              .map(example -> withLine ? example.withLine() : example.features())
              .toArray(double[][]::new);
      return new Grades(atLeast(1, examples, features), atLeast(2, examples, features));
    }

    private static LogisticRegression atLeast(
        int grade, List<Example> examples, double[][] features) {
      boolean[] positive = new boolean[features.length];
      for (int i = 0; i < positive.length; i++) {
        positive[i] = examples.get(i).grade() >= grade;
      }
      return LogisticRegression.fit(features, positive);
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
   * A graded example.
   *
   * @param grade 0, 1 or 2
   * @param features {@link LyricFeatures}
   * @param similarity of the keyword's line, see {@link #relevance(double[], double)}
   */
  public record Example(int grade, double[] features, double similarity) {
    private double[] withLine() {
      return append(features, similarity);
    }
  }

  /**
   * Fits a model.
   *
   * @param source what the examples are, for people
   * @param examples graded songs of many keywords, of each grade some
   */
  public static RelevanceModel fit(String source, List<Example> examples) {
    return new RelevanceModel(source, Grades.fit(examples, false), Grades.fit(examples, true));
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
   * The same where a line with the keyword was compared with the keyword in meaning.
   *
   * @param features {@link LyricFeatures}
   * @param similarity of the line with the keyword beyond that with other keywords, in standard
   *     deviations from the mean of the catalogue's compared lines
   * @return 0 to 1
   */
  public double relevance(double[] features, double similarity) {
    return lines.relevance(append(features, similarity));
  }

  private static double[] append(double[] features, double last) {
    double[] more = Arrays.copyOf(features, features.length + 1);
    more[features.length] = last;
    return more;
  }
}
