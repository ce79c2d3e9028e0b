package org.seesong.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seesong.testing.SharedData;
import org.seesong.testing.Trials;
import org.slf4j.LoggerFactory;

/** All odd files, bombs and photographs under a heap of 256 MB; the log has the table. */
class OddImagesTableTest {
  private static String table(int trials, Path... folders) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Djava.awt.headless=true",
                "-Dseesong.trials=" + trials,
                "-Dseesong.seed=" + Trials.seed(),
                "-cp",
                System.getProperty("java.class.path"),
                OddImagesTable.class.getName()));
    Arrays.stream(folders).map(Path::toString).forEach(command::add);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String table = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      LoggerFactory.getLogger(OddImagesTableTest.class).warn("\n{}", table);
      assertThat(process.waitFor()).as(table).isZero();
      return table;
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void damagedFilesNeitherCrashNorHangNorExhaustASmallHeap() throws Exception {
    assertThat(table(Trials.count(600)))
        .containsPattern("\\| bombs \\| 7 \\| \\d")
        .containsPattern("\\| damaged \\| [\\d,]+ \\| ");
  }

  @Test
  @Tag("slow")
  void norDoManyAndNoPhotographIsRefused() throws Exception {
    assertThat(
            table(
                Trials.count(10_000),
                SharedData.require("odd-images"),
                SharedData.require("photos")))
        .containsPattern("\\| bombs \\| 7 \\| \\d")
        .containsPattern("\\| truncated \\| 120 \\| 120 \\|")
        .containsPattern("\\| large \\| 1 \\| 0 \\|")
        .containsPattern("\\| odd-images \\| [\\d,]+ \\| ")
        .containsPattern("\\| damaged \\| [\\d,]+ \\| ")
        .containsPattern("\\| photos \\| [\\d,]+ \\| 0 \\|");
  }
}
