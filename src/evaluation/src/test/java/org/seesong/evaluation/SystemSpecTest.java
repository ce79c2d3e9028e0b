package org.seesong.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.seesong.embedding.ClosedFormOptions;
import org.seesong.embedding.EmbeddingOptions;
import org.seesong.embedding.LineOptions;
import org.seesong.label.LabelPropagationOptions;
import org.seesong.select.SelectionOptions;

class SystemSpecTest {
  private static SystemSpec parse(String text) {
    return SystemSpec.parse(text, EmbeddingOptions::of);
  }

  @Test
  void thePaperIsLineWithLabelsAloneAndTwoSongsOfFivePictures() {
    SystemSpec paper = parse("paper");
    assertThat(paper.embedding()).isEqualTo(LineOptions.PAPER);
    assertThat(paper.labels()).isEqualTo(LabelPropagationOptions.LABELS_ONLY);
    assertThat(paper.search().pictures()).isEqualTo(5);
    assertThat(paper.search().songs()).isEqualTo(10);
    assertThat(paper.search().selection()).isEqualTo(SelectionOptions.PAPER);
  }

  @Test
  void settingsChangeASystem() {
    SystemSpec method =
        parse(
            "closed-form:coverage=0.5:pictures=20:weight-exponent=0.25:label-neighbors=9:own-label-weight=0.2");
    assertThat(method.kind()).isEqualTo(SystemSpec.Kind.FITTED);
    assertThat(method.embedding().method()).isEqualTo("closed-form");
    assertThat(method.embedding()).isEqualTo(ClosedFormOptions.DEFAULT.withWeightExponent(0.25));
    assertThat(method.search().pictures()).isEqualTo(20);
    assertThat(method.search().selection().coverage()).isEqualTo(0.5);
    assertThat(method.labels().neighbours()).isEqualTo(9);
    assertThat(method.labels().ownLabelWeight()).isEqualTo(0.2);
    assertThat(method.text()).startsWith("closed-form:coverage=0.5");
  }

  @Test
  void seedsAreSparedWhereTheyChangeNothing() {
    assertThat(parse("closed-form").seeds(3, 5)).containsExactly(3L);
    assertThat(parse("km").seeds(3, 5)).containsExactly(3L);
    assertThat(parse("line2").seeds(3, 2)).containsExactly(3L, 4L);
    assertThat(parse("km-random").seeds(1, 2)).containsExactly(1L, 2L);
  }

  @Test
  void whatIsUnknownIsTold() {
    assertThatThrownBy(() -> parse("svd"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown system 'svd'; there are: line2, line1, closed-form, paper, index, km,"
                + " km-relevance, km-random, lyrics-random, pop, random, oracle");
    assertThatThrownBy(() -> parse("km:coverage=3"))
        .hasMessageStartingWith("system 'km:coverage=3' has no setting 'coverage'; searches have");
    assertThatThrownBy(() -> parse("index:cooccurrence=3"))
        .hasMessageStartingWith("system 'index:cooccurrence=3' has no setting 'cooccurrence'");
    assertThatThrownBy(() -> parse("line2:coverage=many"))
        .hasMessage("system 'line2:coverage=many': coverage must be a number; got: 'many'");
  }
}
