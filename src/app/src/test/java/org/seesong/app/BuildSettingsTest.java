package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.seesong.label.SoftKeywordOptions;

class BuildSettingsTest {
  @Test
  void whatIsNotGivenIsTheDefaultOrThePapers() {
    BuildSettings settings = BuildSettings.defaults();
    assertThat(settings.embedding.seed()).isEqualTo(42);
    assertThat(settings.embedding().method()).isEqualTo("exact");
    assertThat(settings.soft())
        .isEqualTo(
            new SoftKeywordOptions(
                SoftKeywordOptions.DEFAULT_NEIGHBOURS,
                SoftKeywordOptions.DEFAULT_OWN_LABEL,
                SoftKeywordOptions.DEFAULT_REGRESSION));
    settings.embedding.seed = 7L;
    settings.embedding.preset = "paper";
    assertThat(settings.embedding().method()).isEqualTo("line");
    settings.embedding.preset = null;
    settings.preset = "paper";
    assertThat(settings.embedding.seed()).isEqualTo(7);
    assertThat(settings.embedding().method()).isEqualTo("line");
    assertThat(settings.embedding().typedNegatives()).isFalse();
    assertThat(settings.soft()).isEqualTo(SoftKeywordOptions.HARD);
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
    assertThat(settings.embedding().method()).isEqualTo("line");
  }
}
