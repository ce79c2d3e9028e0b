package org.seesong.bench.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.seesong.model.onnx.ElementType;
import org.seesong.model.onnx.OnnxGraph;

/**
 * Makes {@code mobilenet_v2.onnx}, MobileNetV2 1.0/224 up to the mean over places, 1,280 numbers
 * (Sandler et al., MobileNetV2: Inverted Residuals and Linear Bottlenecks, CVPR 2018, table 2).
 *
 * <p>Takes the weights as the public repository {@code miaobin/test-data} on GitHub has them in
 * {@code models/mobilenetv2_nchw/weights} (Apache-2.0, from the ONNX model zoo's mobilenetv2-7):
 * {@code conv_N_weight.npy} and {@code conv_N_bias.npy} in the order of the layers, batch
 * normalisation folded in. The same weights give the same bytes.
 */
public final class MobileNetV2 {
  private static final int IR_VERSION = 8;
  private static final int OPERATOR_SET = 13;
  private static final int SIDE = 224;
  private static final int DIMENSION = 1280;

  /** Expansion, output channels, repetitions and stride of the first of them. */
  private static final int[][] BLOCKS = {
    {1, 16, 1, 1},
    {6, 24, 2, 2},
    {6, 32, 3, 2},
    {6, 64, 4, 2},
    {6, 96, 3, 1},
    {6, 160, 3, 2},
    {6, 320, 1, 1}
  };

  private final List<Path> kernels;
  private final OnnxGraph graph = new OnnxGraph("MobileNetV2");
  private int next;
  private String last = "image";
  private int channels = 3;

  private MobileNetV2(List<Path> kernels) {
    this.kernels = kernels;
  }

  /**
   * Writes the file.
   *
   * @param arguments the folder of weights, and the file to write
   * @throws IOException if weights are missing or of another shape, or the file cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException("give the folder of weights, and the file to write");
    }
    List<Path> kernels;
    try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
      kernels =
          files
              .filter(file -> file.getFileName().toString().matches("conv_\\d+_weight\\.npy"))
              .sorted(Comparator.comparingInt(MobileNetV2::number))
              .toList();
    }
    Files.write(Path.of(arguments[1]), new MobileNetV2(kernels).model());
  }

  private static int number(Path kernel) {
    return Integer.parseInt(kernel.getFileName().toString().split("_")[1]);
  }

  private byte[] model() throws IOException {
    graph.constant("zero", ElementType.FLOAT, new int[0], floats(0));
    graph.constant("six", ElementType.FLOAT, new int[0], floats(6));
    graph.input("image", "n", 3, SIDE, SIDE);
    convolve(32, 3, 2, 1, true);
    for (int[] block : BLOCKS) {
      for (int i = 0; i < block[2]; i++) {
        bottleneck(block[0], block[1], i == 0 ? block[3] : 1);
      }
    }
    convolve(DIMENSION, 1, 1, 1, true);
    if (next != kernels.size()) {
      throw new IOException("there are " + kernels.size() + " kernels, and " + next + " were used");
    }
    graph.node("GlobalAveragePool", "mean", List.of(last));
    graph.node("Flatten", "embedding", List.of("mean"));
    graph.output("embedding", "n", DIMENSION);
    graph.metadata("seesong.scaling", "(p/255-[.485,.456,.406])/[.229,.224,.225]");
    graph.metadata("seesong.channels", "RGB");
    graph.metadata(
        "seesong.note", "MobileNetV2 1.0/224 of the ONNX model zoo (mobilenetv2-7), Apache-2.0");
    return graph.model(IR_VERSION, OPERATOR_SET);
  }

  private void bottleneck(int expansion, int outputs, int stride) throws IOException {
    String input = last;
    int inputs = channels;
    if (expansion > 1) {
      convolve(inputs * expansion, 1, 1, 1, true);
    }
    convolve(channels, 3, stride, channels, true);
    convolve(outputs, 1, 1, 1, false);
    if (stride == 1 && inputs == outputs) {
      graph.node("Add", last + "/sum", List.of(input, last));
      last += "/sum";
    }
  }

  private void convolve(int outputs, int side, int stride, int groups, boolean relu)
      throws IOException {
    if (next == kernels.size()) {
      throw new IOException("there are only " + next + " kernels");
    }
    Path file = kernels.get(next++);
    String name = "conv" + next;
    tensor(name + "/kernel", file, outputs, channels / groups, side, side);
    String bias = file.getFileName().toString().replace("_weight", "_bias");
    tensor(name + "/bias", file.resolveSibling(bias), outputs);
    List<OnnxGraph.Attribute> settings = new ArrayList<>();
    settings.add(OnnxGraph.ints("kernel_shape", side, side));
    settings.add(OnnxGraph.ints("strides", stride, stride));
    settings.add(OnnxGraph.ints("pads", side / 2, side / 2, side / 2, side / 2));
    settings.add(OnnxGraph.number("group", groups));
    graph.node(
        "Conv",
        name,
        List.of(last, name + "/kernel", name + "/bias"),
        settings.toArray(OnnxGraph.Attribute[]::new));
    last = name;
    channels = outputs;
    if (relu) {
      graph.node("Clip", name + "/relu6", List.of(name, "zero", "six"));
      last = name + "/relu6";
    }
  }

  private void tensor(String name, Path file, int... shape) throws IOException {
    NpyArray array = NpyArray.read(file);
    if (!Arrays.equals(array.shape(), shape)) {
      throw new IOException(
          file
              + " has the shape "
              + Arrays.toString(array.shape())
              + ", not "
              + Arrays.toString(shape));
    }
    graph.constant(name, ElementType.FLOAT, shape, array.bytes());
  }

  private static byte[] floats(float value) {
    return ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array();
  }
}
