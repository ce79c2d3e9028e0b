package org.seesong.relevance;

import java.util.List;

/**
 * What a text encoder makes of a song's lines for a keyword, as features of {@link RelevanceModel}:
 *
 * <ol start="0">
 *   <li>greatest cosine of a line that holds the keyword with the keyword's gloss
 *   <li>greatest cosine of such a line with the gloss put as a question
 *   <li>mean cosine of these lines with the gloss
 *   <li>greatest cosine with the gloss beyond the mean cosine with the glosses of all keywords
 * </ol>
 */
final class MeaningFeatures {
  static final int COUNT = 4;

  private MeaningFeatures() {}

  /**
   * Features of a song.
   *
   * @param lines vectors of the lines that hold the keyword, of length 1, at least one
   * @param keyword the keyword's meaning
   */
  static double[] of(List<float[]> lines, KeywordMeaning keyword) {
    double gloss = -1;
    double question = -1;
    double sum = 0;
    double contrast = -2;
    for (float[] line : lines) {
      double cosine = dot(line, keyword.gloss());
      gloss = Math.max(gloss, cosine);
      question = Math.max(question, dot(line, keyword.question()));
      sum += cosine;
      contrast = Math.max(contrast, cosine - dot(line, keyword.meanGloss()));
    }
    return new double[] {gloss, question, sum / lines.size(), contrast};
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  /**
   * A keyword's meaning as vectors of a text encoder.
   *
   * @param gloss of the gloss as a passage
   * @param question of the gloss as a query
   * @param meanGloss mean of the glosses of all keywords
   */
  record KeywordMeaning(float[] gloss, float[] question, float[] meanGloss) {}
}
