package org.seesong.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.seesong.keyword.KeywordRows;
import org.seesong.select.Confidence;
import org.seesong.select.Confidence.Neighbour;

class ConfidenceFitTest {
  private static final int KEYWORDS = 6;
  private static final int EACH = 15;
  private static final int DIMENSION = 8;

  /** Pictures of a keyword lie around its axis, those without a keyword around the seventh. */
  private record Pictures(float[][] rows) implements PictureVectors {
    static Pictures of(int without, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      List<float[]> rows = new ArrayList<>();
      for (int i = 0; i < KEYWORDS * EACH + without; i++) {
        float[] row = new float[DIMENSION];
        for (int j = 0; j < DIMENSION; j++) {
          row[j] = (float) random.nextDouble(-.2, .2);
        }
        row[i < KEYWORDS * EACH ? i % KEYWORDS : KEYWORDS] += 1;
        rows.add(row);
      }
      return new Pictures(rows.toArray(float[][]::new));
    }

    @Override
    public int size() {
      return rows.length;
    }

    @Override
    public int dimension() {
      return DIMENSION;
    }

    @Override
    public boolean read(int picture, float[] into) {
      System.arraycopy(rows[picture], 0, into, 0, DIMENSION);
      return true;
    }
  }

  private static KeywordRows labels(int size) {
    KeywordRows.Builder rows = new KeywordRows.Builder();
    for (int i = 0; i < size; i++) {
      if (i < KEYWORDS * EACH) {
        rows.add(i % KEYWORDS, 1);
      }
      rows.endRow();
    }
    return rows.build();
  }

  private static List<Double> fit(Pictures pictures, int threads) throws Exception {
    KeywordRows labels = labels(pictures.size());
    return ConfidenceFit.of(labels, labels, pictures, threads);
  }

  private static double confidence(List<Double> known, double distance, String... keywords) {
    List<Neighbour> nearest = new ArrayList<>();
    for (String keyword : keywords) {
      nearest.add(
          keyword.isEmpty()
              ? new Neighbour(distance, Map.of())
              : Neighbour.of(distance, List.of(keyword), List.of(1.0)));
    }
    return new Confidence(known, List.of()).ofPicture(nearest).orElseThrow();
  }

  @Test
  void nearPicturesOfOneKeywordAreKnownAndFarOnesNot() throws Exception {
    List<Double> known = fit(Pictures.of(0, 1), 2);
    assertThat(confidence(known, .4, "a", "a", "a", "a", "a")).isGreaterThan(.9);
    assertThat(confidence(known, 1.3, "a", "b", "c", "d", "e")).isLessThan(.1);
  }

  @Test
  void whatIsNearPicturesWithoutKeywordIsNotKnown() throws Exception {
    List<Double> known = fit(Pictures.of(40, 2), 2);
    assertThat(confidence(known, .4, "a", "a", "a", "a", "a")).isGreaterThan(.9);
    assertThat(confidence(known, .4, "", "", "", "", "")).isLessThan(.1);
  }

  @Test
  void theNumberOfThreadsChangesNothing() throws Exception {
    assertThat(fit(Pictures.of(40, 3), 1)).isEqualTo(fit(Pictures.of(40, 3), 5));
  }

  @Test
  void withOneKeywordNothingIsFitted() throws Exception {
    Pictures pictures = Pictures.of(0, 4);
    KeywordRows.Builder one = new KeywordRows.Builder();
    for (int i = 0; i < pictures.size(); i++) {
      one.add(0, 1);
      one.endRow();
    }
    KeywordRows labels = one.build();
    assertThat(ConfidenceFit.of(labels, labels, pictures, 1)).isEmpty();
    KeywordRows none = new KeywordRows.Builder().build();
    assertThat(ConfidenceFit.of(none, none, new Pictures(new float[0][]), 1)).isEmpty();
  }
}
