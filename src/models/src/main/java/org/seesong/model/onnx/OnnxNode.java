package org.seesong.model.onnx;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An operation as a file describes it.
 *
 * @param domain who defines the operation; empty for ONNX
 * @param operation such as {@code Conv}
 * @param inputs names of its inputs; an empty one is left out
 * @param outputs names of its outputs
 * @param attributes its settings by name
 * @param settings descriptions of the attributes
 * @param message the description itself
 */
record OnnxNode(
    String domain,
    String operation,
    List<String> inputs,
    List<String> outputs,
    Map<String, Setting> attributes,
    List<ByteBuffer> settings,
    ByteBuffer message) {
  OnnxNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = Map.copyOf(attributes);
    settings = List.copyOf(settings);
  }

  /**
   * A setting's value, of which one part is set.
   *
   * @param number a whole number
   * @param real a float
   * @param text a text
   * @param numbers whole numbers
   * @param tensor a tensor
   * @param graph whether it is a graph
   */
  record Setting(
      long number,
      float real,
      String text,
      List<Long> numbers,
      Optional<OnnxTensor> tensor,
      boolean graph) {
    Setting {
      numbers = List.copyOf(numbers);
    }
  }

  boolean is(String other) {
    return domain.isEmpty() && operation.equals(other);
  }

  /** An input's name; empty if it is left out. */
  String input(int number) {
    return number < inputs.size() ? inputs.get(number) : "";
  }

  String output() {
    return outputs.get(0);
  }

  long number(String name, long byDefault) {
    Setting found = attributes.get(name);
    return found == null ? byDefault : found.number();
  }

  float real(String name, float byDefault) {
    Setting found = attributes.get(name);
    return found == null ? byDefault : found.real();
  }

  List<Long> numbers(String name) {
    Setting found = attributes.get(name);
    return found == null ? List.of() : found.numbers();
  }

  String text(String name) {
    Setting found = attributes.get(name);
    return found == null ? "" : found.text();
  }

  boolean hasGraph() {
    return attributes.values().stream().anyMatch(Setting::graph);
  }
}
