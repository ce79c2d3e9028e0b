package org.seesong.jmh.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.seesong.model.FloatStream;
import org.seesong.model.VggLayer;
import org.seesong.model.VggNetwork;
import org.seesong.model.WeightSource;

/**
 * Writes a VGG network as an ONNX model: {@code model.onnx}, the graph, and {@code weights}, the
 * numbers it refers to. Input {@code image}, float32 (n, 3, side, side) after preprocessing; output
 * {@code vector}, float32 (n, dimension).
 *
 * <p>Field numbers are those of {@code onnx.proto}, IR version 8, operator set 17.
 */
final class OnnxVgg {
  static final String INPUT = "image";
  static final String OUTPUT = "vector";
  static final String MODEL = "model.onnx";

  private static final String WEIGHTS = "weights";
  private static final int FLOAT = 1;
  private static final int CHUNK = 1 << 20;

  private final WeightSource source;
  private final VggNetwork network;
  private final ProtoWriter graph = new ProtoWriter();

  private OnnxVgg(WeightSource source) {
    this.source = source;
    this.network = source.network();
  }

  static Path write(WeightSource source, Path folder) throws IOException {
    return new OnnxVgg(source).write(folder);
  }

  private Path write(Path folder) throws IOException {
    try (FileChannel weights =
        FileChannel.open(
            folder.resolve(WEIGHTS),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      operations();
      graph.text(2, "vgg");
      for (VggLayer layer : network.layers()) {
        boolean convolution = isConvolution(layer);
        int[] shape = layer.kernelShape().stream().mapToInt(Integer::intValue).toArray();
        if (convolution) {
          tensor(kernel(layer), weights.position(), shape[3], shape[2], shape[0], shape[1]);
          convolutionKernel(source.kernel(layer), shape, weights);
        } else {
          tensor(kernel(layer), weights.position(), shape);
          copy(source.kernel(layer), layer.kernelSize(), weights);
        }
        tensor(bias(layer), weights.position(), layer.width());
        copy(source.bias(layer), layer.width(), weights);
      }
    }
    graph.message(11, value(INPUT, 3, network.side(), network.side()));
    graph.message(12, value(OUTPUT, network.dimension()));
    ProtoWriter model =
        new ProtoWriter()
            .number(1, 8)
            .text(2, "seesong")
            .message(7, graph)
            .message(8, new ProtoWriter().text(1, "").number(2, 17));
    return Files.write(folder.resolve(MODEL), model.toByteArray());
  }

  private void operations() {
    String last = INPUT;
    int number = 0;
    List<VggLayer> layers = network.layers();
    for (VggNetwork.Block block : network.blocks()) {
      for (int i = 0; i < block.convolutions(); i++) {
        VggLayer layer = layers.get(number++);
        node("Conv", layer.name(), ints("kernel_shape", 3, 3), ints("pads", 1, 1, 1, 1))
            .accept(List.of(last, kernel(layer), bias(layer)));
        last = relu(layer.name());
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
    for (; number < layers.size(); number++) {
      VggLayer layer = layers.get(number);
      node("Gemm", layer.name()).accept(List.of(last, kernel(layer), bias(layer)));
      last = relu(layer.name());
    }
    node("Identity", OUTPUT).accept(List.of(last));
  }

  private String relu(String input) {
    node("Relu", input + "_relu").accept(List.of(input));
    return input + "_relu";
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
  private void tensor(String name, long offset, int... shape) {
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
    graph.message(5, tensor.number(14, 1));
  }

  private static ProtoWriter entry(String key, String value) {
    return new ProtoWriter().text(1, key).text(2, value);
  }

  /** Height, width, in, out becomes out, in, height, width. */
  private static void convolutionKernel(FloatStream numbers, int[] shape, FileChannel to)
      throws IOException {
    int in = shape[2];
    int out = shape[3];
    float[] from = new float[9 * in * out];
    numbers.read(from, from.length);
    float[] turned = new float[from.length];
    for (int place = 0; place < 9; place++) {
      for (int i = 0; i < in; i++) {
        for (int o = 0; o < out; o++) {
          turned[(o * in + i) * 9 + place] = from[(place * in + i) * out + o];
        }
      }
    }
    append(turned, turned.length, to);
  }

  private static void copy(FloatStream numbers, long count, FileChannel to) throws IOException {
    float[] chunk = new float[CHUNK];
    for (long left = count; left > 0; ) {
      int some = (int) Math.min(left, CHUNK);
      numbers.read(chunk, some);
      append(chunk, some, to);
      left -= some;
    }
  }

  private static void append(float[] numbers, int count, FileChannel to) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers, 0, count);
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  private static boolean isConvolution(VggLayer layer) {
    return layer.kernelShape().size() == 4;
  }

  private static String kernel(VggLayer layer) {
    return layer.name() + "/kernel";
  }

  private static String bias(VggLayer layer) {
    return layer.name() + "/bias";
  }
}
