package org.seesong.bench.embed;

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
import org.seesong.bench.Bench;

class EmbedBenchmarkTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("embed"));
    all.addAll(List.of(arguments));
    return Bench.run(
        all.toArray(String[]::new),
        new PrintStream(data, true, StandardCharsets.UTF_8),
        new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  private String smallGraph() throws Exception {
    Path file = folder.resolve("graph.txt");
    NamedGraph.of(PlantedGraph.of(300, 6, 60, 1.5, 1)).writeEdges(file);
    return file.toString();
  }

  @Test
  void aMeasurementIsAnObjectALine() throws Exception {
    assertThat(run("--graph", smallGraph(), "--samples", "50k", "--json", "--threads", "2"))
        .isZero();
    JsonNode line = new ObjectMapper().readTree(data.toString(StandardCharsets.UTF_8));
    List<String> names = new ArrayList<>();
    line.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .containsExactly(
            "method",
            "dim",
            "threads",
            "samples",
            "cpuSeconds",
            "wallSeconds",
            "samplesPerCpuSecond",
            "peakRssBytes");
    assertThat(line.get("samples").asLong()).isEqualTo(50_000);
    assertThat(line.get("threads").asInt()).isEqualTo(2);
  }

  @Test
  void vectorsOfAnotherToolAreJudgedAsOurOwn() throws Exception {
    String graph = smallGraph();
    String vectors = folder.resolve("vectors.txt").toString();
    String[] learn = {
      "--graph", graph, "--method", "closed-form", "--quality", "--seeds", "1", "--vectors", vectors
    };
    assertThat(run(learn)).isZero();
    String ours = data.toString(StandardCharsets.UTF_8).lines().reduce((a, b) -> b).orElseThrow();
    data.reset();
    assertThat(run("--graph", graph, "--judge", vectors)).isZero();
    String judged = data.toString(StandardCharsets.UTF_8);
    String figures = judged.lines().reduce((a, b) -> b).orElseThrow();
    assertThat(figures.replaceAll(".* 0 +1 ", "")).isEqualTo(ours.replaceAll(".* 0 +1 ", ""));
    assertThat(judged).contains("keywordAt10").contains("1.0000");
  }

  @Test
  void qualityIsATableOfAllMethods() throws Exception {
    String[] options = {"--quality", "--seeds", "2", "--queries", "20", "--samples", "20k"};
    List<String> all = new ArrayList<>(List.of("--graph", smallGraph()));
    all.addAll(List.of(options));
    assertThat(run(all.toArray(String[]::new))).isZero();
    List<String> lines = data.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines.get(0))
        .matches(
            "method +dim +samples +seeds +ties +mostTies +distinctSongs +meanWeight +keywordAt10"
                + " +seedOverlap");
    assertThat(lines).hasSize(5);
    assertThat(lines.get(1)).startsWith("line2  ");
    assertThat(lines.get(4)).startsWith("line2, paper ");
  }

  @Test
  void holdOutIsATableOfAllMethodsAndAnObjectALine() throws Exception {
    String graph = smallGraph();
    String[] options = {"--holdout", "--seeds", "2", "--queries", "20", "--samples", "50k"};
    List<String> all = new ArrayList<>(List.of("--graph", graph, "--json"));
    all.addAll(List.of(options));
    assertThat(run(all.toArray(String[]::new))).isZero();
    List<String> lines = data.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(3);
    JsonNode exact = new ObjectMapper().readTree(lines.get(2));
    assertThat(exact.get("method").asText()).isEqualTo("closed-form");
    assertThat(exact.get("seeds").asInt()).isEqualTo(2);
    assertThat(exact.get("spearman").asDouble()).isBetween(.9, 1.);
    assertThat(exact.get("spearmanOfSeeds").asDouble()).isEqualTo(1);
    assertThat(exact.get("rowsPerSecond").asLong()).isPositive();
  }

  @Test
  void mistakesAreNamed() throws Exception {
    assertThat(run("--embedding-preset", "worst")).isEqualTo(1);
    assertThat(run("--graph-size", "huge")).isEqualTo(1);
    assertThat(log.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "src/bench/run: unknown preset 'worst'; there are: best, paper",
            "src/bench/run: unknown graph size 'huge'; there are: paper, large");
    log.reset();
    assertThat(run("--method", "node2vec", "--graph", smallGraph())).isEqualTo(1);
    assertThat(log.toString(StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines(
            "src/bench/run: unknown embedding 'node2vec'; there are: line2, line1, closed-form");
    log.reset();
    Path empty = Files.createFile(folder.resolve("empty.txt"));
    assertThat(run("--graph", empty.toString())).isEqualTo(1);
    assertThat(log.toString(StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines(
            "src/bench/run: " + empty + ": has no edges; a line is 'a b weight'");
    log.reset();
    Path others = Files.writeString(folder.resolve("others.txt"), "1 2\nx 1 2\n");
    assertThat(run("--graph", smallGraph(), "--judge", others.toString())).isEqualTo(1);
    assertThat(log.toString(StandardCharsets.UTF_8))
        .endsWith("src/bench/run: " + others + ": has no vector of a vertex of the graph\n");
  }
}
