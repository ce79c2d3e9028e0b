package org.seesong.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seesong.keyword.KeywordRows;

class LabelPropagationTest {
  private static final int DIMENSION = 24;
  private static final LabelPropagationOptions OPTIONS = new LabelPropagationOptions(5, 0.3, 0);

  /** Pictures of a few kinds; a label of -1 is none. */
  private static final class Album {
    final float[][] rows;
    final int[] labels;

    Album(int[] kinds, int[] labels, long seed) {
      this.labels = labels;
      rows = new float[kinds.length][DIMENSION];
      SplittableRandom random = new SplittableRandom(seed);
      for (int p = 0; p < kinds.length; p++) {
        for (int i = 0; i < DIMENSION; i++) {
          rows[p][i] = (float) random.nextDouble(-0.2, 0.2);
        }
        rows[p][kinds[p]] += 1;
      }
    }

    KeywordRows own(float weight) {
      KeywordRows.Builder own = new KeywordRows.Builder();
      for (int label : labels) {
        if (label >= 0) {
          own.add(label, weight);
        }
        own.endRow();
      }
      return own.build();
    }

    LabelPropagation propagate(LabelPropagationOptions options) throws Exception {
      return LabelPropagation.of(own(2), new RowVectors(rows, DIMENSION), options, 2, done -> {});
    }
  }

  /** 30 pictures of each of 3 kinds, labelled by kind. */
  private static Album album() {
    int[] kinds = new int[90];
    Arrays.setAll(kinds, p -> p / 30);
    return new Album(kinds, kinds.clone(), 7);
  }

  private static float weight(KeywordRows rows, int row, int keyword) {
    for (int i = rows.offsets()[row]; i < rows.offsets()[row + 1]; i++) {
      if (rows.keywords()[i] == keyword) {
        return rows.weights()[i];
      }
    }
    return 0;
  }

  private static double sum(KeywordRows rows, int row) {
    double sum = 0;
    for (int i = rows.offsets()[row]; i < rows.offsets()[row + 1]; i++) {
      sum += rows.weights()[i];
    }
    return sum;
  }

  @Test
  void aPictureAmongItsLikesKeepsItsLabel() throws Exception {
    KeywordRows rows = album().propagate(OPTIONS).rows();
    for (int p = 0; p < 90; p++) {
      assertThat(weight(rows, p, p / 30)).isCloseTo(2, within(1e-5f));
      assertThat(sum(rows, p)).isCloseTo(2, within(1e-5));
    }
  }

  @Test
  void anUnlabelledPictureIsGivenTheLabelOfItsLikes() throws Exception {
    Album album = album();
    album.labels[40] = -1;
    LabelPropagation found = album.propagate(OPTIONS);
    assertThat(found.inferred()).isEqualTo(1);
    assertThat(weight(found.rows(), 40, 1))
        .isBetween(1f, 2f)
        .isEqualTo((float) sum(found.rows(), 40));
  }

  @Test
  void anOddLabelIsOutvotedButNotLost() throws Exception {
    Album album = album();
    album.labels[40] = 2;
    KeywordRows rows = album.propagate(OPTIONS).rows();
    assertThat(weight(rows, 40, 1)).isGreaterThan(weight(rows, 40, 2));
    assertThat(weight(rows, 40, 2)).isGreaterThanOrEqualTo(2 * 0.3f);
    assertThat(sum(rows, 40)).isCloseTo(2, within(1e-5));
  }

  @Test
  void aPictureFarFromAllStaysWithoutOrKeepsToItsOwn() throws Exception {
    Album album = album();
    album.rows[40] = new float[DIMENSION];
    album.rows[40][20] = 3;
    album.labels[40] = -1;
    album.rows[41] = new float[DIMENSION];
    album.rows[41][21] = -3;
    LabelPropagation found = album.propagate(OPTIONS);
    assertThat(sum(found.rows(), 40)).isZero();
    assertThat(found.inferred()).isZero();
    assertThat(weight(found.rows(), 41, 1)).isCloseTo(2, within(0.01f));
  }

  @Test
  void theLengthOfAVectorSaysNothing() throws Exception {
    Album album = album();
    KeywordRows before = album.propagate(OPTIONS).rows();
    for (int i = 0; i < DIMENSION; i++) {
      album.rows[40][i] *= 64;
    }
    KeywordRows after = album.propagate(OPTIONS).rows();
    assertThat(after.weights()).containsExactly(before.weights());
    assertThat(after.keywords()).containsExactly(before.keywords());
  }

  @Test
  void labelsOnlyLeavesLabelsAsTheyAre() throws Exception {
    Album album = album();
    album.labels[40] = -1;
    LabelPropagation found = album.propagate(LabelPropagationOptions.LABELS_ONLY);
    assertThat(found.rows().weights()).containsExactly(album.own(2).weights());
    assertThat(found.rows().offsets()).containsExactly(album.own(2).offsets());
    assertThat(found.inferred()).isZero();
  }

  @Test
  void anOwnLabelOfOneAsksNeighboursForUnlabelledPicturesOnly() throws Exception {
    Album album = album();
    album.labels[40] = -1;
    album.labels[50] = 2;
    KeywordRows rows = album.propagate(new LabelPropagationOptions(5, 1, 0)).rows();
    assertThat(weight(rows, 40, 1)).isPositive();
    assertThat(weight(rows, 50, 2)).isEqualTo(2);
    assertThat(sum(rows, 50)).isEqualTo(2);
  }

  @Test
  void oddCataloguesAreServed() throws Exception {
    Album none = new Album(new int[3], new int[] {-1, -1, -1}, 1);
    assertThat(none.propagate(OPTIONS).rows().weights()).isEmpty();
    Album one = new Album(new int[1], new int[] {4}, 1);
    assertThat(one.propagate(OPTIONS).rows().weights()).containsExactly(2);
    Album lonely = new Album(new int[] {0, 1}, new int[] {4, -1}, 1);
    assertThat(sum(lonely.propagate(OPTIONS).rows(), 0)).isEqualTo(2);
    Album same = new Album(new int[9], new int[] {0, 0, 0, 0, 0, 0, 0, 0, -1}, 1);
    Arrays.fill(same.rows, same.rows[0]);
    LabelPropagation found = same.propagate(OPTIONS);
    assertThat(found.model().reach()).isZero();
    assertThat(weight(found.rows(), 8, 0)).isPositive();
    Album empty = new Album(new int[0], new int[0], 1);
    assertThat(empty.propagate(OPTIONS).rows().rows()).isZero();
  }

  @Test
  void theNumberOfThreadsChangesNothing() throws Exception {
    Album album = album();
    album.labels[33] = -1;
    RowVectors vectors = new RowVectors(album.rows, DIMENSION);
    AtomicLong told = new AtomicLong();
    KeywordRows one =
        LabelPropagation.of(
                album.own(1), vectors, OPTIONS, 1, n -> told.accumulateAndGet(n, Math::max))
            .rows();
    KeywordRows four = LabelPropagation.of(album.own(1), vectors, OPTIONS, 4, done -> {}).rows();
    assertThat(four.weights()).containsExactly(one.weights());
    assertThat(four.keywords()).containsExactly(one.keywords());
    assertThat(told).hasValue(90);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.4, 1})
  void aNewPictureGetsKeywordsAsIfItHadBeenThere(double classifierWeight) throws Exception {
    LabelPropagationOptions options = new LabelPropagationOptions(5, 0.3, classifierWeight);
    Album album = album();
    album.labels[40] = -1;
    LabelPropagation whole = album.propagate(options);
    float[][] others = album.rows.clone();
    others[40] = others[89]; // the new one is not among the known
    int[] labels = album.labels.clone();
    Album known = new Album(new int[90], labels, 1);
    System.arraycopy(others, 0, known.rows, 0, 90);
    LabelPropagation before = known.propagate(options);
    KeywordRows.Builder none = new KeywordRows.Builder();
    none.endRow();
    LabelPropagation later =
        LabelPropagation.ofNew(
            none.build(),
            new RowVectors(new float[][] {album.rows[40]}, DIMENSION),
            known.own(2),
            new RowVectors(known.rows, DIMENSION),
            before.model(),
            2);
    assertThat(later.rows().rows()).isOne();
    assertThat(later.inferred()).isOne();
    for (int keyword = 0; keyword < 3; keyword++) {
      assertThat(weight(later.rows(), 0, keyword)).isEqualTo(weight(whole.rows(), 40, keyword));
    }
  }

  @Test
  void aNewPictureOfAKeywordThatNoKnownOneHasKeepsIt() throws Exception {
    LabelPropagationOptions options = LabelPropagationOptions.DEFAULT;
    Album album = album();
    LabelPropagation before = album.propagate(options);
    KeywordRows.Builder own = new KeywordRows.Builder();
    own.add(7, 2);
    own.endRow();
    KeywordRows later =
        LabelPropagation.ofNew(
                own.build(),
                new RowVectors(new float[][] {album.rows[40]}, DIMENSION),
                album.own(2),
                new RowVectors(album.rows, DIMENSION),
                before.model(),
                1)
            .rows();
    assertThat(weight(later, 0, 7)).isBetween(2 * 0.15f, 1f);
    assertThat(weight(later, 0, 1)).isGreaterThan(weight(later, 0, 7));
    assertThat(sum(later, 0)).isCloseTo(2, within(0.05)); // small votes are dropped
  }

  @Test
  void wrongSizesAndOptionsAreNamed() {
    Album album = album();
    RowVectors few = new RowVectors(new float[1][DIMENSION], DIMENSION);
    assertThatThrownBy(() -> LabelPropagation.of(album.own(1), few, OPTIONS, 1, done -> {}))
        .hasMessage("labels of 90 pictures for vectors of 1");
    assertThatThrownBy(() -> new LabelPropagationOptions(-1, 0.3, 0))
        .hasMessage("label neighbours must be 0 to 1000; got: -1");
    assertThatThrownBy(() -> new LabelPropagationOptions(5, Double.NaN, 0))
        .hasMessage("own label weight must be 0 to 1; got: NaN");
    assertThatThrownBy(
            () ->
                LabelPropagation.ofNew(
                    new Album(new int[1], new int[] {1}, 1).own(1),
                    new RowVectors(new float[1][5], 5),
                    album.own(1),
                    new RowVectors(album.rows, DIMENSION),
                    album.propagate(LabelPropagationOptions.DEFAULT).model(),
                    1))
        .hasMessage("vectors of 5 dimensions for a classifier over 24");
    assertThatThrownBy(() -> new LabelModel(OPTIONS, -1, RidgeClassifier.none(), List.of()))
        .hasMessage("reach must be finite and at least 0; got: -1.0");
  }

  @Test
  void theDefaultsAreThese() {
    assertThat(LabelPropagationOptions.DEFAULT).isEqualTo(new LabelPropagationOptions(15, 0.15, 1));
    assertThat(LabelPropagationOptions.DEFAULT.describe())
        .isEqualTo("neighbours=15 own=0.15 classifier=1.0");
    assertThat(LabelPropagationOptions.LABELS_ONLY.describe()).isEqualTo("labels only");
  }
}
