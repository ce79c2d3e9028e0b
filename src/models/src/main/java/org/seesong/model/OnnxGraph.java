package org.seesong.model;

import java.util.List;

/**
 * Writes a graph for ONNX, field by field as in {@code onnx.proto}. Holds descriptions only;
 * weights stay in a file of their own.
 */
final class OnnxGraph {
  private static final int FLOAT = 1;
  private static final int LONG = 7;
  private static final int EXTERNAL = 1;

  private final ProtoWriter graph = new ProtoWriter();

  OnnxGraph(String name) {
    graph.text(2, name);
  }

  /** An operation whose one output has its name. */
  OnnxGraph node(String operation, String name, List<String> inputs, ProtoWriter... attributes) {
    ProtoWriter node = new ProtoWriter();
    inputs.forEach(input -> node.text(1, input));
    node.text(2, name).text(3, name + "_op").text(4, operation);
    for (ProtoWriter attribute : attributes) {
      node.message(5, attribute);
    }
    graph.message(1, node);
    return this;
  }

  /** Floats that lie in another file. */
  OnnxGraph weights(String name, int[] shape, String file, long offset, long bytes) {
    ProtoWriter tensor = new ProtoWriter();
    for (int size : shape) {
      tensor.number(1, size);
    }
    tensor.number(2, FLOAT).text(8, name);
    tensor.message(13, entry("location", file));
    tensor.message(13, entry("offset", Long.toString(offset)));
    tensor.message(13, entry("length", Long.toString(bytes)));
    graph.message(5, tensor.number(14, EXTERNAL));
    return this;
  }

  private static ProtoWriter entry(String key, String value) {
    return new ProtoWriter().text(1, key).text(2, value);
  }

  /** A short list of whole numbers. */
  OnnxGraph longs(String name, long... values) {
    ProtoWriter tensor = new ProtoWriter().number(1, values.length).number(2, LONG);
    for (long value : values) {
      tensor.number(7, value);
    }
    graph.message(5, tensor.text(8, name));
    return this;
  }

  OnnxGraph input(String name, Object... sizes) {
    graph.message(11, value(name, sizes));
    return this;
  }

  OnnxGraph output(String name, Object... sizes) {
    graph.message(12, value(name, sizes));
    return this;
  }

  /** Floats of some shape; a size that is a text is any number, the same wherever it stands. */
  private static ProtoWriter value(String name, Object... sizes) {
    ProtoWriter shape = new ProtoWriter();
    for (Object size : sizes) {
      ProtoWriter one = new ProtoWriter();
      shape.message(
          1, size instanceof Integer number ? one.number(1, number) : one.text(2, "" + size));
    }
    ProtoWriter type = new ProtoWriter().number(1, FLOAT).message(2, shape);
    return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, type));
  }

  static ProtoWriter ints(String name, int... values) {
    ProtoWriter attribute = new ProtoWriter().text(1, name);
    for (int value : values) {
      attribute.number(8, value);
    }
    return attribute.number(20, 7);
  }

  static ProtoWriter number(String name, int value) {
    return new ProtoWriter().text(1, name).number(3, value).number(20, 2);
  }

  static ProtoWriter body(String name, OnnxGraph value) {
    return new ProtoWriter().text(1, name).message(6, value.graph).number(20, 5);
  }

  /** The whole file. */
  byte[] model(int irVersion, int operatorSet) {
    return new ProtoWriter()
        .number(1, irVersion)
        .text(2, "seesong")
        .message(7, graph)
        .message(8, new ProtoWriter().text(1, "").number(2, operatorSet))
        .toByteArray();
  }
}
