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
import org.seesong.app.bench.NamedGraph;
import org.seesong.app.bench.PlantedGraph;
import org.seesong.embedding.EmbeddingOptions;

class BenchEmbedTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("bench", "embed"));
    all.addAll(List.of(arguments));
    return Seesong.run(
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
  void theSettingsOfTheCommandLineAreTheDefaultsOfTheOptions() {
    assertThat(BuildSettings.defaults().embedding.options("line", 1))
        .isEqualTo(EmbeddingOptions.DEFAULT);
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
      "--graph", graph, "--method", "exact", "--quality", "--seeds", "1", "--vectors", vectors
    };
    assertThat(run(learn)).isZero();
    String ours = data.toString(StandardCharsets.UTF_8).lines().reduce((a, b) -> b).orElseThrow();
    data.reset();
    assertThat(run("--graph", graph, "--judge", vectors)).isZero();
    String judged = data.toString(StandardCharsets.UTF_8);
    assertThat(judged.substring(judged.indexOf("ties")).strip())
        .isEqualTo(ours.substring(ours.indexOf("ties")));
    assertThat(judged).contains("keyword@10 1.0000");
  }

  @Test
  void mistakesAreNamed() throws Exception {
    assertThat(run("--method", "node2vec", "--graph", smallGraph())).isEqualTo(Seesong.FAILED);
    assertThat(log.toString(StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines(
            "seesong: unknown embedding 'node2vec'; there are: line, line1, hpe, exact");
    log.reset();
    Path empty = Files.createFile(folder.resolve("empty.txt"));
    assertThat(run("--graph", empty.toString())).isEqualTo(Seesong.FAILED);
    assertThat(log.toString(StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines("seesong: " + empty + ": has no edges; a line is 'a b weight'");
  }
}
