package org.seesong.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ImportRequest;
import org.seesong.encoder.ModelDescription;
import org.seesong.encoder.ModelHome;
import org.seesong.encoder.PixelLayout;
import org.seesong.encoder.Precision;
import org.seesong.image.PictureFiles;
import org.seesong.image.RgbImage;
import org.seesong.model.onnx.Calibration;
import org.seesong.model.onnx.ElementType;
import org.seesong.model.onnx.OnnxGraph;
import org.seesong.model.onnx.RangeMethod;
import org.seesong.model.onnx.WeightsFile;

/** Networks exported by others: the mean of each channel, or eight sums of them. */
class OnnxImportTest {
  private static final int SIDE = 8;

  @TempDir Path temp;
  private ModelHome home;
  private Path file;

  @BeforeEach
  void makeHome() {
    home = new ModelHome(temp.resolve("models"));
    file = temp.resolve("net.onnx");
  }

  private static OnnxGraph means(Object... shape) {
    return new OnnxGraph("means")
        .input("pixels", shape)
        .node("GlobalAveragePool", "mean", List.of("pixels"))
        .node("Flatten", "vector", List.of("mean"))
        .output("vector", "n", 3);
  }

  private ModelDescription install(OnnxGraph graph, ImportRequest request, PixelLayout layout)
      throws Exception {
    Files.write(file, graph.model(8, 13));
    return OnnxImport.install(
        home, new OnnxImport.Source(file, request, Optional.ofNullable(layout), Optional.empty()));
  }

  private ModelDescription install(OnnxGraph graph) throws Exception {
    return install(graph, ImportRequest.of("net", "p"), null);
  }

  private static RgbImage plain(int red, int green, int blue) {
    byte[] pixels = new byte[SIDE * SIDE * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % 3 == 0 ? red : i % 3 == 1 ? green : blue);
    }
    return new RgbImage(SIDE, SIDE, pixels);
  }

  @Test
  void channelsFirstAreFedChannelByChannel() throws Exception {
    ModelDescription model = install(means("n", 3, SIDE, SIDE));
    assertThat(model.layout()).isEqualTo(PixelLayout.NCHW);
    assertThat(model.size()).isEqualTo(SIDE);
    assertThat(model.dimension()).isEqualTo(3);
    assertThat(model.inputName()).isEqualTo("pixels");
    assertThat(model.precision()).isEqualTo(Precision.FLOAT32);
    assertThat(model.batchInvariant()).isTrue();
    try (ImageEncoder encoder = home.open("net")) {
      assertThat(encoder.encode(List.of(plain(10, 20, 30), plain(1, 2, 3))))
          .containsExactly(10, 20, 30, 1, 2, 3);
    }
    assertThat(home.folder().toFile().list()).containsExactly("net");
  }

  @Test
  void channelsLastAreFedPixelByPixel() throws Exception {
    OnnxGraph graph =
        new OnnxGraph("sums")
            .input("pixels", "n", "h", "w", 3)
            .node("Transpose", "t", List.of("pixels"), OnnxGraph.ints("perm", 0, 3, 1, 2))
            .node("GlobalAveragePool", "mean", List.of("t"))
            .output("mean", "n", 3, 1, 1);
    ImportRequest sized =
        ImportRequest.of("net", "p").withPicture(SIDE, org.seesong.encoder.ChannelOrder.BGR);
    assertThat(install(graph, sized, null).layout()).isEqualTo(PixelLayout.NHWC);
    try (ImageEncoder encoder = home.open("net")) {
      assertThat(encoder.encode(List.of(plain(10, 20, 30)))).containsExactly(30, 20, 10);
    }
  }

  @Test
  void whatDoesNotFitIsNamed() {
    refused(
        means(1, 3, SIDE, SIDE),
        "takes 1 pictures a call and no other number: pixels float32 [1, 3, 8, 8]; export it with a"
            + " first axis that may vary (dynamic_axes={'pixels': {0: 'n'}, ...} of"
            + " torch.onnx.export)");
    refused(
        means("n", "c", SIDE, SIDE),
        "does not say where its 3 channels are: pixels float32 [any, any, 8, 8]; say --layout nchw"
            + " or nhwc");
    refused(
        means("n", 3, "h", "w"),
        "does not say how large its pictures are: pixels float32 [any, 3, any, any]; say --size N");
    refused(
        means("n", 3, 8, 9),
        "takes pictures of another size than 9 x 9: pixels float32" + " [any, 3, 8, 9]");
    refused(
        means("n", 3, 8),
        "input must be pictures, [N, 3, size, size], but is: pixels float32" + " [any, 3, 8]");
    refused(
        means("n", 3, 8, 8).input("mask", "n", 4),
        "must have one input, the pictures, but has: pixels float32 [any, 3, 8, 8], mask float32"
            + " [any, 4]");
    refused(
        means("n", 3, 8, 8).output("mean", "n", 3, 1, 1),
        "has several outputs; choose one; there is: vector float32 [any, 3], mean float32"
            + " [any, 3, 1, 1]");
    OnnxGraph tokens =
        new OnnxGraph("g")
            .input("pixels", "n", 3, 8, 8)
            .node("Identity", "tokens", List.of("pixels"))
            .output("tokens", "n", 257, 768);
    refused(
        tokens,
        "output must be a vector a picture, [N, dimension], but is: tokens float32 [any, 257, 768];"
            + " export the network with the pooled vector, or the class token, as an output");
    assertThatThrownBy(
            () ->
                install(
                    means("n", 3, 8, 8),
                    ImportRequest.of("net", "p").withTensors("", "x", ""),
                    null))
        .hasMessage("net.onnx: has no input 'x'; there is: pixels float32 [any, 3, 8, 8]");
    assertThatThrownBy(
            () -> install(means("n", 3, 8, 8), ImportRequest.of("net", "p"), PixelLayout.NHWC))
        .hasMessage("net.onnx: has 8 channels, not 3, by NHWC: pixels float32 [any, 3, 8, 8]");
    assertThat(home.folder()).doesNotExist();
  }

  private void refused(OnnxGraph graph, String message) {
    assertThatThrownBy(() -> install(graph))
        .isInstanceOf(WeightsException.class)
        .hasMessage("net.onnx: " + message);
  }

  @Test
  void anOperatorTheRuntimeLacksIsNamed() throws IOException {
    OnnxGraph graph =
        new OnnxGraph("g")
            .input("pixels", "n", 3, 8, 8)
            .node("Shear", "vector", List.of("pixels"))
            .output("vector", "n", 3);
    assertThatThrownBy(() -> install(graph))
        .isInstanceOf(WeightsException.class)
        .hasMessageStartingWith("net.onnx: cannot be run: ONNX Runtime does not load ")
        .hasMessageContaining("Shear");
    assertThat(home.folder()).isEmptyDirectory();
  }

  @Test
  void aTakenNameIsLeftAlone() throws Exception {
    install(means("n", 3, SIDE, SIDE));
    assertThatThrownBy(() -> install(means("n", 3, SIDE, SIDE)))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("model 'net'");
    install(means("n", 3, SIDE, SIDE), ImportRequest.of("net", "p/2").replacing(), null);
    assertThat(home.find("net").orElseThrow().scaling()).isEqualTo("p/2");
  }

  /** A convolution, a ReLU and a product, whose weights lie in another file. */
  private OnnxGraph convolution() throws IOException {
    OnnxGraph graph = new OnnxGraph("g").input("pixels", "n", 3, SIDE, SIDE);
    try (WeightsFile weights = WeightsFile.create(temp, "more.bin")) {
      weights.begin();
      ByteBuffer numbers = ByteBuffer.allocate(16 * 27 * 4).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < 16 * 27; i++) {
        numbers.putFloat((float) Math.sin(i) / 40);
      }
      weights.append(numbers.flip());
      graph.weights("kernel", ElementType.FLOAT, new int[] {16, 3, 3, 3}, weights.end());
    }
    graph.node("Conv", "conv", List.of("pixels", "kernel"), OnnxGraph.ints("pads", 1, 1, 1, 1));
    graph.node("Relu", "relu", List.of("conv"));
    return graph
        .node("GlobalAveragePool", "mean", List.of("relu"))
        .node("Flatten", "vector", List.of("mean"))
        .output("vector", "n", 16);
  }

  @Test
  void weightsInAnotherFileComeAlong() throws Exception {
    OnnxGraph graph = convolution();
    ModelDescription model = install(graph);
    assertThat(model.files()).extracting("path").containsExactly("model.onnx", "more.bin");
    Files.delete(temp.resolve("more.bin"));
    home.verify("net");
    assertThatThrownBy(() -> install(graph, ImportRequest.of("other", "p"), null))
        .hasMessage("net.onnx: has weights in 'more.bin', which is not beside it; put it there");
  }

  @Test
  void itIsQuantisedToo() throws Exception {
    Files.write(file, convolution().model(8, 13));
    install(convolutionAgain());
    List<Path> pictures = CalibrationPictures.write(temp.resolve("pictures"), 64);
    ModelDescription model =
        OnnxImport.install(
            home,
            new OnnxImport.Source(
                file,
                ImportRequest.of("net-int8", "p"),
                Optional.empty(),
                Optional.of(new Calibration(pictures, RangeMethod.MIN_MAX))));
    assertThat(model.precision()).isEqualTo(Precision.INT8);
    assertThat(model.layout()).isEqualTo(PixelLayout.NCHW);
    assertThat(model.encoderId()).startsWith("net-int8-");
    try (ImageEncoder floats = home.open("net");
        ImageEncoder bytes = home.open("net-int8")) {
      RgbImage picture =
          RgbImage.fromBufferedImage(PictureFiles.scene(90, 70, 3)).resizedTo(SIDE, SIDE);
      float[] expected = floats.encode(List.of(picture));
      float[] found = bytes.encode(List.of(picture));
      double length = 0;
      double apart = 0;
      for (int i = 0; i < found.length; i++) {
        length += expected[i] * expected[i];
        apart += (expected[i] - found[i]) * (expected[i] - found[i]);
      }
      assertThat(Math.sqrt(apart / length)).isBetween(1e-6, .03);
    }
  }

  private OnnxGraph convolutionAgain() throws IOException {
    Files.delete(temp.resolve("more.bin"));
    return convolution();
  }
}
