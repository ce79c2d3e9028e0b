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
 * side, side, 3) after preprocessing; output the last layer's name, float32 (pictures, dimension).
 *
 * <p>Field numbers are those of {@code onnx.proto}, IR version 8, operator set 17. Holds at most
 * one kernel of a convolution, 9 MB for VGG-19, and its turned copy.
 */
final class OnnxVgg implements Closeable {
  static final String MODEL = "model.onnx";
  static final String WEIGHTS = "weights";

  private static final int IR_VERSION = 8;
  private static final int OPERATOR_SET = 17;
  private static final int FLOAT = 1;
  private static final int EXTERNAL = 1;
  private static final int CHUNK = 1 << 18;

  /** Where a tensor may begin: a page of memory, so that it can be mapped. */
  private static final int ALIGNMENT = 4096;

  private final CheckedWeights source;
  private final VggNetwork network;
  private final Path folder;
  private final LongConsumer progress;
  private final FileChannel weights;
  private final ProtoWriter graph = new ProtoWriter();
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
    operations();
    graph.text(2, "vgg");
    for (VggLayer layer : network.layers()) {
      List<Integer> shape = layer.kernelShape();
      if (layer.isConvolution()) {
        tensor(VggGraph.kernelName(layer), shape.get(3), shape.get(2), 3, 3);
        turned(source.kernel(layer), shape.get(2), shape.get(3));
      } else {
        tensor(VggGraph.kernelName(layer), shape.get(0), shape.get(1));
        copy(source.kernel(layer), layer.kernelSize());
      }
      tensor(VggGraph.biasName(layer), layer.width());
      copy(source.bias(layer), layer.width());
    }
    weights.force(true);
    int side = network.side();
    graph.message(11, value(VggGraph.INPUT, side, side, VggNetwork.CHANNELS));
    graph.message(12, value(VggGraph.outputName(network), network.dimension()));
    ProtoWriter model =
        new ProtoWriter()
            .number(1, IR_VERSION)
            .text(2, "seesong")
            .message(7, graph)
            .message(8, new ProtoWriter().text(1, "").number(2, OPERATOR_SET));
    try (FileChannel file = create(folder.resolve(MODEL))) {
      writeFully(ByteBuffer.wrap(model.toByteArray()), file);
      file.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    weights.close();
  }

  private void operations() {
    // The engine wants channels first; pictures come with channels last, as for TensorFlow.
    node("Transpose", "chw", ints("perm", 0, 3, 1, 2)).accept(List.of(VggGraph.INPUT));
    String last = "chw";
    int number = 0;
    List<VggLayer> layers = network.layers();
    for (VggNetwork.Block block : network.blocks()) {
      for (int i = 0; i < block.convolutions(); i++) {
        VggLayer layer = layers.get(number++);
        node("Conv", layer.name() + "/conv", ints("kernel_shape", 3, 3), ints("pads", 1, 1, 1, 1))
            .accept(weighted(last, layer));
        last = relu(layer);
      }
      String pool = "pool" + number;
      node("MaxPool", pool, ints("kernel_shape", 2, 2), ints("strides", 2, 2))
          .accept(List.of(last));
      last = pool;
    }
    // The weights want height, width, channel in the flattened picture.
    node("Transpose", "hwc", ints("perm", 0, 2, 3, 1)).accept(List.of(last));
    node("Flatten", "flat").accept(List.of("hwc"));
    last = "flat";
    for (VggLayer layer : layers.subList(number, layers.size())) {
      node("Gemm", layer.name() + "/gemm").accept(weighted(last, layer));
      last = relu(layer);
    }
  }

  private static List<String> weighted(String input, VggLayer layer) {
    return List.of(input, VggGraph.kernelName(layer), VggGraph.biasName(layer));
  }

  /** A layer's output has the layer's name. */
  private String relu(VggLayer layer) {
    String input = layer.name() + (layer.isConvolution() ? "/conv" : "/gemm");
    node("Relu", layer.name()).accept(List.of(input));
    return layer.name();
  }

  /** Takes its inputs. */
  private interface Inputs {
    void accept(List<String> names);
  }

  /** An operation whose one output has its name. */
  private Inputs node(String operation, String name, ProtoWriter... attributes) {
    return inputs -> {
      ProtoWriter node = new ProtoWriter();
      inputs.forEach(input -> node.text(1, input));
      node.text(2, name).text(3, name + "_op").text(4, operation);
      for (ProtoWriter attribute : attributes) {
        node.message(5, attribute);
      }
      graph.message(1, node);
    };
  }

  private static ProtoWriter ints(String name, int... values) {
    ProtoWriter attribute = new ProtoWriter().text(1, name);
    for (int value : values) {
      attribute.number(8, value);
    }
    return attribute.number(20, 7);
  }

  private static ProtoWriter value(String name, int... sizes) {
    ProtoWriter shape = new ProtoWriter().message(1, new ProtoWriter().text(2, "n"));
    for (int size : sizes) {
      shape.message(1, new ProtoWriter().number(1, size));
    }
    ProtoWriter type = new ProtoWriter().number(1, FLOAT).message(2, shape);
    return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, type));
  }

  /** Numbers that follow in the file of weights. */
  private void tensor(String name, int... shape) throws IOException {
    long offset = (weights.position() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    weights.position(offset);
    ProtoWriter tensor = new ProtoWriter();
    long length = Float.BYTES;
    for (int size : shape) {
      tensor.number(1, size);
      length *= size;
    }
    tensor.number(2, FLOAT).text(8, name);
    tensor.message(13, entry("location", WEIGHTS));
    tensor.message(13, entry("offset", Long.toString(offset)));
    tensor.message(13, entry("length", Long.toString(length)));
    graph.message(5, tensor.number(14, EXTERNAL));
  }

  private static ProtoWriter entry(String key, String value) {
    return new ProtoWriter().text(1, key).text(2, value);
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
