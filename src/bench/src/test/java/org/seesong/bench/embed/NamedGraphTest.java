package org.seesong.bench.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seesong.graph.Graph;
import org.seesong.vector.FloatMatrix;

class NamedGraphTest {
  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    Graph graph = PlantedGraph.of(200, 9, 50, 2, 7);
    NamedGraph named = NamedGraph.of(graph);
    Path edges = folder.resolve("edges");
    named.writeEdges(edges);
    Graph read = NamedGraph.read(edges).graph();
    assertThat(read.edges()).isEqualTo(graph.edges());
    double sum = 0;
    double sumRead = 0;
    for (int i = 0; i < 2 * graph.edges(); i++) {
      sum += graph.weight(i);
      sumRead += read.weight(i);
    }
    assertThat(sumRead).isCloseTo(sum, within(1e-6));

    SplittableRandom random = new SplittableRandom(1);
    FloatMatrix vectors = FloatMatrix.zeros(graph.vertices(), 5);
    for (int i = 0; i < vectors.data().length; i++) {
      vectors.data()[i] = (float) (random.nextDouble() - 0.5);
    }
    Path file = folder.resolve("vectors");
    named.writeVectors(file, vectors);
    assertThat(named.readVectors(file).data()).containsExactly(vectors.data());
  }

  @ParameterizedTest
  @CsvSource({
    "s1 k1 0, a weight must be a finite number above 0 (as float); got: 0",
    "s1 k1 -3, a weight must be a finite number above 0 (as float); got: -3",
    "s1 k1 NaN, a weight must be a finite number above 0 (as float); got: NaN",
    "s1 k1 1e99, a weight must be a finite number above 0 (as float); got: 1e99",
    "s1 k1 x, a weight must be a finite number above 0 (as float); got: x",
    "s1 k1, a line must be 'a b weight'; got 2 fields",
    "k1 k2 1, an edge must join a keyword (k...) with a song (s...) or a picture (p...); got: k1"
        + " k2",
    "a1 k2 1, an edge must join a keyword (k...) with a song (s...) or a picture (p...); got: a1 k2"
  })
  void mistakesInEdgesAreNamedWithTheirLine(String line, String message) throws Exception {
    Path file = folder.resolve("edges");
    Files.writeString(file, "# edges\nk1 s1 2\n\n" + line + "\n");
    assertThatThrownBy(() -> NamedGraph.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ":4: " + message);
  }

  @ParameterizedTest
  @CsvSource({
    "'', :1: must be the number of vectors and of dimensions",
    "'2', :1: must be the number of vectors and of dimensions",
    "'9 0', :1: must be the number of vectors and of dimensions",
    "'1 2/s0 1', \":2: 's0' must have 2 numbers; got: 1\"",
    "'1 2/s0 1 inf', :2: must be a finite number; got: inf"
  })
  void mistakesInVectorsAreNamedWithTheirLine(String text, String message) throws Exception {
    NamedGraph graph = NamedGraph.of(PlantedGraph.of(2, 1, 1, 1, 1));
    Path file = folder.resolve("vectors");
    Files.writeString(file, text.replace('/', '\n'));
    assertThatThrownBy(() -> graph.readVectors(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + message.replace("\"", ""));
  }

  @Test
  void aFileThatCannotBeWrittenIsNamedAndNothingIsLeft() throws Exception {
    NamedGraph graph = NamedGraph.of(PlantedGraph.of(2, 1, 1, 1, 1));
    Path absent = folder.resolve("absent").resolve("vectors");
    assertThatThrownBy(() -> graph.writeVectors(absent, FloatMatrix.zeros(4, 2)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot write " + absent);
    Path file = Files.createDirectory(folder.resolve("taken"));
    Files.createFile(file.resolve("something"));
    assertThatThrownBy(() -> graph.writeVectors(file, FloatMatrix.zeros(4, 2)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot write " + file);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void bytesThatAreNotTextAreRefused() throws Exception {
    Path file = folder.resolve("edges");
    Files.write(file, new byte[] {'s', (byte) 0xFF, (byte) 0xFE});
    assertThatThrownBy(() -> NamedGraph.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": is not UTF-8");
  }

  @Test
  void thePlantedGraphIsThatOfThePaperAndOfItsSeed() {
    Graph graph = PlantedGraph.paperSized(42);
    assertThat(graph.songs()).isEqualTo(62_316);
    assertThat(graph.keywords()).isEqualTo(72);
    assertThat(graph.pictures()).isEqualTo(33_459);
    assertThat(graph.edges()).isBetween(311_000, 316_000);
    double sum = 0;
    for (int i = 0; i < graph.rowStart(graph.songs()); i++) {
      sum += graph.weight(i);
    }
    assertThat(sum / graph.rowStart(graph.songs()))
        .isCloseTo(PlantedGraph.MEAN_WEIGHT, within(0.1));
    assertThat(PlantedGraph.of(50, 5, 5, 2, 3).hash())
        .isEqualTo(PlantedGraph.of(50, 5, 5, 2, 3).hash())
        .isNotEqualTo(PlantedGraph.of(50, 5, 5, 2, 4).hash());
  }
}
