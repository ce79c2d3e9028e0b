package org.seesong.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RelevanceModelTest {
  @Test
  void theBuiltInModelPrefersFrequentOccurrences() {
    RelevanceModel model = RelevanceModel.builtIn();
    double often = model.relevance(LyricFeatures.of(4, false, 60, 0, .1));
    double once = model.relevance(LyricFeatures.of(1, false, 60, .5, .5));
    assertThat(often).isBetween(0.0, 1.0).isGreaterThan(once);
    assertThat(model.relevance(LyricFeatures.of(1, false, 3000, .5, .5))).isBetween(0.0, once);
  }

  @Test
  void aLineThatMeansTheThingMakesASongMoreRelevant() {
    RelevanceModel model = RelevanceModel.builtIn();
    double[] features = LyricFeatures.of(1, false, 60, .5, .5);
    double none = model.relevance(features);
    assertThat(model.relevance(features, meaning("any", -1.5))).isBetween(0.0, none);
    assertThat(model.relevance(features, meaning("any", 1.5))).isBetween(none, 1.0);
  }

  private static RelevanceModel.Meaning meaning(String encoder, double similarity) {
    float[] vector = {(float) similarity, 1};
    return new RelevanceModel.Meaning(encoder, similarity, similarity / 2, vector, vector);
  }

  @Test
  void vectorsCountWhereTheyAreOfTheEncoderThatWasFitted() {
    List<RelevanceModel.Example> examples = new ArrayList<>();
    double[] features = LyricFeatures.of(1, false, 60, .5, .5);
    for (int i = 0; i < 90; i++) {
      float[] scene = {i % 3 == 0 ? -1 : 1, 0};
      examples.add(
          new RelevanceModel.Example(
              i % 3, features, new RelevanceModel.Meaning("fitted", 0, 0, scene, new float[2])));
    }
    RelevanceModel model = RelevanceModel.fit("made up", examples);
    double other = model.relevance(features, meaning("other", 1));
    assertThat(model.relevance(features, meaning("other", -1))).isEqualTo(other);
    assertThat(model.relevance(features, meaning("fitted", -1)))
        .isLessThan(model.relevance(features, meaning("fitted", 1)) - .2);
    assertThat(model.bySimilarities(features, meaning("fitted", 1))).isEqualTo(other);
  }

  @Test
  void aRegressionFindsTheOddsThatExamplesWereDrawnBy() {
    Random random = new Random(3);
    double[][] rows = new double[20_000][];
    boolean[] positive = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      double x = random.nextGaussian() * 2 + 1;
      rows[i] = new double[] {x, random.nextGaussian(), 5};
      positive[i] = random.nextDouble() < 1 / (1 + Math.exp(-(1.5 * x - 1)));
    }
    LogisticRegression fitted = LogisticRegression.fit(rows, positive);
    for (double x : new double[] {-1, 0, 1, 3}) {
      assertThat(fitted.probability(new double[] {x, 0, 5}))
          .isCloseTo(1 / (1 + Math.exp(-(1.5 * x - 1))), within(.02));
    }
    assertThatThrownBy(() -> fitted.probability(new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 3 features; got: 2");
  }

  @Test
  void aModelIsTheSameAfterItWasWritten() throws Exception {
    List<RelevanceModel.Example> examples = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      double[] features = LyricFeatures.of(1 + i % 5, i % 2 == 0, 20 + i, .1, .2);
      examples.add(new RelevanceModel.Example(i % 3, features, meaning("x", i % 7 - 3)));
    }
    RelevanceModel model = RelevanceModel.fit("made up", examples);
    assertThat(new ObjectMapper().readValue(model.toJson(), RelevanceModel.class)).isEqualTo(model);
  }

  @Test
  void aChineseCharacterIsAWord() {
    assertThat(LyricFeatures.words("x 雪花飘 the dog's day, 2 stars", 1)).isEqualTo(8);
    assertThat(LyricFeatures.words("", 0)).isZero();
  }
}
