package org.seesong.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ConfidenceReportTest {
  @Test
  void aurocIsTheShareOfPairsInOrderTiesHalf() {
    assertThat(ConfidenceReport.auroc(new double[] {.9, .8}, new double[] {.1, .2, .3})).isOne();
    assertThat(ConfidenceReport.auroc(new double[] {.1}, new double[] {.2, .3})).isZero();
    // .5 beats .1, ties with .5, loses to .7; .7 beats two, ties with one.
    assertThat(ConfidenceReport.auroc(new double[] {.5, .7}, new double[] {.1, .5, .7}))
        .isEqualTo(4 / 6.);
    assertThat(ConfidenceReport.auroc(new double[] {.5}, new double[0])).isNaN();
  }

  @Test
  void theCalibrationErrorIsTheMeanDistanceInABin() {
    // One bin, mean confidence .85, half of it true.
    assertThat(ConfidenceReport.error(new double[] {.82}, new double[] {.88}))
        .isCloseTo(.35, within(1e-12));
    // Two bins: .95 of two true ones, .15 of one false one and, in its bin, no true one.
    assertThat(ConfidenceReport.error(new double[] {.95, .95}, new double[] {.15}, 1, 1))
        .isCloseTo((.1 + .15) / 3, within(1e-12));
    assertThat(ConfidenceReport.error(new double[] {1, 1}, new double[] {0})).isZero();
  }

  @Test
  void knownAndUnknownPicturesWeighAHalfEach() {
    double[] known = {.75, .75, .75};
    assertThat(ConfidenceReport.error(known, new double[] {.75})).isCloseTo(.25, within(1e-12));
    assertThat(ConfidenceReport.error(known, new double[] {.75}, 1, 1)).isCloseTo(0, within(1e-12));
  }
}
