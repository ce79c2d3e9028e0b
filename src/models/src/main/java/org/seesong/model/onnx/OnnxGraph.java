package org.seesong.model.onnx;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a graph for ONNX, field by field as in {@code onnx.proto}. Large weights stay in a file of
 * their own, see {@link WeightsFile}. Not safe for several threads.
 */
public final class OnnxGraph {
  private static final int EXTERNAL = 1;
  private static final String OWN_OPERATORS = "com.microsoft";

  private final ProtoWriter graph = new ProtoWriter();
  private final ProtoWriter metadata = new ProtoWriter();

  /**
   * An empty graph.
   *
   * @param name its name
   */
  public OnnxGraph(String name) {
    graph.text(2, name);
  }

  /** A setting of an operation. */
  public static final class Attribute {
    private final ByteBuffer message;

    private Attribute(ProtoWriter message) {
      this(ByteBuffer.wrap(message.toByteArray()));
    }

    private Attribute(ByteBuffer message) {
      this.message = message;
    }
  }

  /**
   * Whole numbers, such as a kernel's shape.
   *
   * @param name the setting
   * @param values its numbers
   * @return the attribute
   */
  public static Attribute ints(String name, long... values) {
    ProtoWriter attribute = new ProtoWriter().text(1, name);
    for (long value : values) {
      attribute.number(8, value);
    }
    return new Attribute(attribute.number(20, 7));
  }

  /**
   * A whole number.
   *
   * @param name the setting
   * @param value the number
   * @return the attribute
   */
  public static Attribute number(String name, long value) {
    return new Attribute(new ProtoWriter().text(1, name).number(3, value).number(20, 2));
  }

  /**
   * A graph within, such as a loop's.
   *
   * @param name the setting
   * @param value the graph, complete
   * @return the attribute
   */
  public static Attribute body(String name, OnnxGraph value) {
    return new Attribute(new ProtoWriter().text(1, name).message(6, value.graph).number(20, 5));
  }

  /**
   * Adds an operation of ONNX whose one output has its name.
   *
   * @param operation such as {@code Conv}
   * @param name the name
   * @param inputs what it works on
   * @param attributes its settings
   * @return this
   */
  public OnnxGraph node(
      String operation, String name, List<String> inputs, Attribute... attributes) {
    return node("", operation, name, inputs, attributes);
  }

  /** Adds an operation of ONNX Runtime's own, whose one output has its name. */
  OnnxGraph runtimeNode(
      String operation, String name, List<String> inputs, Attribute... attributes) {
    return node(OWN_OPERATORS, operation, name, inputs, attributes);
  }

  /** A setting as another file has it. */
  static Attribute setting(ByteBuffer message) {
    return new Attribute(message);
  }

  private OnnxGraph node(
      String domain, String operation, String name, List<String> inputs, Attribute... attributes) {
    ProtoWriter node = new ProtoWriter();
    inputs.forEach(input -> node.text(1, input));
    node.text(2, name).text(3, name + "_op").text(4, operation);
    for (Attribute attribute : attributes) {
      node.bytes(5, attribute.message);
    }
    if (!domain.isEmpty()) {
      node.text(7, domain);
    }
    graph.message(1, node);
    return this;
  }

  /** Adds an operation as another file has it. */
  OnnxGraph copy(OnnxNode node) {
    graph.bytes(1, node.message());
    return this;
  }

  /** Adds an operation with the settings another file has, on other tensors. */
  OnnxGraph copy(OnnxNode node, List<String> inputs, String output) {
    ProtoWriter copy = new ProtoWriter();
    inputs.forEach(input -> copy.text(1, input));
    copy.text(2, output).text(3, output + "_op").text(4, node.operation());
    node.settings().forEach(setting -> copy.bytes(5, setting));
    graph.message(1, copy);
    return this;
  }

  /** Adds numbers as another file has them. */
  OnnxGraph copy(OnnxTensor tensor) {
    graph.bytes(5, tensor.message());
    return this;
  }

  /** Adds an input or output as another file has it. */
  OnnxGraph copy(OnnxValue value, boolean input) {
    graph.bytes(input ? 11 : 12, value.message());
    return this;
  }

  /**
   * Adds numbers that lie in another file.
   *
   * @param name what operations call them
   * @param type their type
   * @param shape their shape
   * @param place where they are
   * @return this
   */
  public OnnxGraph weights(String name, ElementType type, int[] shape, WeightsFile.Place place) {
    ProtoWriter tensor = shaped(shape).number(2, type.code()).text(8, name);
    tensor.message(13, entry("location", place.file()));
    tensor.message(13, entry("offset", Long.toString(place.offset())));
    tensor.message(13, entry("length", Long.toString(place.bytes())));
    graph.message(5, tensor.number(14, EXTERNAL));
    return this;
  }

  /**
   * Adds numbers in the graph itself.
   *
   * @param name what operations call them
   * @param type their type
   * @param shape their shape
   * @param bytes the numbers, little endian
   * @return this
   */
  public OnnxGraph constant(String name, ElementType type, int[] shape, byte[] bytes) {
    graph.message(5, shaped(shape).number(2, type.code()).text(8, name).bytes(9, bytes));
    return this;
  }

  private static ProtoWriter shaped(int[] shape) {
    ProtoWriter tensor = new ProtoWriter();
    for (int size : shape) {
      tensor.number(1, size);
    }
    return tensor;
  }

  private static ProtoWriter entry(String key, String value) {
    return new ProtoWriter().text(1, key).text(2, value);
  }

  /**
   * Adds a short list of whole numbers.
   *
   * @param name what operations call it
   * @param values the numbers
   * @return this
   */
  public OnnxGraph longs(String name, long... values) {
    ProtoWriter tensor = shaped(new int[] {values.length}).number(2, ElementType.INT64.code());
    for (long value : values) {
      tensor.number(7, value);
    }
    graph.message(5, tensor.text(8, name));
    return this;
  }

  /**
   * Adds an input of floats.
   *
   * @param name its name
   * @param sizes its shape; a size that is a text is any number, the same wherever it stands
   * @return this
   */
  public OnnxGraph input(String name, Object... sizes) {
    graph.message(11, value(name, sizes));
    return this;
  }

  /**
   * Adds an output of floats.
   *
   * @param name an operation's output
   * @param sizes its shape, as of {@link #input}
   * @return this
   */
  public OnnxGraph output(String name, Object... sizes) {
    graph.message(12, value(name, sizes));
    return this;
  }

  private static ProtoWriter value(String name, Object... sizes) {
    ProtoWriter shape = new ProtoWriter();
    for (Object size : sizes) {
      ProtoWriter one = new ProtoWriter();
      shape.message(
          1, size instanceof Integer number ? one.number(1, number) : one.text(2, "" + size));
    }
    ProtoWriter type = new ProtoWriter().number(1, ElementType.FLOAT.code()).message(2, shape);
    return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, type));
  }

  /**
   * Adds a fact for programs that read the file.
   *
   * @param key its name
   * @param value the fact
   * @return this
   */
  public OnnxGraph metadata(String key, String value) {
    metadata.message(14, entry(key, value));
    return this;
  }

  /**
   * The whole file.
   *
   * @param irVersion version of the format
   * @param operatorSet version of ONNX's operations
   * @return its bytes
   */
  public byte[] model(int irVersion, long operatorSet) {
    ProtoWriter head = new ProtoWriter().number(1, irVersion).text(2, "seesong").message(7, graph);
    head.message(8, new ProtoWriter().text(1, "").number(2, operatorSet));
    head.message(8, new ProtoWriter().text(1, OWN_OPERATORS).number(2, 1));
    byte[] first = head.toByteArray();
    byte[] second = metadata.toByteArray();
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  /** What makes tensors of a stored graph outputs of it, when appended to its file. */
  static byte[] moreOutputs(Iterable<String> tensors) {
    ProtoWriter more = new ProtoWriter();
    ProtoWriter type = new ProtoWriter().number(1, ElementType.FLOAT.code());
    for (String tensor : tensors) {
      more.message(
          12, new ProtoWriter().text(1, tensor).message(2, new ProtoWriter().message(1, type)));
    }
    // Parts of one message may come one after the other: a reader puts them together.
    return new ProtoWriter().message(7, more).toByteArray();
  }
}
