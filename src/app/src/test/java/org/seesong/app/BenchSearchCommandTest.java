package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchSearchCommandTest {
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @Test
  void printsTheFieldsOfEachLayoutAndFindsWhatIsNear() throws Exception {
    run(
        "--pictures=1500 --dim=600 --songs=1200 --query-count=30 --candidates=100 --seconds=0.01"
            + " --layouts=exact,sketch,two-hop,balanced,lucene-32bit,lucene-7bit --neighbours"
            + " --without-simd --json");
    List<String> layouts = new ArrayList<>();
    for (String line : data.toString(StandardCharsets.UTF_8).lines().toList()) {
      JsonNode object = new ObjectMapper().readTree(line);
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      assertThat(names)
          .containsExactly(
              "layout",
              "data",
              "threads",
              "recallAt5",
              "recallAt10",
              "cpuMicrosPerQuery",
              "p50Micros",
              "p99Micros",
              "qps",
              "indexBytes",
              "buildCpuSeconds",
              "peakRssBytes");
      layouts.add(object.get("layout").asText());
      assertThat(object.get("recallAt5").asDouble()).as(line).isGreaterThanOrEqualTo(0.9);
    }
    assertThat(layouts)
        .contains("exact hop-one", "sketch/100 hop-one", "kept hop-two", "exact two-hop")
        .contains("kept hop-two, balanced", "kept two-hop, balanced", "live two-hop, balanced")
        .contains("lucene-32bit-32-200/100 hop-one", "lucene-7bit-32-200/100 hop-one");
  }

  @Test
  void keptIndexesAreBuiltOnceAndAnsweredFromAgain(@TempDir Path kept) throws Exception {
    String arguments =
        "--pictures=1500 --dim=40 --songs=1200 --query-count=20 --candidates=100 --seconds=0.01"
            + " --layouts=sketch,lucene-32bit --without-simd --json --index="
            + kept;
    run(arguments);
    Path folder = kept.resolve("generated-1500x40+1200x64-42");
    Path cost = folder.resolve("lucene-32bit-32-200").resolve("build-cpu-seconds");
    Files.writeString(cost, "7.5");
    data.reset();
    run(arguments);
    assertThat(folder.resolve("seesong-32-200")).isDirectory();
    JsonNode last =
        new ObjectMapper().readTree(data.toString(StandardCharsets.UTF_8).lines().toList().get(1));
    assertThat(last.get("layout").asText()).isEqualTo("lucene-32bit-32-200/100 hop-one");
    assertThat(last.get("buildCpuSeconds").asDouble()).isEqualTo(7.5);
    assertThat(last.get("recallAt10").asDouble()).isGreaterThan(0.9);
  }

  @Test
  void namesTheLayoutsThereAre() {
    run("--layouts=magic --without-simd");
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains(
            "there is no layout 'magic'; known: exact, sketch, two-hop, balanced,"
                + " lucene-32bit, lucene-7bit, lucene-4bit");
  }

  private void run(String arguments) {
    List<String> all = new ArrayList<>(List.of("bench", "search"));
    all.addAll(List.of(arguments.split(" ")));
    Seesong.run(
        all.toArray(String[]::new),
        new PrintStream(data, true, StandardCharsets.UTF_8),
        new PrintStream(log, true, StandardCharsets.UTF_8));
  }
}
