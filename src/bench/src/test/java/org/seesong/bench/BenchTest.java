package org.seesong.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchTest {
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return Bench.run(
        arguments,
        new PrintStream(data, true, StandardCharsets.UTF_8),
        new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"embed", "encode", "query", "search", "serve-load", "solr-load"})
  void everyMeasurementHelps(String name) {
    assertThat(run(name, "--help")).isZero();
    assertThat(data.toString(StandardCharsets.UTF_8))
        .startsWith("Usage: src/bench/run " + name + " ")
        .contains("--json", "--stacktrace");
  }

  @Test
  void nothingAtAllSaysWhatThereIs() {
    assertThat(run()).isEqualTo(2);
    assertThat(log.toString(StandardCharsets.UTF_8))
        .startsWith(
            "say what to measure: confidence, embed, encode, query, relevance, search,"
                + " serve-load or solr-load\n"
                + "Usage: src/bench/run ");
  }

  @Test
  void aStackTraceIsShownWhenAskedFor() {
    String[] arguments = {"search", "--without-simd", "--vectors", "gone", "--queries", "gone"};
    assertThat(run(arguments)).isEqualTo(1);
    assertThat(log.toString(StandardCharsets.UTF_8))
        .isEqualTo("src/bench/run: gone: there is no such file or folder\n");
    String[] more = Arrays.copyOf(arguments, arguments.length + 1);
    more[arguments.length] = "--stacktrace";
    assertThat(run(more)).isEqualTo(1);
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("    at org.seesong.");
  }
}
