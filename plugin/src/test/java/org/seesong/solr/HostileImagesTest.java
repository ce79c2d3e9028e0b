package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.testing.Trials;
import org.slf4j.LoggerFactory;

/** Damaged and hostile pictures through a Solr with a heap of 256 MB. */
class HostileImagesTest {
  @TempDir Path home;

  private void ask(int files) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Djava.awt.headless=true",
                "-Dseesong.trials=" + files,
                "-Dseesong.seed=" + Trials.seed(),
                "-cp",
                System.getProperty("java.class.path"),
                HostileImagesRun.class.getName(),
                home.toString())
            .redirectErrorStream(true)
            .start();
    try {
      String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      LoggerFactory.getLogger(HostileImagesTest.class)
          .warn(log.substring(Math.max(0, log.length() - 200)));
      assertThat(process.waitFor()).as(log).isZero();
      assertThat(log).contains(files + " files: {200=").doesNotContain("OutOfMemoryError");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void songsOrARefusal() throws Exception {
    ask(Trials.count(200));
  }

  @Test
  @Tag("slow")
  void alsoForMany() throws Exception {
    ask(Trials.count(10_000));
  }
}
