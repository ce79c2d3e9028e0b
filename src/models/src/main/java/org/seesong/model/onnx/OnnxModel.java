package org.seesong.model.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an ONNX file says of a network; nothing is run.
 *
 * @param operatorSet version of ONNX's operations
 * @param nodes the operations in an order in which they can run
 * @param tensors weights and other constants by name
 * @param inputs inputs, without those that are constants
 * @param outputs outputs
 * @param metadata facts for programs
 * @param otherFiles files that hold tensors, as the file names them
 */
record OnnxModel(
    long operatorSet,
    List<OnnxNode> nodes,
    Map<String, OnnxTensor> tensors,
    List<OnnxValue> inputs,
    List<OnnxValue> outputs,
    Map<String, String> metadata,
    Set<String> otherFiles) {
  OnnxModel {
    nodes = List.copyOf(nodes);
    tensors = Map.copyOf(tensors);
    Map<String, OnnxTensor> constants = tensors;
    inputs = inputs.stream().filter(value -> !constants.containsKey(value.name())).toList();
    outputs = List.copyOf(outputs);
    metadata = Map.copyOf(metadata);
    otherFiles = Set.copyOf(otherFiles);
  }

  /**
   * Reads a file. Weights stay where they are.
   *
   * @throws IOException if it cannot be read or is no ONNX file, with the reason
   */
  static OnnxModel read(Path file) throws IOException {
    return new OnnxReader(file).read();
  }

  /** A constant, which is a tensor of the graph or the value of an operation. */
  Optional<OnnxTensor> constant(String name) {
    OnnxTensor tensor = tensors.get(name);
    return tensor != null
        ? Optional.of(tensor)
        : nodes.stream()
            .filter(node -> node.is("Constant") && node.output().equals(name))
            .findFirst()
            .flatMap(node -> Optional.ofNullable(node.attributes().get("value")))
            .flatMap(OnnxNode.Setting::tensor);
  }

  /** "image float32 [any, 224, 224, 3], mask ...". */
  static String describe(List<OnnxValue> values) {
    return values.isEmpty()
        ? "none"
        : values.stream().map(OnnxValue::toString).collect(Collectors.joining(", "));
  }
}
