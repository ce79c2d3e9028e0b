package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is told before anything is read. */
class EvaluateCommandTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "evaluate --out x|name a DIR and --queries, or --split with --songs and --pictures",
        "evaluate dir --split 0.2 --out x"
            + "|--split makes its own index and queries; leave DIR and --queries out",
        "evaluate --split 0.2 --out x|--split needs --songs and --pictures to build from",
        "evaluate --split 2 --songs s.csv --pictures p.csv --out x"
            + "|--split must be above 0 and below 1; got: 2.0",
        "evaluate dir --queries q.csv --systems svd --out x"
            + "|unknown system 'svd'; there are: line2, line1, closed-form, paper, index, km,"
            + " km-relevance, km-random, lyrics-random, pop, random, oracle"
      })
  void wrongUsageIsTold(String command, String message) {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    assertThat(run(command, log)).isEqualTo(Seesong.USAGE);
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("seesong: " + message);
  }

  @Test
  void missingFilesAreToldBeforeAnythingIsBuilt() {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    String split = "evaluate --split 0.2 --songs s.csv --pictures p.csv --out x ";
    assertThat(run(split + "--qrels missing.qrels", log)).isEqualTo(Seesong.FAILED);
    assertThat(run(split + "--concepts missing.csv", log)).isEqualTo(Seesong.FAILED);
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("missing.qrels: there is no such file of grades")
        .contains("missing.csv: there is no such file of concepts");
  }

  private static int run(String command, ByteArrayOutputStream log) {
    return Seesong.run(
        command.split(" "),
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
        new PrintStream(log, true, StandardCharsets.UTF_8));
  }
}
