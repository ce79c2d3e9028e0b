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

/**
 * Writes a VGG network for ONNX Runtime: {@value #MODEL}, the graph, and {@value #WEIGHTS}, the
 * numbers it refers to, which the runtime maps. Input {@value VggGraph#INPUT}, float32 (pictures,
 * side, side, 3) after preprocessing; output the last layer's name, float32 (pictures, dimension),
 * and of a network with classes {@value VggNetwork#CLASSES}, float32 (pictures, classes).
 *
 * <p>The convolutions run picture by picture ({@code Scan}), the fully-connected layers over all
 * pictures of a call: memory is that of one picture, while weights are read once a call. IR version
 * 8, operator set 17. Writing holds at most one kernel of a convolution, 9 MB for VGG-19, and its
 * turned copy.
 */
final class OnnxVgg implements Closeable {
  static final String MODEL = "model.onnx";
  static final String WEIGHTS = "weights";

  private static final int IR_VERSION = 8;
  private static final int OPERATOR_SET = 17;
  private static final int CHUNK = 1 << 18;

  /** Where a tensor may begin: a page of memory, so that it can be mapped. */
  private static final int ALIGNMENT = 4096;

  private final CheckedWeights source;
  private final VggNetwork network;
  private final Path folder;
  private final LongConsumer progress;
  private final FileChannel weights;
  private final ByteBuffer bytes =
      ByteBuffer.allocateDirect(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private long done;

  private OnnxVgg(CheckedWeights source, Path folder, LongConsumer progress) throws IOException {
    this.source = source;
    this.network = source.network();
    this.folder = folder;
    this.progress = progress;
    this.weights = create(folder.resolve(WEIGHTS));
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
      model.write();
    }
  }

  private void write() throws IOException, InterruptedException {
    int flat = network.flatSide() * network.flatSide() * lastConvolution().width();
    OnnxGraph picture = convolutions(flat);
    OnnxGraph graph = new OnnxGraph("vgg");
    graph.node(
        "Scan",
        "flat",
        List.of(VggGraph.INPUT),
        OnnxGraph.body("body", picture),
        OnnxGraph.number("num_scan_inputs", 1));
    String last = "flat";
    for (VggLayer layer : network.layers()) {
      if (!layer.isConvolution()) {
        tensors(graph, layer);
        graph.node("Gemm", layer.name() + "/gemm", weighted(last, layer));
        last = activated(graph, layer);
      }
    }
    weights.force(true);
    graph.input(VggGraph.INPUT, "n", network.side(), network.side(), VggNetwork.CHANNELS);
    graph.output(VggGraph.outputName(network), "n", network.dimension());
    if (network.classes() > 0) {
      graph.output(VggNetwork.CLASSES, "n", network.classes());
    }
    try (FileChannel file = create(folder.resolve(MODEL))) {
      writeFully(ByteBuffer.wrap(graph.model(IR_VERSION, OPERATOR_SET)), file);
      file.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    weights.close();
  }

  /** From one picture to the numbers that the fully-connected layers take. */
  private OnnxGraph convolutions(int flat) throws IOException, InterruptedException {
    int side = network.side();
    OnnxGraph graph =
        new OnnxGraph("picture").input("hwc", side, side, VggNetwork.CHANNELS).longs("first", 0);
    // The engine wants channels first; pictures come with channels last, as for TensorFlow.
    graph.node("Transpose", "chw", List.of("hwc"), OnnxGraph.ints("perm", 2, 0, 1));
    graph.node("Unsqueeze", "nchw", List.of("chw", "first"));
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
        last = activated(graph, layer);
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
    return graph
        .node("Transpose", "turned", List.of(last), OnnxGraph.ints("perm", 0, 2, 3, 1))
        .longs("all", -1)
        .node("Reshape", "features", List.of("turned", "all"))
        .output("features", flat);
  }

  private VggLayer lastConvolution() {
    return network
        .layers()
        .get(network.blocks().stream().mapToInt(VggNetwork.Block::convolutions).sum() - 1);
  }

  private static List<String> weighted(String input, VggLayer layer) {
    return List.of(input, VggGraph.kernelName(layer), VggGraph.biasName(layer));
  }

  /** A layer's output has the layer's name. */
  private static String activated(OnnxGraph graph, VggLayer layer) {
    String input = layer.name() + (layer.isConvolution() ? "/conv" : "/gemm");
    graph.node(layer.isClasses() ? "Softmax" : "Relu", layer.name(), List.of(input));
    return layer.name();
  }

  /** Writes a layer's numbers and refers to them. */
  private void tensors(OnnxGraph graph, VggLayer layer) throws IOException, InterruptedException {
    List<Integer> shape = layer.kernelShape();
    if (layer.isConvolution()) {
      tensor(graph, VggGraph.kernelName(layer), shape.get(3), shape.get(2), 3, 3);
      turned(source.kernel(layer), shape.get(2), shape.get(3));
    } else {
      tensor(graph, VggGraph.kernelName(layer), shape.get(0), shape.get(1));
      copy(source.kernel(layer), layer.kernelSize());
    }
    tensor(graph, VggGraph.biasName(layer), layer.width());
    copy(source.bias(layer), layer.width());
  }

  /** Numbers that follow in the file of weights. */
  private void tensor(OnnxGraph graph, String name, int... shape) throws IOException {
    long offset = (weights.position() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    weights.position(offset);
    long bytes = Float.BYTES;
    for (int size : shape) {
      bytes *= size;
    }
    graph.weights(name, shape, WEIGHTS, offset, bytes);
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
    writeFully(bytes.limit(count * Float.BYTES), weights);
    done += (long) count * Float.BYTES;
    progress.accept(done);
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static void writeFully(ByteBuffer bytes, FileChannel to) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }
}
