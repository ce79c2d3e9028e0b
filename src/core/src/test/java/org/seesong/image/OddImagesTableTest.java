package org.seesong.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seesong.testing.SharedData;
import org.slf4j.LoggerFactory;

/** All odd files, bombs and photographs under a heap of 256 MB; the log has the table. */
@Tag("slow")
class OddImagesTableTest {
  @Test
  void nothingCrashesHangsOrExhaustsASmallHeapAndNoPhotographIsRefused() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                OddImagesTable.class.getName(),
                SharedData.require("odd-images").toString(),
                SharedData.require("photos").toString())
            .redirectErrorStream(true)
            .start();
    try {
      String table = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      LoggerFactory.getLogger(OddImagesTableTest.class).warn("\n{}", table);
      assertThat(process.waitFor()).as(table).isZero();
      assertThat(table)
          .containsPattern("\\| bombs \\| 6 \\| \\d")
          .containsPattern("\\| truncated \\| 120 \\| 120 \\|")
          .containsPattern("\\| large \\| 1 \\| 0 \\|")
          .containsPattern("\\| odd-images \\| [\\d,]+ \\| ")
          .containsPattern("\\| photos \\| [\\d,]+ \\| 0 \\|");
    } finally {
      process.destroyForcibly();
    }
  }
}
