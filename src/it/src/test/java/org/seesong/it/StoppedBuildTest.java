package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seesong.app.Seesong;

/** A build stopped with Ctrl-C or by the system says what becomes of it, and goes on later. */
class StoppedBuildTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"TERM, 143, 4000", "INT, 130, 2"})
  void saysThatItGoesOnWhenRunAgain(String signal, int code, String mask) throws Exception {
    Assumptions.assumeFalse(isIgnored(Long.parseLong(mask, 16)), "skipped: signal ignored here");
    CommandRun.home(folder.resolve("home"));
    SmallCatalogue catalogue = SmallCatalogue.writeTo(folder.resolve("c"), 20, 10);
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Seesong.class.getName(),
                "build",
                "--songs",
                catalogue.songs().toString(),
                "--pictures",
                catalogue.pictures().toString(),
                "--segmenter",
                "unicode",
                "--embedding",
                "line2",
                "--samples",
                "100G",
                "--out",
                out.toString())
            .start();
    StringBuilder log = new StringBuilder();
    try (BufferedReader reader = process.errorReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        log.append(line).append('\n');
        if (line.startsWith("learning the embedding")) {
          new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
        }
      }
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isEqualTo(code);
    assertThat(log.toString())
        .endsWith(
            "\nseesong: stopped; what is done so far is kept in "
                + out
                + ", and an index that was there is as it was. Run the same command again to go"
                + " on.\n");
    try (Stream<Path> files = Files.walk(out)) {
      assertThat(files).anyMatch(file -> file.toString().endsWith(".training"));
    }
    CommandRun again = CommandRun.build(catalogue.songs(), catalogue.pictures(), out).ends(0);
    assertThat(again.log()).contains("0 encoded, 10 known already");
  }

  /** A process started in the background of a script inherits that it ignores Ctrl-C. */
  private static boolean isIgnored(long mask) throws IOException {
    Path status = Path.of("/proc/self/status");
    Assumptions.assumeTrue(Files.isReadable(status), "skipped: not Linux");
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> line.substring("SigIgn:".length()).strip())
        .anyMatch(set -> (Long.parseUnsignedLong(set, 16) & mask) != 0);
  }
}
