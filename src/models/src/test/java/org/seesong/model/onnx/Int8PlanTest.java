package org.seesong.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Int8PlanTest {
  @TempDir Path temp;

  private OnnxModel read(OnnxGraph graph) throws IOException {
    return OnnxModel.read(Files.write(temp.resolve("m.onnx"), graph.model(8, 17)));
  }

  private static OnnxGraph floats(OnnxGraph graph, String name, int... shape) {
    int size = 1;
    for (int side : shape) {
      size *= side;
    }
    return graph.constant(name, ElementType.FLOAT, shape, new byte[size * Float.BYTES]);
  }

  private static OnnxGraph convolution() {
    OnnxGraph graph = new OnnxGraph("g").input("in", "n", 3, 8, 8);
    floats(graph, "w", 4, 3, 1, 1);
    floats(graph, "zero");
    floats(graph, "six");
    return graph;
  }

  private static List<String> kinds(Int8Plan plan) {
    return plan.steps().stream().map(step -> step.getClass().getSimpleName()).toList();
  }

  @Test
  void aReluIsPartOfTheConvolutionBeforeIt() throws IOException {
    OnnxGraph graph = convolution();
    graph.node("Conv", "a", List.of("in", "w")).node("Relu", "b", List.of("a"));
    graph.node("Conv", "c", List.of("b", "w")).node("Clip", "d", List.of("c", "zero", "six"));
    graph.node("Add", "e", List.of("b", "d")).node("MaxPool", "f", List.of("e"));
    graph.node("Sigmoid", "g", List.of("f")).output("g", "n", 4, 8, 8);
    Int8Plan plan = Int8Plan.of(read(graph));
    assertThat(kinds(plan)).containsExactly("Convolution", "Convolution", "Sum", "Move", "Copy");
    assertThat(plan.ranges()).containsExactly("in", "b", "d", "e");
  }

  @Test
  void aReluThatIsNotTheOnlyUseStaysApart() throws IOException {
    OnnxGraph graph = convolution();
    graph.node("Conv", "a", List.of("in", "w")).node("Relu", "b", List.of("a"));
    graph.node("Add", "c", List.of("a", "b")).output("c", "n", 4, 8, 8);
    Int8Plan plan = Int8Plan.of(read(graph));
    assertThat(kinds(plan)).containsExactly("Convolution", "Copy", "Copy");
    assertThat(plan.ranges()).containsExactly("in", "a");
    OnnxGraph shown = convolution();
    shown.node("Conv", "a", List.of("in", "w")).node("Relu", "b", List.of("a"));
    shown.output("a", "n", 4, 8, 8).output("b", "n", 4, 8, 8);
    assertThat(Int8Plan.of(read(shown)).ranges()).containsExactly("in", "a");
  }

  @Test
  void channelsAreScaledWhereOnlyDepthwiseConvolutionsTakeThem() throws IOException {
    OnnxGraph graph = convolution();
    floats(graph, "d", 4, 1, 1, 1);
    floats(graph, "full", 4, 4, 1, 1);
    graph.node("Conv", "a", List.of("in", "w")).node("Clip", "b", List.of("a", "zero", "six"));
    graph.node("Conv", "c", List.of("b", "d"), OnnxGraph.number("group", 4));
    graph.node("Conv", "e", List.of("c", "full")).node("Conv", "f", List.of("e", "full"));
    graph.node("Conv", "g", List.of("f", "d"), OnnxGraph.number("group", 4));
    graph.node("Add", "h", List.of("f", "g")).output("h", "n", 4, 8, 8);
    assertThat(Int8Plan.of(read(graph)).scaled()).containsOnlyKeys("b").containsEntry("b", 4);
  }

  @Test
  void classesStayFloats() throws IOException {
    OnnxGraph graph = new OnnxGraph("g").input("in", "n", 64);
    floats(graph, "w", 64, 64);
    graph.node("MatMul", "a", List.of("in", "w")).node("MatMul", "b", List.of("a", "w"));
    graph.node("Softmax", "c", List.of("b")).output("c", "n", 64);
    assertThat(kinds(Int8Plan.of(read(graph)))).containsExactly("Product", "Copy", "Copy");
  }

  @Test
  void whatCannotBeQuantisedIsNamed() throws IOException {
    OnnxModel loop =
        read(
            convolution()
                .node("Scan", "a", List.of("in"), OnnxGraph.body("body", new OnnxGraph("b"))));
    assertThatThrownBy(() -> Int8Plan.of(loop))
        .hasMessage("operation Scan holds a graph of its own");
    OnnxModel done = read(convolution().node("QLinearConv", "a", List.of("in")));
    assertThatThrownBy(() -> Int8Plan.of(done))
        .hasMessage("it is quantised already; import it without --precision int8");
    OnnxModel none = read(new OnnxGraph("g").input("in", 1).node("Exp", "a", List.of("in")));
    assertThatThrownBy(() -> Int8Plan.of(none))
        .hasMessage("it has no convolution or product with constant weights; it has: {Exp=1}");
  }
}
