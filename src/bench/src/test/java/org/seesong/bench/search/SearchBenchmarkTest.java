package org.seesong.bench.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.bench.Bench;

class SearchBenchmarkTest {
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @Test
  void printsTheFieldsOfEachLayoutAndFindsWhatIsNear() throws Exception {
    run(
        "--pictures=1500 --dim=600 --songs=1200 --query-count=30 --candidates=100 --seconds=0.01"
            + " --layouts=exact,ivf,two-hop,coverage,lucene-32bit,lucene-7bit --neighbours"
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
        .contains("exact hop-one", "ivf/100 hop-one", "hop-two", "exact two-hop")
        .contains("hop-two, coverage", "two-hop, coverage", "two-hop, coverage, filter 1/5")
        .contains("lucene-32bit-32-200/100 hop-one", "lucene-7bit-32-200/100 hop-one");
  }

  @Test
  void keptIndexesAreBuiltOnceAndAnsweredFromAgain(@TempDir Path kept) throws Exception {
    String arguments =
        "--pictures=1500 --dim=40 --songs=1200 --query-count=20 --candidates=100 --seconds=0.01"
            + " --layouts=ivf,lucene-32bit --without-simd --json --index="
            + kept;
    run(arguments);
    Path folder = kept.resolve("generated-1500x40+1200x64-42");
    Path cost = folder.resolve("lucene-32bit-32-200").resolve("build-cpu-seconds");
    Files.writeString(cost, "7.5");
    data.reset();
    run(arguments);
    assertThat(folder.resolve("seesong-ivf")).isDirectory();
    JsonNode last =
        new ObjectMapper().readTree(data.toString(StandardCharsets.UTF_8).lines().toList().get(1));
    assertThat(last.get("layout").asText()).isEqualTo("lucene-32bit-32-200/100 hop-one");
    assertThat(last.get("buildCpuSeconds").asDouble()).isEqualTo(7.5);
    assertThat(last.get("recallAt10").asDouble()).isGreaterThan(0.9);
  }

  @Test
  void otherLibrariesFindWhatIsNear() throws Exception {
    run(
        "--pictures=300 --dim=24 --songs=50 --query-count=20 --candidates=100 --seconds=0"
            + " --layouts=jvector,hnswlib --without-simd --json");
    List<String> lines = data.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).as(log.toString(StandardCharsets.UTF_8)).hasSize(2);
    assertThat(lines.get(0)).contains("\"jvector-32-200/100 hop-one\"");
    assertThat(lines.get(1)).contains("\"hnswlib-32-200/100 hop-one\"");
    for (String line : lines) {
      assertThat(new ObjectMapper().readTree(line).get("recallAt10").asDouble()).isGreaterThan(0.9);
    }
  }

  @Test
  void namesTheLayoutsThereAre() {
    run("--layouts=magic --without-simd");
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains(
            "there is no layout 'magic'; known: exact, ivf, two-hop, coverage,"
                + " lucene-32bit, lucene-7bit, lucene-4bit, jvector, hnswlib");
  }

  @Test
  void givenVectorsAreMeasuredInEveryWay(@TempDir Path temporary) throws Exception {
    Path vectors = temporary.resolve("base.fvecs");
    writeFvecs(vectors, 300, 24, 1);
    Path queries = temporary.resolve("query.fvecs");
    writeFvecs(queries, 12, 24, 2);
    run(
        "--json --without-simd --songs=200 --candidates=50 --seconds=0 --vectors="
            + vectors
            + " --queries="
            + queries);
    List<JsonNode> lines = new ArrayList<>();
    for (String line : data.toString(StandardCharsets.UTF_8).lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(lines)
        .extracting(line -> line.get("layout").asText())
        .containsExactly(
            "exact hop-one",
            "ivf/50 hop-one",
            "lucene-32bit-32-200/50 hop-one",
            "hop-two",
            "hop-two, filter 1/5",
            "hop-two, filter 1/100",
            "two-hop",
            "two-hop, filter 1/5",
            "exact two-hop",
            "hop-two, coverage",
            "two-hop, coverage",
            "two-hop, coverage, filter 1/5");
    assertThat(lines.get(0).get("data").asText()).isEqualTo("base.fvecs-300x24");
    for (JsonNode line : lines) {
      if (line.get("layout").asText().startsWith("exact")) {
        assertThat(line.get("recallAt10").asDouble()).isEqualTo(1);
      }
    }
  }

  private static void writeFvecs(Path file, int count, int dimension, long seed)
      throws IOException {
    SyntheticVectors generator = SyntheticVectors.visual(4, dimension, seed);
    ByteBuffer bytes =
        ByteBuffer.allocate(count * (dimension + 1) * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      bytes.putInt(dimension);
      for (float value : generator.next()) {
        bytes.putFloat(value);
      }
    }
    Files.write(file, bytes.array());
  }

  @Test
  void damagedVectorFilesAreRefused(@TempDir Path temporary) throws Exception {
    Path file = temporary.resolve("odd.fvecs");
    Files.write(file, new byte[] {2, 0, 0, 0, 0, 0, 0, 0});
    assertThatThrownBy(() -> FvecsFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(
            file
                + " is not in the fvecs layout: vector 0, counted from 0, ends before its last"
                + " number");
    Files.write(file, new byte[] {0, 0, 0, 127});
    assertThatThrownBy(() -> FvecsFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(
            file
                + " is not in the fvecs layout: vector 0, counted from 0, says it has 2130706432"
                + " dimensions");
    Files.delete(file);
  }

  private void run(String arguments) {
    List<String> all = new ArrayList<>(List.of("search"));
    all.addAll(List.of(arguments.split(" ")));
    Bench.run(
        all.toArray(String[]::new),
        new PrintStream(data, true, StandardCharsets.UTF_8),
        new PrintStream(log, true, StandardCharsets.UTF_8));
  }
}
