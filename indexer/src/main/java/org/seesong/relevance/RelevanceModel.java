package org.seesong.relevance;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * How well a song fits a picture of a keyword's thing, by logistic regressions fitted to songs that
 * people graded: 0 does not fit, 1 acceptable, 2 fits well.
 *
 * <p>The features are {@linkplain LyricFeatures how the lyrics hold the keyword} and, where a text
 * encoder looked at the song, {@linkplain MeaningFeatures what the lines mean}. No feature names a
 * word, so that the model serves keywords it was not fitted on. Immutable; pure functions.
 */
public final class RelevanceModel {
  private static final String RESOURCE = "relevance.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Two regressions over the same features.
   *
   * @param fits probability of grade 1 or 2
   * @param fitsWell probability of grade 2
   */
  record Grades(LogisticRegression fits, LogisticRegression fitsWell) {
    /** Expected gain of a grade (0, 1, 3), as a share of the largest. */
    double relevance(double[] features) {
      return (fits.probability(features) + 2 * fitsWell.probability(features)) / 3;
    }
  }

  /** The stored form. */
  record Coefficients(String source, Grades lyrics, Grades meaning) {}

  private final Coefficients coefficients;

  private RelevanceModel(Coefficients coefficients) {
    this.coefficients = coefficients;
  }

  /** The model that comes with Seesong; src/docs/evaluation.md has its figures and its command. */
  public static RelevanceModel builtIn() {
    try (InputStream in = RelevanceModel.class.getResourceAsStream(RESOURCE)) {
      return new RelevanceModel(JSON.readValue(in, Coefficients.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A graded example.
   *
   * @param grade 0, 1 or 2
   * @param lyrics features of the lyrics
   * @param meaning features of the text encoder
   */
  public record Example(int grade, double[] lyrics, double[] meaning) {
    double[] all() {
      return join(lyrics, meaning);
    }
  }

  /**
   * Fits a model.
   *
   * @param source what the examples are, for people
   * @param examples graded songs of many keywords, of each grade some
   */
  public static RelevanceModel fit(String source, List<Example> examples) {
    double[][] lyrics = examples.stream().map(Example::lyrics).toArray(double[][]::new);
    double[][] all = examples.stream().map(Example::all).toArray(double[][]::new);
    return new RelevanceModel(
        new Coefficients(source, grades(lyrics, examples), grades(all, examples)));
  }

  private static Grades grades(double[][] features, List<Example> examples) {
    return new Grades(
        LogisticRegression.fit(features, atLeast(1, examples)),
        LogisticRegression.fit(features, atLeast(2, examples)));
  }

  private static boolean[] atLeast(int grade, List<Example> examples) {
    boolean[] positive = new boolean[examples.size()];
    for (int i = 0; i < positive.length; i++) {
      positive[i] = examples.get(i).grade() >= grade;
    }
    return positive;
  }

  /** The model as {@code relevance.json}. */
  public byte[] toJson() throws IOException {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(coefficients);
  }

  /**
   * Relevance by the lyrics alone.
   *
   * @param lyrics {@link LyricFeatures}
   * @return 0 to 1
   */
  public double relevance(double[] lyrics) {
    return coefficients.lyrics().relevance(lyrics);
  }

  /**
   * Relevance by the lyrics and their meaning.
   *
   * @param lyrics {@link LyricFeatures}
   * @param meaning {@link MeaningFeatures}
   * @return 0 to 1
   */
  public double relevance(double[] lyrics, double[] meaning) {
    return coefficients.meaning().relevance(join(lyrics, meaning));
  }

  private static double[] join(double[] first, double[] second) {
    double[] all = new double[first.length + second.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
