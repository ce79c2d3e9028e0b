package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.seesong.embedding.LineOptions;
import org.seesong.keyword.KeywordOptions;
import org.seesong.label.LabelPropagationOptions;

class BuildSettingsTest {
  @Test
  void whatIsNotGivenIsTheDefaultOrThePapers() {
    BuildSettings settings = BuildSettings.defaults();
    assertThat(settings.embedding.seed()).isEqualTo(42);
    assertThat(settings.embedding().method()).isEqualTo("closed-form");
    assertThat(settings.labels())
        .isEqualTo(
            new LabelPropagationOptions(
                LabelPropagationOptions.DEFAULT_NEIGHBOURS,
                LabelPropagationOptions.DEFAULT_OWN_LABEL,
                LabelPropagationOptions.DEFAULT_CLASSIFIER_WEIGHT));
    assertThat(settings.maxTitleShare).isEqualTo(KeywordOptions.DEFAULT.maxTitleShare());
    assertThat(settings.centered()).isTrue();
    settings.embedding.seed = 7L;
    settings.embedding.preset = "paper";
    assertThat(settings.embedding().method()).isEqualTo("line2");
    settings.embedding.preset = null;
    settings.preset = "paper";
    assertThat(settings.embedding.seed()).isEqualTo(7);
    assertThat(settings.embedding().method()).isEqualTo("line2");
    assertThat(settings.embedding())
        .isEqualTo(LineOptions.PAPER.withSeed(7).withThreads(settings.threads()));
    assertThat(settings.labels()).isEqualTo(LabelPropagationOptions.LABELS_ONLY);
    assertThat(settings.centered()).isFalse();
    settings.centering = "mean";
    assertThat(settings.centered()).isTrue();
  }

  @Test
  void presetsThatContradictEachOtherAreRefusedByName() {
    BuildSettings settings = BuildSettings.defaults();
    settings.preset = "paper";
    settings.embedding.preset = "best";
    assertThatThrownBy(settings::embedding)
        .hasMessage(
            "--preset paper and --embedding-preset best contradict each other; leave one of them"
                + " away");
    assertThat(settings.embedding.preset).isEqualTo("best");
    settings.embedding.preset = "paper";
    assertThat(settings.embedding().method()).isEqualTo("line2");
  }
}
