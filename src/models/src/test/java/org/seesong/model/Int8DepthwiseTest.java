package org.seesong.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ImportRequest;
import org.seesong.encoder.ModelHome;
import org.seesong.image.PictureFiles;
import org.seesong.image.RgbImage;
import org.seesong.model.onnx.Calibration;
import org.seesong.model.onnx.ElementType;
import org.seesong.model.onnx.OnnxGraph;
import org.seesong.model.onnx.RangeMethod;

/** Activations of very different channels ahead of a depthwise convolution. */
class Int8DepthwiseTest {
  private static final int SIDE = 16;

  /** How small the second channel is. */
  private static final float SMALL = 1 / 64f;

  @TempDir Path temp;

  /**
   * Red in the first channel, cut off at 6 in bright places, and green in the second, which is
   * {@link #SMALL} of that between the convolutions and as large behind them.
   */
  private static OnnxGraph network() {
    OnnxGraph graph = new OnnxGraph("two").input("pixels", "n", 3, SIDE, SIDE);
    floats(graph, "first", new int[] {2, 3, 1, 1}, 7 / 255f, 0, 0, 0, 6 / 255f * SMALL, 0);
    floats(graph, "each", new int[] {2, 1, 1, 1}, 1, 1 / SMALL);
    floats(graph, "bias", new int[] {2}, 0, 0);
    floats(graph, "zero", new int[0], 0);
    floats(graph, "six", new int[0], 6);
    return graph
        .node("Conv", "a", List.of("pixels", "first", "bias"))
        .node("Clip", "b", List.of("a", "zero", "six"))
        .node("Conv", "c", List.of("b", "each", "bias"), OnnxGraph.number("group", 2))
        .node("Relu", "d", List.of("c"))
        .node("Flatten", "vector", List.of("d"))
        .output("vector", "n", 2 * SIDE * SIDE);
  }

  private static void floats(OnnxGraph graph, String name, int[] shape, float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    graph.constant(name, ElementType.FLOAT, shape, bytes.array());
  }

  private static void install(ModelHome home, Path file, String name, Optional<Calibration> by)
      throws Exception {
    ImportRequest request = ImportRequest.of(name, "p");
    OnnxImport.install(home, new OnnxImport.Source(file, request, Optional.empty(), by));
  }

  @Test
  void aSmallChannelIsAsExactAsALargeOne() throws Exception {
    ModelHome home = new ModelHome(temp.resolve("models"));
    Path file = Files.write(temp.resolve("two.onnx"), network().model(8, 13));
    List<Path> pictures = CalibrationPictures.write(temp.resolve("pictures"), 70);
    install(home, file, "float", Optional.empty());
    install(home, file, "bytes", Optional.of(new Calibration(pictures, RangeMethod.PERCENTILE)));
    List<RgbImage> scenes = new ArrayList<>();
    for (int seed = 200; seed < 204; seed++) {
      scenes.add(
          RgbImage.fromBufferedImage(PictureFiles.scene(96, 80, seed)).resizedTo(SIDE, SIDE));
    }
    try (ImageEncoder floats = home.open("float");
        ImageEncoder bytes = home.open("bytes")) {
      float[] expected = floats.encode(scenes);
      float[] found = bytes.encode(scenes);
      double[] worst = new double[2];
      float most = 0;
      for (int i = 0; i < expected.length; i++) {
        int channel = i / (SIDE * SIDE) % 2;
        worst[channel] = Math.max(worst[channel], Math.abs(found[i] - expected[i]));
        most = Math.max(most, expected[i]);
      }
      assertThat(most).as("of numbers up to 6").isBetween(4f, 6f);
      // With one scale for both channels the second has four levels, 1.5 apart.
      assertThat(worst[0]).isLessThan(.1);
      assertThat(worst[1]).isLessThan(.2);
    }
  }
}
