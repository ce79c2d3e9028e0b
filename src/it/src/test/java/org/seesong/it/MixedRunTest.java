package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten minutes of adding, removing, searching and refreshing hold on to nothing. */
@Tag("slow")
class MixedRunTest {
  /** Shorter or longer with {@code -Dseesong.mixed.seconds=60}. */
  private static final Duration LENGTH =
      Duration.ofSeconds(Long.getLong("seesong.mixed.seconds", 600));

  @Test
  void memoryAndOpenFilesStayAsTheyAre(@TempDir Path folder) throws Exception {
    List<MixedRun.Sample> samples = MixedRun.run(folder, LENGTH);
    int warm = samples.size() / 3;
    MixedRun.Sample early = samples.get(warm);
    MixedRun.Sample late = samples.get(samples.size() - 1);
    assertThat(late.heapBytes()).isLessThan(early.heapBytes() * 3 / 2 + (16 << 20));
    assertThat(late.files()).isLessThan(early.files() + 40);
    assertThat(late.rssBytes()).isLessThan(early.rssBytes() * 3 / 2 + (64L << 20));
  }
}
