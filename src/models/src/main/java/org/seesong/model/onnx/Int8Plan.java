package org.seesong.model.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which operations of a network are computed in bytes: convolutions with the ReLU behind them, sums
 * of activations, products with constant matrices, and what only moves numbers. All else stays
 * float32.
 */
final class Int8Plan {
  /** Smaller matrices gain nothing. */
  private static final long LEAST_WEIGHTS = 1024;

  /** Operations that give of bytes what they give of floats. */
  private static final Set<String> MOVES =
      Set.of("MaxPool", "Transpose", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Identity");

  /** {@code MaxPool} takes bytes since then. */
  private static final long BYTES_SINCE = 12;

  private final OnnxModel model;
  private final Map<String, List<OnnxNode>> consumers = new HashMap<>();
  private final Set<String> outputs = new HashSet<>();
  private final Set<OnnxNode> fused = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> inBytes = new HashSet<>();
  private final Set<String> ranges = new LinkedHashSet<>();
  private final Map<String, Integer> channels = new TreeMap<>();
  private final List<Step> steps = new ArrayList<>();

  /** One operation, and how it is computed. */
  sealed interface Step {
    /** The operation. */
    OnnxNode node();

    /**
     * {@code QLinearConv}.
     *
     * @param output the convolution's output, or that of the ReLU behind it
     */
    record Convolution(OnnxNode node, String output) implements Step {}

    /**
     * {@code QLinearAdd}.
     *
     * @param output the sum's output, or that of the ReLU behind it
     */
    record Sum(OnnxNode node, String output) implements Step {}

    /** {@code MatMulInteger}, whose result is float32. */
    record Product(OnnxNode node) implements Step {}

    /** The same operation on bytes. */
    record Move(OnnxNode node) implements Step {}

    /** The same operation on floats. */
    record Copy(OnnxNode node) implements Step {}
  }

  private Int8Plan(OnnxModel model) {
    this.model = model;
    for (OnnxNode node : model.nodes()) {
      node.inputs()
          .forEach(input -> consumers.computeIfAbsent(input, i -> new ArrayList<>()).add(node));
    }
    model.outputs().forEach(output -> outputs.add(output.name()));
  }

  /**
   * Plans a network.
   *
   * @throws IllegalArgumentException if it cannot be quantised, with the reason
   */
  static Int8Plan of(OnnxModel model) {
    Int8Plan plan = new Int8Plan(model);
    Map<String, Integer> kept = new TreeMap<>();
    for (OnnxNode node : model.nodes()) {
      if (node.hasGraph()) {
        throw new IllegalArgumentException(
            "operation " + node.operation() + " holds a graph of its own");
      }
      if (node.operation().contains("Quantize") || node.operation().startsWith("QLinear")) {
        throw new IllegalArgumentException(
            "it is quantised already; import it without --precision int8");
      }
      if (!plan.fused.contains(node)) {
        Step step = plan.step(node);
        plan.steps.add(step);
        if (step instanceof Step.Copy) {
          kept.merge(node.operation(), 1, Integer::sum);
        }
      }
    }
    if (plan.steps.stream().noneMatch(step -> step instanceof Step.Convolution)
        && plan.steps.stream().noneMatch(step -> step instanceof Step.Product)) {
      throw new IllegalArgumentException(
          "it has no convolution or product with constant weights; it has: " + kept);
    }
    return plan;
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }

  /** Tensors whose range must be known. */
  Set<String> ranges() {
    return Collections.unmodifiableSet(ranges);
  }

  /**
   * Outputs of convolutions that only depthwise convolutions take, with their channels. Scales of
   * those channels cost the weights nothing, as each has weights, and a scale of these, of its own.
   */
  Map<String, Integer> scaled() {
    Map<String, Integer> scaled = new TreeMap<>();
    for (Step step : steps) {
      if (step instanceof Step.Convolution convolution) {
        List<OnnxNode> next = consumers.getOrDefault(convolution.output(), List.of());
        boolean depthwise = !next.isEmpty() && next.stream().allMatch(this::isDepthwise);
        if (depthwise && !outputs.contains(convolution.output())) {
          scaled.put(convolution.output(), kernel(step.node()).sizes()[0]);
        }
      }
    }
    return scaled;
  }

  /** Inputs of convolutions and products, whose means must be known, with their channels. */
  Map<String, Integer> channels() {
    return Collections.unmodifiableMap(channels);
  }

  private Step step(OnnxNode node) {
    if (isConvolution(node)) {
      need(node.input(0));
      int each = kernel(node).sizes()[1];
      channels.put(node.input(0), Math.toIntExact(each * node.number("group", 1)));
      return new Step.Convolution(node, give(node));
    }
    if (isProduct(node)) {
      need(node.input(0));
      return new Step.Product(node);
    }
    if (node.is("Add") && inBytes.contains(node.input(0)) && inBytes.contains(node.input(1))) {
      return new Step.Sum(node, give(node));
    }
    boolean moves =
        node.domain().isEmpty()
            && MOVES.contains(node.operation())
            && node.outputs().size() == 1
            && model.operatorSet() >= BYTES_SINCE
            && inBytes.contains(node.input(0));
    if (moves) {
      inBytes.add(node.output());
      return new Step.Move(node);
    }
    return new Step.Copy(node);
  }

  private void need(String input) {
    if (inBytes.add(input)) {
      ranges.add(input);
    }
  }

  /** An output in bytes; a ReLU behind it is computed by the range, which then begins at 0. */
  private String give(OnnxNode node) {
    String output = node.output();
    List<OnnxNode> next = consumers.getOrDefault(output, List.of());
    if (next.size() == 1 && !outputs.contains(output) && isRelu(next.get(0))) {
      fused.add(next.get(0));
      output = next.get(0).output();
    }
    inBytes.add(output);
    ranges.add(output);
    return output;
  }

  /** Or ReLU6, whose upper end is the range's. */
  private boolean isRelu(OnnxNode node) {
    if (node.is("Relu")) {
      return true;
    }
    if (!node.is("Clip") || node.inputs().size() < 2) {
      return node.is("Clip") && node.real("min", -1) == 0;
    }
    return model.constant(node.input(1)).filter(Int8Plan::isZero).isPresent();
  }

  private static boolean isZero(OnnxTensor tensor) {
    return tensor.isFloat()
        && tensor.size() == 1
        && tensor.content().remaining() == Float.BYTES
        && tensor.content().getInt(tensor.content().position()) == 0;
  }

  private boolean isConvolution(OnnxNode node) {
    return node.is("Conv")
        && weights(node.input(1)).filter(w -> w.shape().size() == 4).isPresent()
        && (node.input(2).isEmpty() || weights(node.input(2)).isPresent());
  }

  private boolean isDepthwise(OnnxNode node) {
    return isConvolution(node) && kernel(node).sizes()[1] == 1;
  }

  private OnnxTensor kernel(OnnxNode node) {
    return model.constant(node.input(1)).orElseThrow();
  }

  private boolean isProduct(OnnxNode node) {
    boolean gemm =
        node.is("Gemm")
            && node.number("transA", 0) == 0
            && node.real("alpha", 1) == 1
            && node.real("beta", 1) == 1;
    if (!gemm && !node.is("MatMul")) {
      return false;
    }
    boolean large =
        weights(node.input(1))
            .filter(w -> w.shape().size() == 2 && w.size() >= LEAST_WEIGHTS)
            .isPresent();
    // Class probabilities are told by small differences.
    List<OnnxNode> next = consumers.getOrDefault(node.output(), List.of());
    return large && next.stream().noneMatch(behind -> behind.is("Softmax"));
  }

  private Optional<OnnxTensor> weights(String name) {
    return model.constant(name).filter(OnnxTensor::isFloat);
  }
}
