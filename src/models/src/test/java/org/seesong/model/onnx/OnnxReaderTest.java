package org.seesong.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.model.WeightsException;

class OnnxReaderTest {
  @TempDir Path temp;

  private static byte[] model() {
    OnnxGraph inner = new OnnxGraph("inner").input("x", 3).output("y", 3);
    inner.weights("far", ElementType.FLOAT, new int[] {3}, new WeightsFile.Place("in/body", 0, 12));
    inner.node("Add", "y", List.of("x", "far"));
    return new OnnxGraph("g")
        .input("in", "n", 8, 8, 3)
        .constant("w", ElementType.FLOAT, new int[] {1, 2}, new byte[8])
        .weights("v", ElementType.INT8, new int[] {5}, new WeightsFile.Place("weights", 4096, 5))
        .longs("axes", 0, -1)
        .node(
            "Conv",
            "out",
            List.of("in", "w"),
            OnnxGraph.ints("pads", 1, 2),
            OnnxGraph.number("group", 4))
        .node("Scan", "loop", List.of("in"), OnnxGraph.body("body", inner))
        .output("out", "n", 4)
        .metadata("seesong.scaling", "p/255")
        .model(8, 17);
  }

  private OnnxModel read(byte[] bytes) throws IOException {
    return OnnxModel.read(Files.write(temp.resolve("m.onnx"), bytes));
  }

  @Test
  void itReadsWhatWasWritten() throws IOException {
    OnnxModel model = read(model());
    assertThat(model.operatorSet()).isEqualTo(17);
    assertThat(OnnxModel.describe(model.inputs())).isEqualTo("in float32 [any, 8, 8, 3]");
    assertThat(OnnxModel.describe(model.outputs())).isEqualTo("out float32 [any, 4]");
    assertThat(model.metadata()).containsExactly(java.util.Map.entry("seesong.scaling", "p/255"));
    assertThat(model.otherFiles()).containsExactlyInAnyOrder("weights", "in/body");
    assertThat(model.tensors().keySet()).containsExactlyInAnyOrder("w", "v", "axes");
    OnnxNode conv = model.nodes().get(0);
    assertThat(conv.is("Conv")).isTrue();
    assertThat(conv.numbers("pads")).containsExactly(1L, 2L);
    assertThat(conv.number("group", 1)).isEqualTo(4);
    assertThat(conv.number("absent", 7)).isEqualTo(7);
    assertThat(conv.hasGraph()).isFalse();
    assertThat(model.nodes().get(1).hasGraph()).isTrue();
    assertThat(model.tensors().get("w").floats(temp).remaining()).isEqualTo(2);
    assertThatThrownBy(() -> model.tensors().get("v").bytes(temp, 1))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aFileThatEndsEarlyIsRefusedOrLacksItsLastFacts() throws IOException {
    byte[] whole = model();
    int refused = 0;
    for (int length = 0; length < whole.length; length++) {
      try {
        read(Arrays.copyOf(whole, length));
      } catch (WeightsException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(whole.length * 9 / 10);
  }

  @Test
  void damageNeverEndsOtherwiseThanByARefusal() throws IOException {
    Random random = new Random(1);
    byte[] whole = model();
    for (int round = 0; round < 3_000; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i <= random.nextInt(8); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        OnnxModel model = read(damaged);
        for (OnnxTensor tensor : model.tensors().values()) {
          tensor.floats(temp);
        }
        Int8Plan.of(model);
      } catch (IOException | IllegalArgumentException | ArithmeticException e) {
        assertThat(e).isNotInstanceOf(NumberFormatException.class);
      }
    }
  }

  @Test
  void weightsOutsideOfTheFolderAreRefused() {
    for (String location : List.of("/etc/passwd", "../x", "a/../../x", "..", "", ".", "a\\b")) {
      byte[] bytes =
          new OnnxGraph("g")
              .weights("w", ElementType.INT8, new int[] {1}, new WeightsFile.Place(location, 0, 1))
              .model(8, 17);
      assertThatThrownBy(() -> read(bytes))
          .isInstanceOf(WeightsException.class)
          .hasMessage(
              "m.onnx: is damaged or no ONNX file (tensor 'w' lies in '"
                  + location
                  + "', outside of the model's folder)");
    }
  }

  @Test
  void whatIsNoOnnxFileIsNamed() {
    assertThatThrownBy(
            () -> read("<!DOCTYPE html>".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
        .isInstanceOf(WeightsException.class)
        .hasMessageStartingWith("m.onnx: is damaged or no ONNX file");
    assertThatThrownBy(() -> read(new byte[0]))
        .hasMessage("m.onnx: is no ONNX file: it has no graph or no operator set");
  }
}
