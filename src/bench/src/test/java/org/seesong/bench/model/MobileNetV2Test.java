package org.seesong.bench.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.bench.encode.EncodeCost;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ImportRequest;
import org.seesong.encoder.ModelDescription;
import org.seesong.encoder.ModelHome;
import org.seesong.encoder.PixelLayout;
import org.seesong.model.OnnxImport;

class MobileNetV2Test {
  @TempDir Path temp;
  private int written;

  private void layer(int outputs, int inputs, int side) throws IOException {
    // Numbers of a zoo's file have gaps, and 10 comes behind 2.
    int number = written++ * 2;
    array("conv_" + number + "_weight.npy", outputs, inputs, side, side);
    array("conv_" + number + "_bias.npy", outputs);
  }

  private void array(String name, int... shape) throws IOException {
    String sizes =
        Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': ("
            + sizes
            + (shape.length == 1 ? "," : "")
            + "), }";
    byte[] text =
        (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes("\u0093NUMPY\u0001\u0000".getBytes(StandardCharsets.ISO_8859_1));
    file.write(text.length);
    file.write(0);
    file.writeBytes(text);
    int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    int each = shape.length == 1 ? 1 : count / shape[0];
    ByteBuffer numbers = ByteBuffer.allocate(count * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      numbers.putFloat((float) (Math.sin(i * 1.7 + written) * 2 / Math.sqrt(each)));
    }
    file.writeBytes(numbers.array());
    Files.write(temp.resolve("weights").resolve(name), file.toByteArray());
  }

  private void allLayers() throws IOException {
    Files.createDirectories(temp.resolve("weights"));
    layer(32, 3, 3);
    int channels = 32;
    int[][] blocks = {
      {1, 16, 1}, {6, 24, 2}, {6, 32, 3}, {6, 64, 4}, {6, 96, 3}, {6, 160, 3}, {6, 320, 1}
    };
    for (int[] block : blocks) {
      for (int i = 0; i < block[2]; i++) {
        if (block[0] > 1) {
          layer(channels * block[0], channels, 1);
        }
        layer(channels * block[0], 1, 3);
        layer(block[1], channels * block[0], 1);
        channels = block[1];
      }
    }
    layer(1280, 320, 1);
  }

  @Test
  void theFileIsANetworkThatCanBeImported() throws Exception {
    allLayers();
    Path file = temp.resolve("net.onnx");
    MobileNetV2.main(new String[] {temp.resolve("weights").toString(), file.toString()});
    ModelHome home = new ModelHome(temp.resolve("models"));
    ModelDescription model =
        OnnxImport.install(
            home,
            new OnnxImport.Source(
                file, ImportRequest.of("net", "p/255"), Optional.empty(), Optional.empty()));
    assertThat(model.dimension()).isEqualTo(1280);
    assertThat(model.size()).isEqualTo(224);
    assertThat(model.layout()).isEqualTo(PixelLayout.NCHW);
    try (ImageEncoder encoder = home.open("net")) {
      float[] vector = encoder.encode(List.of(EncodeCost.noise(224, 1)));
      int positive = 0;
      for (float number : vector) {
        assertThat(number).isBetween(0f, 6f);
        positive += number > 0 ? 1 : 0;
      }
      assertThat(positive).isGreaterThan(400);
    }
  }

  @Test
  void weightsThatAreMissingOrOfAnotherShapeAreNamed() throws IOException {
    Files.createDirectories(temp.resolve("weights"));
    String[] arguments = {temp.resolve("weights").toString(), temp.resolve("x.onnx").toString()};
    layer(32, 3, 3);
    assertThatThrownBy(() -> MobileNetV2.main(arguments)).hasMessage("there are only 1 kernels");
    layer(32, 2, 3);
    assertThatThrownBy(() -> MobileNetV2.main(arguments))
        .hasMessageEndingWith("conv_2_weight.npy has the shape [32, 2, 3, 3], not [32, 1, 3, 3]");
    Files.writeString(temp.resolve("weights/conv_0_weight.npy"), "no array");
    assertThatThrownBy(() -> MobileNetV2.main(arguments))
        .hasMessageEndingWith("conv_0_weight.npy is no NumPy array of version 1");
    assertThat(temp.resolve("x.onnx")).doesNotExist();
  }
}
