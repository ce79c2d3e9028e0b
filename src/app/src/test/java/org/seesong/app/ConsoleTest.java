package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seesong.build.Stage;
import org.seesong.build.StageReport;
import picocli.CommandLine.TypeConversionException;

/** What reaches the two streams, and in which words. */
class ConsoleTest {
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final Console console =
      new Console(
          new PrintStream(data, true, StandardCharsets.UTF_8),
          new PrintStream(log, true, StandardCharsets.UTF_8));

  private String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  @Test
  void namesOfFilesAreQuotedWhereAShellWouldReadThemOtherwise() {
    assumeTrue(File.separatorChar == '/');
    assertThat(Console.quoted(Path.of("/home/a/my-index_1.jpg")))
        .isEqualTo("/home/a/my-index_1.jpg");
    assertThat(Console.quoted(Path.of("图片/雪.jpg"))).isEqualTo("图片/雪.jpg");
    assertThat(Console.quoted(Path.of("my pictures/a.jpg"))).isEqualTo("'my pictures/a.jpg'");
    assertThat(Console.quoted(Path.of("it's $HOME;"))).isEqualTo("'it'\\''s $HOME;'");
  }

  @Test
  void controlCharactersBecomeSpaces() {
    console.data("a\u001b[2Jb\u0000c\td\ne\u009bf 雪🎸");
    assertThat(data.toString(StandardCharsets.UTF_8)).isEqualTo("a [2Jb c\td\ne f 雪🎸\n");
    assertThat(log.size()).isZero();
  }

  @Test
  void jsonIsOneLine() {
    console.json(Map.of("text", List.of("a\nb", "雪\u001b")));
    assertThat(data.toString(StandardCharsets.UTF_8))
        .isEqualTo("{\"text\":[\"a\\nb\",\"雪\\u001B\"]}\n");
  }

  @Test
  void failuresOfTheFileSystemAreToldInWords() {
    assertThat(Failures.message(new NoSuchFileException("/x/y")))
        .isEqualTo("/x/y: there is no such file or folder");
    assertThat(Failures.message(new AccessDeniedException("/x/y")))
        .isEqualTo("/x/y: may not be read or written by this user");
    assertThat(Failures.message(new FileSystemException("/x/y", null, "Read-only file system")))
        .isEqualTo("/x/y: Read-only file system");
    assertThat(Failures.message(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
  }

  @Test
  void unexpectedFailuresShowWhereTheyHappened() {
    PrintStream stream = console.logStream();
    Exception failure = new IllegalStateException("odd", new IllegalArgumentException("deep"));
    assertThat(Failures.report(failure, "seesong", false, stream)).isEqualTo(Seesong.FAILED);
    assertThat(log())
        .startsWith("seesong: odd\n    at org.seesong.app.ConsoleTest.")
        .contains("  caused by java.lang.IllegalArgumentException: deep\n");
    log.reset();
    Exception usage = new UsageException(new IllegalArgumentException("no such thing"));
    assertThat(Failures.report(usage, "seesong", false, stream)).isEqualTo(Seesong.USAGE);
    assertThat(log()).isEqualTo("seesong: no such thing\n");
  }

  @ParameterizedTest
  @CsvSource({"1,1", "500k,500000", "10M,10000000", "2g,2000000000", "1.5M,1500000", "1_000,1000"})
  void sampleCountsMayEndInALetter(String text, long count) throws Exception {
    assertThat(new SampleCount().convert(text)).isEqualTo(count);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "k", "1.5", "1e99999999", "ten", "9999999999G"})
  void sampleCountsThatAreNoneAreRefused(String text) {
    assertThatThrownBy(() -> new SampleCount().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage(
            "'" + text + "' is not a whole number of at least 1, such as 500000, 500k or 10M");
  }

  @Test
  void progressTellsRateAndTimeLeft() {
    assertThat(ProgressMeter.plain("pictures", 250, 1000, 10_000_000_000L))
        .isEqualTo("250 of 1,000 pictures (25 %), 25/s, 30s left");
    assertThat(ProgressMeter.plain("songs", 500, -1, 1_000_000_000L)).isEqualTo("500 songs, 500/s");
    assertThat(ProgressMeter.plain("songs", 0, 100, 0)).isEqualTo("0 songs, 0/s");
  }

  @ParameterizedTest
  @CsvSource({"1234,1.2s", "12345,12s", "125000,2m05s", "3725000,1h02m"})
  void durationsAreShort(long millis, String text) {
    assertThat(ProgressMeter.duration(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @Test
  void withoutATerminalAStageIsTwoLines() {
    ProgressView view = new ProgressView(console);
    view.started(Stage.GRAPH);
    view.progress(Stage.GRAPH, 1, 2);
    view.finished(
        new StageReport(
            Stage.GRAPH, "5 vertices", Duration.ofMillis(1500), Duration.ofSeconds(70)));
    assertThat(log())
        .isEqualTo("joining the network ...\njoining the network: 5 vertices (1.5s, 1m10s CPU)\n");
  }
}
