package org.seesong.relevance;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * How well a song fits a picture of a keyword's thing, by two logistic regressions over {@link
 * LyricFeatures}, fitted to songs that people graded: 0 does not fit, 1 acceptable, 2 fits well.
 *
 * <p>No feature names a word, so that the model serves keywords it was not fitted on. Immutable;
 * pure functions.
 *
 * @param source the examples it was fitted to, for people
 * @param fits probability of grade 1 or 2
 * @param fitsWell probability of grade 2
 */
public record RelevanceModel(String source, LogisticRegression fits, LogisticRegression fitsWell) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final RelevanceModel BUILT_IN = readBuiltIn();

  /** The model that comes with Seesong; src/docs/evaluation.md has its figures and its command. */
  public static RelevanceModel builtIn() {
    return BUILT_IN;
  }

  private static RelevanceModel readBuiltIn() {
    try (InputStream in = RelevanceModel.class.getResourceAsStream("relevance.json")) {
      return JSON.readValue(in, RelevanceModel.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A graded example.
   *
   * @param grade 0, 1 or 2
   * @param features {@link LyricFeatures}
   */
  public record Example(int grade, double[] features) {}

  /**
   * Fits a model.
   *
   * @param source what the examples are, for people
   * @param examples graded songs of many keywords, of each grade some
   */
  public static RelevanceModel fit(String source, List<Example> examples) {
    return new RelevanceModel(source, atLeast(1, examples), atLeast(2, examples));
  }

  private static LogisticRegression atLeast(int grade, List<Example> examples) {
    double[][] features = examples.stream().map(Example::features).toArray(double[][]::new);
    boolean[] positive = new boolean[features.length];
    for (int i = 0; i < positive.length; i++) {
      positive[i] = examples.get(i).grade() >= grade;
    }
    return LogisticRegression.fit(features, positive);
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
    return (fits.probability(features) + 2 * fitsWell.probability(features)) / 3;
  }
}
