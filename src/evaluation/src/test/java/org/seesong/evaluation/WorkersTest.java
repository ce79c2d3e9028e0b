package org.seesong.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkersTest {
  @Test
  void resultsComeInOrder() throws Exception {
    List<Long> progress = new ArrayList<>();
    assertThat(new Workers(3).each(50, query -> 2 * query, progress::add))
        .isEqualTo(IntStream.range(0, 50).mapToObj(query -> 2 * query).toList());
    assertThat(progress).hasSize(50).isSorted().endsWith(50L);
  }

  @Test
  void aFailureIsToldAsIs() {
    Workers workers = new Workers(2);
    assertThatThrownBy(
            () ->
                workers.each(
                    5,
                    query -> {
                      throw new IOException("the index is gone");
                    },
                    done -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage("the index is gone");
  }

  @Test
  void anInterruptionEndsItWhateverIsDone() {
    Workers workers = new Workers(2);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> workers.each(100, query -> query, done -> {}))
        .isInstanceOf(InterruptedException.class);
  }
}
