package org.seesong.model.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a network as planned: {@code model.onnx} and {@code weights}. A tensor keeps its name
 * where it is float32; in bytes it has the name and {@value #BYTES}. Holds one kernel of a
 * convolution, or {@value #ROWS} rows of a matrix.
 */
final class Int8Writer {
  private static final String BYTES = "/int8";
  private static final String ZERO_WEIGHT = "int8-zero-weight";
  private static final int ROWS = 256;
  private static final int IR_VERSION = 8;
  private static final int[] SCALAR = {};

  private final OnnxModel model;
  private final Path source;
  private final Activations activations;
  private final Map<String, ActivationRange> ranges;
  private final WeightsFile weights;
  private final OnnxGraph graph = new OnnxGraph("int8");
  private final Map<String, ActivationRange> bytes = new HashMap<>();
  private final Map<String, String> sharedRange = new HashMap<>();
  private final Set<String> constants = new HashSet<>();
  private final Set<String> floats = new HashSet<>();

  private Int8Writer(OnnxModel model, Path source, Activations activations, WeightsFile weights) {
    this.model = model;
    this.source = source;
    this.activations = activations;
    this.ranges = activations.ranges();
    this.weights = weights;
  }

  /**
   * Writes both files and syncs them.
   *
   * @param source folder of the network's other files
   * @param activations what was seen of the tensors that the plan names
   * @param folder an empty folder
   */
  static void write(
      OnnxModel model, Path source, List<Int8Plan.Step> steps, Activations activations, Path folder)
      throws IOException, InterruptedException {
    try (WeightsFile weights = WeightsFile.create(folder, "weights")) {
      byte[] file = new Int8Writer(model, source, activations, weights).write(steps);
      weights.sync();
      try (FileChannel graph =
          FileChannel.open(
              folder.resolve("model.onnx"),
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        while (bytes.hasRemaining()) {
          graph.write(bytes);
        }
        graph.force(true);
      }
    }
  }

  private byte[] write(List<Int8Plan.Step> steps) throws IOException, InterruptedException {
    graph.constant(ZERO_WEIGHT, ElementType.INT8, SCALAR, new byte[1]);
    model.inputs().forEach(input -> floats.add(input.name()));
    for (Int8Plan.Step step : steps) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while quantising");
      }
      if (step instanceof Int8Plan.Step.Convolution convolution) {
        convolution(convolution);
      } else if (step instanceof Int8Plan.Step.Sum sum) {
        sum(sum);
      } else if (step instanceof Int8Plan.Step.Product product) {
        product(product.node());
      } else if (step instanceof Int8Plan.Step.Move move) {
        move(move.node());
      } else {
        copy(step.node());
      }
    }
    for (OnnxValue output : model.outputs()) {
      inFloats(output.name());
      graph.copy(output, false);
    }
    for (OnnxValue input : model.inputs()) {
      graph.copy(input, true);
    }
    return graph.model(IR_VERSION, model.operatorSet());
  }

  private void convolution(Int8Plan.Step.Convolution step) throws IOException {
    OnnxNode node = step.node();
    OnnxTensor kernel = model.constant(node.input(1)).orElseThrow();
    float[] bias = bias(node);
    FloatBuffer numbers = scaled(step, kernel, bias);
    List<String> inputs = new ArrayList<>(inBytes(node.input(0)));
    float inputScale = bytes.get(node.input(0)).scale();
    int outputs = kernel.sizes()[0];
    float[] scales =
        Int8Weights.scales(Int8Weights.largest(numbers, outputs, false), bias, inputScale);
    String name = step.output();
    weights.begin();
    ByteBuffer rows = Int8Weights.rows(numbers, scales);
    bias = corrected(node, numbers, rows, scales, bias);
    weights.append(rows);
    graph.weights(name + "/int8-kernel", ElementType.INT8, kernel.sizes(), weights.end());
    constant(name + "/int8-scales", scales);
    inputs.addAll(List.of(name + "/int8-kernel", name + "/int8-scales", ZERO_WEIGHT));
    inputs.addAll(parts(name, ranges.get(name)).subList(1, 3));
    if (bias.length > 0) {
      constant(name + "/int8-bias", Int8Weights.bias(bias, scales, inputScale));
      inputs.add(name + "/int8-bias");
    }
    OnnxGraph.Attribute[] settings =
        node.settings().stream().map(OnnxGraph::setting).toArray(OnnxGraph.Attribute[]::new);
    graph.node("QLinearConv", name + BYTES, inputs, settings);
    bytes.put(name, ranges.get(name));
  }

  /**
   * The weights, multiplied by the scales of the outputs, which the bias is too, over the inputs'.
   */
  private FloatBuffer scaled(Int8Plan.Step.Convolution step, OnnxTensor kernel, float[] bias)
      throws IOException {
    FloatBuffer numbers = kernel.floats(source);
    float[] inputScales = activations.scales().get(step.node().input(0));
    float[] outputScales = activations.scales().get(step.output());
    if (inputScales == null && outputScales == null) {
      return numbers;
    }
    int outputs = kernel.sizes()[0];
    int inputs = kernel.sizes()[1];
    int places = kernel.sizes()[2] * kernel.sizes()[3];
    int outputsOfGroup = outputs / (int) step.node().number("group", 1);
    float[] scaled = new float[numbers.remaining()];
    for (int o = 0; o < outputs; o++) {
      float output = outputScales == null ? 1 : outputScales[o];
      for (int i = 0; i < inputs; i++) {
        float scale =
            inputScales == null ? output : output / inputScales[o / outputsOfGroup * inputs + i];
        for (int p = 0; p < places; p++) {
          int at = (o * inputs + i) * places + p;
          scaled[at] = numbers.get(at) * scale;
        }
      }
      if (bias.length > 0) {
        bias[o] *= output;
      }
    }
    return FloatBuffer.wrap(scaled);
  }

  /**
   * Takes what rounding of the weights adds to the mean of each output off the bias (Nagel et al.,
   * Data-Free Quantization through Weight Equalization and Bias Correction, ICCV 2019, section 4.2,
   * with the inputs' means as seen).
   */
  private float[] corrected(
      OnnxNode node, FloatBuffer numbers, ByteBuffer rows, float[] scales, float[] bias) {
    ChannelMeans mean = activations.means().get(node.input(0));
    int outputs = scales.length;
    int[] sizes = model.constant(node.input(1)).orElseThrow().sizes();
    int inputs = sizes[1];
    int places = sizes[2] * sizes[3];
    int outputsOfGroup = outputs / (int) node.number("group", 1);
    float[] corrected = bias.length > 0 ? bias : new float[outputs];
    for (int o = 0; o < outputs; o++) {
      double shift = 0;
      for (int i = 0; i < inputs; i++) {
        double rounding = 0;
        for (int p = 0; p < places; p++) {
          int at = (o * inputs + i) * places + p;
          rounding += (double) rows.get(at) * scales[o] - numbers.get(at);
        }
        shift += rounding * mean.mean(o / outputsOfGroup * inputs + i);
      }
      corrected[o] -= (float) shift;
    }
    return corrected;
  }

  private float[] bias(OnnxNode node) throws IOException {
    if (node.input(2).isEmpty()) {
      return new float[0];
    }
    FloatBuffer numbers = model.constant(node.input(2)).orElseThrow().floats(source);
    float[] bias = new float[numbers.remaining()];
    numbers.get(bias);
    return bias;
  }

  private void sum(Int8Plan.Step.Sum step) {
    String name = step.output();
    List<String> inputs = new ArrayList<>(inBytes(step.node().input(0)));
    inputs.addAll(inBytes(step.node().input(1)));
    inputs.addAll(parts(name, ranges.get(name)).subList(1, 3));
    graph.runtimeNode("QLinearAdd", name + BYTES, inputs);
    bytes.put(name, ranges.get(name));
  }

  private void product(OnnxNode node) throws IOException {
    OnnxTensor matrix = model.constant(node.input(1)).orElseThrow();
    FloatBuffer numbers = matrix.floats(source);
    boolean transposed = node.is("Gemm") && node.number("transB", 0) != 0;
    int outputs = matrix.sizes()[transposed ? 0 : 1];
    int rows = matrix.sizes()[transposed ? 1 : 0];
    List<String> input = inBytes(node.input(0));
    float inputScale = bytes.get(node.input(0)).scale();
    float[] scales =
        Int8Weights.scales(
            Int8Weights.largest(numbers, outputs, !transposed), new float[0], inputScale);
    String name = node.output();
    weights.begin();
    for (int from = 0; from < rows; from += ROWS) {
      int to = Math.min(rows, from + ROWS);
      weights.append(Int8Weights.columns(numbers, transposed, rows, from, to, scales));
    }
    graph.weights(
        name + "/int8-kernel", ElementType.INT8, new int[] {rows, outputs}, weights.end());
    for (int o = 0; o < outputs; o++) {
      scales[o] *= inputScale;
    }
    constant(name + "/int8-scales", scales);
    boolean biased = node.is("Gemm") && !node.input(2).isEmpty();
    graph.node(
        "MatMulInteger",
        name + "/int8-sums",
        List.of(input.get(0), name + "/int8-kernel", input.get(2), ZERO_WEIGHT));
    graph.node(
        "Cast",
        name + "/int8-real",
        List.of(name + "/int8-sums"),
        OnnxGraph.number("to", ElementType.FLOAT.code()));
    String scaled = biased ? name + "/int8-scaled" : name;
    graph.node("Mul", scaled, List.of(name + "/int8-real", name + "/int8-scales"));
    if (biased) {
      inFloats(node.input(2));
      graph.node("Add", name, List.of(scaled, node.input(2)));
    }
    floats.add(name);
  }

  private void move(OnnxNode node) throws IOException {
    List<String> inputs = new ArrayList<>(node.inputs());
    inputs.set(0, node.input(0) + BYTES);
    for (String other : inputs.subList(1, inputs.size())) {
      inFloats(other);
    }
    graph.copy(node, inputs, node.output() + BYTES);
    ActivationRange range = bytes.get(node.input(0));
    bytes.put(node.output(), range);
    sharedRange.put(node.output(), owner(node.input(0)));
  }

  private void copy(OnnxNode node) throws IOException {
    for (String input : node.inputs()) {
      inFloats(input);
    }
    graph.copy(node);
    floats.addAll(node.outputs());
  }

  /** Bytes, scale and zero of a tensor, which is quantised if it is not yet. */
  private List<String> inBytes(String tensor) {
    if (!bytes.containsKey(tensor)) {
      bytes.put(tensor, ranges.get(tensor));
      List<String> parts = parts(tensor, ranges.get(tensor));
      graph.node("QuantizeLinear", parts.get(0), List.of(tensor, parts.get(1), parts.get(2)));
      return parts;
    }
    return parts(tensor, bytes.get(tensor));
  }

  /** Makes a tensor there is in bytes, or a constant, available as it is called. */
  private void inFloats(String tensor) throws IOException {
    if (tensor.isEmpty() || !floats.add(tensor)) {
      return;
    }
    if (bytes.containsKey(tensor)) {
      graph.node("DequantizeLinear", tensor, parts(tensor, bytes.get(tensor)));
      return;
    }
    OnnxTensor constant = model.tensors().get(tensor);
    if (constant == null || constant.external().isEmpty()) {
      if (constant != null) {
        graph.copy(constant);
      }
      return;
    }
    ElementType type = ElementType.of(constant.type());
    weights.begin();
    weights.append(constant.bytes(source, type.bytes()));
    graph.weights(tensor, type, constant.sizes(), weights.end());
  }

  /** The tensor that a tensor has its range from, which is itself unless it was moved. */
  private String owner(String tensor) {
    return sharedRange.getOrDefault(tensor, tensor);
  }

  /** Names of a tensor's bytes, scale and zero. */
  private List<String> parts(String tensor, ActivationRange range) {
    String scale = owner(tensor) + "/int8-scale";
    String zero = owner(tensor) + "/int8-zero";
    if (constants.add(owner(tensor))) {
      graph.constant(scale, ElementType.FLOAT, SCALAR, array(range.scale()));
      graph.constant(zero, ElementType.UINT8, SCALAR, new byte[] {(byte) range.zero()});
    }
    return List.of(tensor + BYTES, scale, zero);
  }

  private void constant(String name, float[] values) {
    graph.constant(name, ElementType.FLOAT, new int[] {values.length}, array(values));
  }

  private void constant(String name, int[] values) {
    ByteBuffer array =
        ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    array.asIntBuffer().put(values);
    graph.constant(name, ElementType.INT32, new int[] {values.length}, array.array());
  }

  private static byte[] array(float... values) {
    ByteBuffer array =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    array.asFloatBuffer().put(values);
    return array.array();
  }
}
