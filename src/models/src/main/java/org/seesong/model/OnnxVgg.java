package org.seesong.model;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.LongConsumer;
import org.seesong.model.onnx.ElementType;
import org.seesong.model.onnx.OnnxGraph;
import org.seesong.model.onnx.WeightsFile;

/**
 * Writes a VGG network for ONNX Runtime: {@value #MODEL}, the graph, and {@value #WEIGHTS}, the
 * numbers it refers to, which the runtime maps. Input {@value VggGraph#INPUT}, float32 (pictures,
 * side, side, 3) after preprocessing; output the last layer's name, float32 (pictures, dimension),
 * and of a network with classes {@value VggNetwork#CLASSES}, float32 (pictures, classes).
 *
 * <p>The convolutions run picture by picture ({@code Scan}), the fully-connected layers over all
 * pictures of a call and one more: memory is that of one picture, weights are read once a call, and
 * a picture's bits are the same alone and among others. IR version 8, operator set 17. Writing
 * holds at most one kernel of a convolution, 9 MB for VGG-19, and its turned copy.
 */
final class OnnxVgg implements Closeable {
  static final String MODEL = "model.onnx";
  static final String WEIGHTS = "weights";

  private static final int IR_VERSION = 8;
  private static final int OPERATOR_SET = 17;

  /** Ending of outputs with a row more than pictures. */
  private static final String ROWS = "/rows";

  private static final int CHUNK = 1 << 18;

  private final CheckedWeights source;
  private final VggNetwork network;
  private final Path folder;
  private final LongConsumer progress;
  private final WeightsFile weights;
  private final ByteBuffer bytes =
      ByteBuffer.allocateDirect(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private long done;

  private OnnxVgg(CheckedWeights source, Path folder, LongConsumer progress) throws IOException {
    this.source = source;
    this.network = source.network();
    this.folder = folder;
    this.progress = progress;
    this.weights = WeightsFile.create(folder, WEIGHTS);
  }

  /**
   * Writes both files and syncs them.
   *
   * @param folder an empty folder
   * @param progress called after each chunk with the bytes of weights written so far
   * @throws IOException if the numbers cannot be read or written
   * @throws InterruptedException if the thread is interrupted
   */
  static void write(CheckedWeights source, Path folder, LongConsumer progress)
      throws IOException, InterruptedException {
    try (OnnxVgg model = new OnnxVgg(source, folder, progress)) {
      model.writeToRun();
    }
  }

  /**
   * Writes the network to be quantised: as {@link #write}, but a chain of operations over all
   * pictures, which gives the same up to rounding.
   */
  static void writeChain(CheckedWeights source, Path folder, LongConsumer progress)
      throws IOException, InterruptedException {
    try (OnnxVgg model = new OnnxVgg(source, folder, progress)) {
      model.writeChain();
    }
  }

  private void writeToRun() throws IOException, InterruptedException {
    OnnxGraph picture =
        new OnnxGraph("picture")
            .input("hwc", network.side(), network.side(), VggNetwork.CHANNELS)
            .longs("first", 0);
    picture.node("Unsqueeze", "nhwc", List.of("hwc", "first"));
    convolutions(picture, "nhwc");
    picture
        .longs("all", -1)
        .node("Reshape", "features", List.of("turned", "all"))
        .output("features", flat());
    OnnxGraph graph = new OnnxGraph("vgg");
    graph.node(
        "Scan",
        "flat",
        List.of(VggGraph.INPUT),
        OnnxGraph.body("body", picture),
        OnnxGraph.number("num_scan_inputs", 1));
    // Products of one row give other bits than those of two and more: so there is one more.
    graph.longs("start", 0).longs("one", 1).longs("last", -1);
    graph.node("Slice", "row", List.of("flat", "start", "one"));
    graph.node("Concat", "rows", List.of("flat", "row"), OnnxGraph.number("axis", 0));
    dense(graph, "rows", ROWS);
    graph.node(
        "Slice",
        VggGraph.outputName(network),
        List.of(VggGraph.outputName(network) + ROWS, "start", "last"));
    if (network.classes() > 0) {
      graph.node("Slice", VggNetwork.CLASSES, List.of(VggNetwork.CLASSES + ROWS, "start", "last"));
    }
    finish(graph);
  }

  private void writeChain() throws IOException, InterruptedException {
    OnnxGraph graph = new OnnxGraph("vgg");
    convolutions(graph, VggGraph.INPUT);
    graph.node("Flatten", "flat", List.of("turned"));
    dense(graph, "flat", "");
    finish(graph);
  }

  /** The fully-connected layers; names of their outputs get an ending. */
  private void dense(OnnxGraph graph, String input, String ending)
      throws IOException, InterruptedException {
    String last = input;
    for (VggLayer layer : network.layers()) {
      if (!layer.isConvolution()) {
        tensors(graph, layer);
        graph.node("Gemm", layer.name() + "/gemm", weighted(last, layer));
        last = layer.name() + ending;
        graph.node(layer.isClasses() ? "Softmax" : "Relu", last, List.of(layer.name() + "/gemm"));
      }
    }
  }

  private void finish(OnnxGraph graph) throws IOException {
    weights.sync();
    graph.input(VggGraph.INPUT, "n", network.side(), network.side(), VggNetwork.CHANNELS);
    graph.output(VggGraph.outputName(network), "n", network.dimension());
    if (network.classes() > 0) {
      graph.output(VggNetwork.CLASSES, "n", network.classes());
    }
    try (FileChannel file =
        FileChannel.open(
            folder.resolve(MODEL), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(graph.model(IR_VERSION, OPERATOR_SET));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    weights.close();
  }

  /** From pictures to {@code turned}, in the order that the fully-connected layers take. */
  private void convolutions(OnnxGraph graph, String input)
      throws IOException, InterruptedException {
    // The engine wants channels first; pictures come with channels last, as for TensorFlow.
    graph.node("Transpose", "nchw", List.of(input), OnnxGraph.ints("perm", 0, 3, 1, 2));
    String last = "nchw";
    int number = 0;
    for (VggNetwork.Block block : network.blocks()) {
      for (int i = 0; i < block.convolutions(); i++) {
        VggLayer layer = network.layers().get(number++);
        tensors(graph, layer);
        graph.node(
            "Conv",
            layer.name() + "/conv",
            weighted(last, layer),
            OnnxGraph.ints("kernel_shape", 3, 3),
            OnnxGraph.ints("pads", 1, 1, 1, 1));
        last = layer.name();
        graph.node("Relu", last, List.of(layer.name() + "/conv"));
      }
      String pool = "pool" + number;
      graph.node(
          "MaxPool",
          pool,
          List.of(last),
          OnnxGraph.ints("kernel_shape", 2, 2),
          OnnxGraph.ints("strides", 2, 2));
      last = pool;
    }
    // The weights want height, width, channel in the flattened picture.
    graph.node("Transpose", "turned", List.of(last), OnnxGraph.ints("perm", 0, 2, 3, 1));
  }

  private int flat() {
    return network.flatSide() * network.flatSide() * lastConvolution().width();
  }

  private VggLayer lastConvolution() {
    return network
        .layers()
        .get(network.blocks().stream().mapToInt(VggNetwork.Block::convolutions).sum() - 1);
  }

  private static List<String> weighted(String input, VggLayer layer) {
    return List.of(input, VggGraph.kernelName(layer), VggGraph.biasName(layer));
  }

  /** Writes a layer's numbers and refers to them. */
  private void tensors(OnnxGraph graph, VggLayer layer) throws IOException, InterruptedException {
    List<Integer> shape = layer.kernelShape();
    weights.begin();
    int[] written;
    if (layer.isConvolution()) {
      written = new int[] {shape.get(3), shape.get(2), 3, 3};
      turned(source.kernel(layer), shape.get(2), shape.get(3));
    } else {
      written = new int[] {shape.get(0), shape.get(1)};
      copy(source.kernel(layer), layer.kernelSize());
    }
    graph.weights(VggGraph.kernelName(layer), ElementType.FLOAT, written, weights.end());
    weights.begin();
    copy(source.bias(layer), layer.width());
    graph.weights(
        VggGraph.biasName(layer), ElementType.FLOAT, new int[] {layer.width()}, weights.end());
  }

  /** Height, width, in, out becomes out, in, height, width. */
  private void turned(FloatStream numbers, int ins, int outs)
      throws IOException, InterruptedException {
    float[] from = new float[9 * ins * outs];
    numbers.read(from, from.length);
    float[] turned = new float[from.length];
    for (int place = 0; place < 9; place++) {
      for (int i = 0; i < ins; i++) {
        for (int o = 0; o < outs; o++) {
          turned[(o * ins + i) * 9 + place] = from[(place * ins + i) * outs + o];
        }
      }
    }
    for (int at = 0; at < turned.length; at += CHUNK) {
      append(turned, at, Math.min(CHUNK, turned.length - at));
    }
  }

  private void copy(FloatStream numbers, long count) throws IOException, InterruptedException {
    float[] chunk = new float[(int) Math.min(count, CHUNK)];
    for (long left = count; left > 0; ) {
      int some = (int) Math.min(left, CHUNK);
      numbers.read(chunk, some);
      append(chunk, 0, some);
      left -= some;
    }
  }

  private void append(float[] numbers, int from, int count)
      throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while writing " + WEIGHTS);
    }
    bytes.clear();
    bytes.asFloatBuffer().put(numbers, from, count);
    weights.append(bytes.limit(count * Float.BYTES));
    done += (long) count * Float.BYTES;
    progress.accept(done);
  }
}
