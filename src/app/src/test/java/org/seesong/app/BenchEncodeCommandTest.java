package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code seesong bench encode}, by itself. */
class BenchEncodeCommandTest extends ModelHomeTestCase {
  private static Outcome bench(String... arguments) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream dataStream = new PrintStream(data, true, StandardCharsets.UTF_8);
    PrintStream logStream = new PrintStream(log, true, StandardCharsets.UTF_8);
    CommandLine line =
        new CommandLine(new BenchEncodeCommand(new Console(dataStream, logStream)))
            .setErr(new PrintWriter(logStream, true, StandardCharsets.UTF_8))
            .setExecutionExceptionHandler((e, c, r) -> Failures.report(e, false, logStream));
    int code = line.execute(arguments);
    return new Outcome(
        code, data.toString(StandardCharsets.UTF_8), log.toString(StandardCharsets.UTF_8));
  }

  @Test
  void eachBatchSizeIsAnObjectALine() throws Exception {
    Outcome outcome =
        bench("--encoder", "descriptor", "--batch", "1,3", "--seconds", "1", "--json");
    assertThat(outcome.code()).as(outcome.log()).isEqualTo(0);
    List<String> lines = outcome.data().lines().toList();
    assertThat(lines).hasSize(2);
    for (int i = 0; i < 2; i++) {
      JsonNode object = new ObjectMapper().readTree(lines.get(i));
      assertThat(object.fieldNames())
          .toIterable()
          .containsExactly(
              "engine",
              "model",
              "batch",
              "threads",
              "cpuMillisPerPicture",
              "wallMillisPerPicture",
              "firstVectorMillis",
              "peakRssBytes");
      assertThat(object.get("engine").asText()).isEqualTo("java");
      assertThat(object.get("model").asText()).isEqualTo("descriptor-2");
      assertThat(object.get("batch").asInt()).isEqualTo(i == 0 ? 1 : 3);
      assertThat(object.get("wallMillisPerPicture").asDouble()).isPositive();
      assertThat(object.get("firstVectorMillis").asDouble()).isPositive();
    }
  }

  @Test
  void senselessNumbersAreWrongUsage() {
    Outcome outcome = bench("--batch", "1,0");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.log()).startsWith("--batch must be within 1 to 1024; got: 0\n");
    assertThat(bench("--threads", "-1").code()).isEqualTo(2);
    assertThat(bench("--seconds", "0").code()).isEqualTo(2);
  }

  @Test
  void aFolderWithoutPicturesIsNamed() throws Exception {
    Path empty = Files.createDirectories(temp.resolve("empty"));
    Outcome outcome =
        bench("--encoder", "descriptor", "--pictures", empty.toString(), "--seconds", "1");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.log())
        .isEqualTo("seesong: " + empty + " holds no picture that can be read\n");
  }
}
