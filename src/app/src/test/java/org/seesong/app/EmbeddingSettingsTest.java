package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.seesong.embedding.ClosedFormOptions;
import org.seesong.embedding.LineOptions;

class EmbeddingSettingsTest {
  @Test
  void theSettingsOfTheCommandLineAreTheDefaultsOfTheOptions() {
    assertThat(BuildSettings.defaults().embedding.options(null, 1))
        .isEqualTo(ClosedFormOptions.DEFAULT);
  }

  @Test
  void presetsAndOptionsMakeTheOptions() {
    EmbeddingSettings paper = new EmbeddingSettings();
    paper.preset = "paper";
    assertThat(paper.options(null, 1)).isEqualTo(LineOptions.PAPER);
    paper.dimension = 7;
    paper.typedNegatives = true;
    assertThat(paper.options("line1", 2))
        .isEqualTo(
            LineOptions.PAPER.toBuilder()
                .order(1)
                .threads(2)
                .dimension(7)
                .typedNegatives(true)
                .build());
  }
}
