package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.seesong.embedding.EmbeddingOptions;

class EmbeddingSettingsTest {
  @Test
  void theSettingsOfTheCommandLineAreTheDefaultsOfTheOptions() {
    assertThat(BuildSettings.defaults().embedding.options(null, 1))
        .isEqualTo(EmbeddingOptions.DEFAULT);
  }

  @Test
  void presetsAndOptionsMakeTheOptions() {
    EmbeddingSettings paper = new EmbeddingSettings();
    paper.preset = "paper";
    assertThat(paper.options(null, 1)).isEqualTo(EmbeddingOptions.PAPER);
    paper.dimension = 7;
    paper.typedNegatives = true;
    assertThat(paper.options("hpe", 2))
        .isEqualTo(
            EmbeddingOptions.PAPER.toBuilder()
                .method("hpe")
                .threads(2)
                .dimension(7)
                .typedNegatives(true)
                .build());
  }
}
