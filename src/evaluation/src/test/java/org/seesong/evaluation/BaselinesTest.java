package org.seesong.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seesong.evaluation.Query.Neighbor;
import org.seesong.keyword.KeywordTools;
import org.seesong.keyword.ScriptFolder;
import org.seesong.keyword.Segmenters;
import org.seesong.keyword.Vocabulary;

/** Five songs over the keywords 0 and 1; song 4 holds none. */
class BaselinesTest {
  private static final SongTable SONGS = songs(Double.NaN, Double.NaN);

  private static final Baselines BASELINES = new Baselines(SONGS);

  private static SongTable songs(double first, double second) {
    return new SongTable(
        List.of("a", "b", "c", "d", "e"),
        2,
        new int[][] {{0}, {0, 1}, {1}, {0}, {}},
        new float[][] {{1}, {3, 4}, {2}, {2}, {}},
        new double[] {first, second, Double.NaN, Double.NaN, Double.NaN});
  }

  private static Query saw(int... keywords) {
    return new Query(0, List.of(new Neighbor(0, 1, keywords)));
  }

  private static List<Integer> numbers(List<RankedSong> answer) {
    return answer.stream().map(RankedSong::song).toList();
  }

  @Test
  void keywordMatchingOrdersBySumsOfWeights() {
    Recommender km = BASELINES.keywordMatching();
    assertThat(numbers(answer(km, saw(0)))).containsExactly(1, 3, 0);
    assertThat(numbers(answer(km, saw(0, 1)))).containsExactly(1, 2, 3, 0);
    assertThat(answer(km, saw())).isEmpty();
  }

  @Test
  void keywordMatchingAtRandomDrawsAmongHoldersBySeed() {
    Recommender km = BASELINES.randomKeywordMatching(1);
    assertThat(numbers(answer(km, saw(0)))).containsExactlyInAnyOrder(0, 1, 3);
    assertThat(answer(km, saw(0))).isEqualTo(answer(BASELINES.randomKeywordMatching(1), saw(0)));
  }

  @Test
  void popularityIsTheOwnersOrTheNumberOfKeywords() {
    assertThat(numbers(answer(BASELINES.popularity(), saw(0)))).containsExactly(1, 0, 2, 3, 4);
    assertThat(numbers(answer(new Baselines(songs(7, 9)).popularity(), saw(0)))).startsWith(1, 0);
  }

  @Test
  void theOracleKnowsAndIsIdeal() {
    List<int[]> labels = List.of(new int[] {0});
    Recommender oracle = BASELINES.oracle(labels);
    List<RankedSong> answer = answer(oracle, saw(1));
    assertThat(numbers(answer)).containsExactly(0, 3, 1);
    Scorer scorer = scorer(labels);
    assertThat(scorer.score(Measure.of(Measure.Kind.NDCG), 0, answer)).isCloseTo(1, within(1e-12));
    assertThat(scorer.score(Measure.of(Measure.Kind.PRECISION), 0, answer)).isEqualTo(0.3);
    assertThat(scorer.score(Measure.of(Measure.Kind.TIES), 0, answer))
        .isCloseTo(2 / 3.0, within(1e-9));
  }

  @Test
  void scoresAreAsDefined() {
    Scorer scorer = scorer(List.of(new int[] {1}));
    List<RankedSong> answer =
        List.of(new RankedSong(4, 1, 0), new RankedSong(2, 2, 0), new RankedSong(1, 3, 1));
    assertThat(scorer.score(Measure.of(Measure.Kind.HIT), 0, answer)).isEqualTo(1);
    assertThat(scorer.score(Measure.of(Measure.Kind.MRR), 0, answer)).isEqualTo(0.5);
    assertThat(scorer.score(Measure.of(Measure.Kind.PRECISION), 0, answer)).isEqualTo(0.2);
    double ideal = 1 + 0.8 / log2(3);
    assertThat(scorer.score(Measure.of(Measure.Kind.NDCG), 0, answer))
        .isCloseTo((1 / log2(3) + 0.8 / log2(4)) / ideal, within(1e-6));
    assertThat(scorer.score(Measure.of(Measure.Kind.TIES), 0, answer)).isZero();
    assertThat(scorer.score(Measure.of(Measure.Kind.HIT), 0, List.of())).isZero();
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  private static Scorer scorer(List<int[]> labels) {
    try {
      KeywordRelevance truth =
          KeywordRelevance.of(
              SONGS,
              Vocabulary.of(List.of("雪", "山"), ScriptFolder.builtIn()),
              Map.of(0, Map.of(), 1, Map.of()),
              List.of(),
              new Lyrics.OfFiles(
                  SONGS, List.of(), KeywordTools.builtIn(Segmenters.byName("unicode"))));
      return new Scorer(SONGS, truth, labels, List.of());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<RankedSong> answer(Recommender recommender, Query query) {
    try {
      return recommender.recommend(query, 10);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
