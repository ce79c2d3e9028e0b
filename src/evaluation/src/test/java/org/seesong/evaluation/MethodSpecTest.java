package org.seesong.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.seesong.embedding.EmbeddingOptions;
import org.seesong.label.LabelPropagationOptions;
import org.seesong.select.SelectionOptions;

class MethodSpecTest {
  private static MethodSpec parse(String text) {
    return MethodSpec.parse(text, EmbeddingOptions.DEFAULT);
  }

  @Test
  void thePaperIsLineWithLabelsAloneAndTwoSongsOfFivePictures() {
    MethodSpec paper = parse("paper");
    assertThat(paper.embedding()).isEqualTo(EmbeddingOptions.PAPER.withMethod("line2"));
    assertThat(paper.soft()).isEqualTo(LabelPropagationOptions.HARD);
    assertThat(paper.search().pictures()).isEqualTo(5);
    assertThat(paper.search().songs()).isEqualTo(10);
    assertThat(paper.search().selection()).isEqualTo(SelectionOptions.PAPER);
  }

  @Test
  void settingsChangeAMethod() {
    MethodSpec method =
        parse("closed-form:coverage=0.5:pictures=20:shrinkage=1.5:neighbours=9:own=0.2");
    assertThat(method.kind()).isEqualTo(MethodSpec.Kind.LEARNED);
    assertThat(method.embedding().method()).isEqualTo("closed-form");
    assertThat(method.embedding().shrinkage()).isEqualTo(1.5);
    assertThat(method.search().pictures()).isEqualTo(20);
    assertThat(method.search().selection().coverage()).isEqualTo(0.5);
    assertThat(method.soft().neighbours()).isEqualTo(9);
    assertThat(method.soft().ownLabelWeight()).isEqualTo(0.2);
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
            "unknown method 'svd'; there are: line, line1, hpe, exact, paper, index, km, km-random,"
                + " pop, random, oracle");
    assertThatThrownBy(() -> parse("km:coverage=3"))
        .hasMessageStartingWith("method 'km:coverage=3' has no setting 'coverage'; two hops have");
    assertThatThrownBy(() -> parse("index:shrinkage=3"))
        .hasMessageStartingWith("method 'index:shrinkage=3' has no setting 'shrinkage'");
    assertThatThrownBy(() -> parse("line:coverage=many"))
        .hasMessage("method 'line:coverage=many': coverage must be a number; got: 'many'");
  }
}
