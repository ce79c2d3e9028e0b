package org.seesong.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seesong.evaluation.Question.SeenPicture;
import org.seesong.keyword.KeywordTools;
import org.seesong.keyword.ScriptFolder;
import org.seesong.keyword.Segmenters;
import org.seesong.keyword.Vocabulary;

/** Five songs over the keywords 0 and 1; song 4 holds none. */
class RecommendersTest {
  private static final SongTable SONGS = songs(Double.NaN, Double.NaN);

  private static SongTable songs(double first, double second) {
    return new SongTable(
        List.of("a", "b", "c", "d", "e"),
        2,
        new int[][] {{0}, {0, 1}, {1}, {0}, {}},
        new float[][] {{1}, {3, 4}, {2}, {2}, {}},
        new double[] {first, second, Double.NaN, Double.NaN, Double.NaN});
  }

  private static Question saw(int... keywords) {
    return new Question(0, List.of(new SeenPicture(0, 1, keywords)));
  }

  private static List<Integer> numbers(List<Recommended> answer) {
    return answer.stream().map(Recommended::song).toList();
  }

  @Test
  void keywordMatchingOrdersBySumsOfWeights() {
    Recommender km = new KeywordMatching(SONGS, true, 1);
    assertThat(numbers(answer(km, saw(0)))).containsExactly(1, 3, 0);
    assertThat(numbers(answer(km, saw(0, 1)))).containsExactly(1, 2, 3, 0);
    assertThat(answer(km, saw())).isEmpty();
  }

  @Test
  void keywordMatchingAtRandomDrawsAmongHoldersBySeed() {
    Recommender km = new KeywordMatching(SONGS, false, 1);
    assertThat(numbers(answer(km, saw(0)))).containsExactlyInAnyOrder(0, 1, 3);
    assertThat(answer(km, saw(0))).isEqualTo(answer(new KeywordMatching(SONGS, false, 1), saw(0)));
  }

  @Test
  void popularityIsTheOwnersOrTheNumberOfKeywords() {
    assertThat(numbers(answer(new Popularity(SONGS), saw(0)))).containsExactly(1, 0, 2, 3, 4);
    assertThat(numbers(answer(new Popularity(songs(7, 9)), saw(0)))).startsWith(1, 0);
  }

  @Test
  void theOracleKnowsAndIsIdeal() {
    List<int[]> labels = List.of(new int[] {0});
    Recommender oracle = new Oracle(SONGS, labels);
    List<Recommended> answer = answer(oracle, saw(1));
    assertThat(numbers(answer)).containsExactly(0, 3, 1);
    Scorer scorer = scorer(labels);
    assertThat(scorer.mark(Measure.of(Measure.Kind.NDCG), 0, answer)).isCloseTo(1, within(1e-12));
    assertThat(scorer.mark(Measure.of(Measure.Kind.PRECISION), 0, answer)).isEqualTo(0.3);
    assertThat(scorer.mark(Measure.of(Measure.Kind.TIES), 0, answer))
        .isCloseTo(2 / 3.0, within(1e-9));
  }

  @Test
  void marksAreAsDefined() {
    Scorer scorer = scorer(List.of(new int[] {1}));
    List<Recommended> answer =
        List.of(new Recommended(4, 1, 0), new Recommended(2, 2, 0), new Recommended(1, 3, 1));
    assertThat(scorer.mark(Measure.of(Measure.Kind.HIT), 0, answer)).isEqualTo(1);
    assertThat(scorer.mark(Measure.of(Measure.Kind.MRR), 0, answer)).isEqualTo(0.5);
    assertThat(scorer.mark(Measure.of(Measure.Kind.PRECISION), 0, answer)).isEqualTo(0.2);
    double ideal = 1 + 0.8 / log2(3);
    assertThat(scorer.mark(Measure.of(Measure.Kind.NDCG), 0, answer))
        .isCloseTo((1 / log2(3) + 0.8 / log2(4)) / ideal, within(1e-6));
    assertThat(scorer.mark(Measure.of(Measure.Kind.TIES), 0, answer)).isZero();
    assertThat(scorer.mark(Measure.of(Measure.Kind.HIT), 0, List.of())).isZero();
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  private static Scorer scorer(List<int[]> labels) {
    try {
      GroundTruth truth =
          GroundTruth.of(
              SONGS,
              Vocabulary.of(List.of("雪", "山"), ScriptFolder.builtIn()),
              Map.of(0, Map.of(), 1, Map.of()),
              List.of(),
              new FoldedLyrics(
                  SONGS, List.of(), KeywordTools.builtIn(Segmenters.byName("unicode"))));
      return new Scorer(SONGS, truth, labels, List.of());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<Recommended> answer(Recommender recommender, Question question) {
    try {
      return recommender.recommend(question, 10);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
