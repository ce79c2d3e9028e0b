package org.seesong.encoder;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Cuts what nobody reads from a BERT-like network of bytes whose first token's vector is the
 * text's: its last layer compares the first token alone with all, and computes what follows for it
 * alone. Of a network of four layers that saves a fifth of the work.
 *
 * <p>The numbers of the fields are those of {@code onnx.proto}.
 */
final class FirstTokenNetwork {
  private static final int GRAPH = 7;
  private static final int NODES = 1;
  private static final int TENSORS = 5;
  private static final int INPUTS = 1;
  private static final int OUTPUTS = 2;
  private static final int NAME = 3;
  private static final int OPERATION = 4;
  private static final int ATTRIBUTES = 5;

  private static final String FIRST = "seesong_first_token";

  private final Map<String, Node> makers = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();

  private FirstTokenNetwork(List<ByteString> messages) throws InvalidProtocolBufferException {
    for (ByteString message : messages) {
      Node node = new Node(UnknownFieldSet.parseFrom(message));
      nodes.add(node);
      node.texts(OUTPUTS).forEach(output -> makers.put(output, node));
    }
  }

  /**
   * The network that gives the first token's vector only.
   *
   * @param network an ONNX file; its one output is of shape texts x tokens x numbers
   * @return an ONNX file whose output is of shape texts x 1 x numbers, or the same one if its last
   *     layer is not as expected
   * @throws EncoderException if it is no ONNX file
   */
  static byte[] of(byte[] network) {
    try {
      UnknownFieldSet model = UnknownFieldSet.parseFrom(network);
      UnknownFieldSet graph =
          UnknownFieldSet.parseFrom(model.getField(GRAPH).getLengthDelimitedList().get(0));
      Optional<UnknownFieldSet> cut =
          new FirstTokenNetwork(graph.getField(NODES).getLengthDelimitedList()).cut(graph);
      return cut.isEmpty()
          ? network
          : with(model, GRAPH, List.of(cut.get().toByteString())).toByteArray();
    } catch (InvalidProtocolBufferException | IndexOutOfBoundsException e) {
      throw new EncoderException("the text model's network is no ONNX file", e);
    }
  }

  private Optional<UnknownFieldSet> cut(UnknownFieldSet graph) {
    Optional<Node> query =
        last(node -> node.is("Softmax")).flatMap(softmax -> before(softmax, "MatMulInteger"));
    Optional<Node> quantised =
        query
            .map(node -> makers.get(node.texts(INPUTS).get(0)))
            .filter(node -> node.is("DynamicQuantizeLinear"));
    if (quantised.isEmpty()) {
      return Optional.empty();
    }
    // The layer's input also skips its attention.
    String input = quantised.get().texts(INPUTS).get(0);
    Optional<Node> skip = last(node -> node.is("Add") && node.texts(INPUTS).contains(input));
    if (skip.isEmpty()) {
      return Optional.empty();
    }
    Map<Node, String> firstOnly =
        Map.of(query.get(), query.get().texts(INPUTS).get(0), skip.get(), input);
    List<ByteString> cut = new ArrayList<>();
    for (Node node : nodes) {
      String all = firstOnly.get(node);
      if (all != null) {
        cut.add(first(all).toByteString());
        cut.add(node.withInput(all, name(all)).toByteString());
      } else {
        cut.add(node.message.toByteString());
      }
    }
    List<ByteString> tensors = new ArrayList<>(graph.getField(TENSORS).getLengthDelimitedList());
    tensors.add(zero().toByteString());
    return Optional.of(with(with(graph, NODES, cut), TENSORS, tensors));
  }

  private Optional<Node> last(Predicate<Node> wanted) {
    return nodes.stream().filter(wanted).reduce((earlier, later) -> later);
  }

  /** Follows the first input that is computed, rather than constant, to such an operation. */
  private Optional<Node> before(Node node, String operation) {
    Node at = node;
    for (int step = 0; step < nodes.size() && at != null; step++) {
      if (at.is(operation)) {
        return Optional.of(at);
      }
      at =
          at.texts(INPUTS).stream()
              .filter(makers::containsKey)
              .findFirst()
              .map(makers::get)
              .orElse(null);
    }
    return Optional.empty();
  }

  private static String name(String all) {
    return FIRST + "_of_" + all;
  }

  private static UnknownFieldSet first(String all) {
    UnknownFieldSet axis =
        UnknownFieldSet.newBuilder()
            .addField(1, text("axis"))
            .addField(3, number(1))
            .addField(20, number(2)) // its type: a whole number
            .build();
    return UnknownFieldSet.newBuilder()
        .addField(INPUTS, texts(List.of(all, FIRST)))
        .addField(OUTPUTS, text(name(all)))
        .addField(NAME, text(name(all) + "_op"))
        .addField(OPERATION, text("Gather"))
        .addField(ATTRIBUTES, message(List.of(axis.toByteString())))
        .build();
  }

  /** The first token's place among the tokens, as a list of one. */
  private static UnknownFieldSet zero() {
    return UnknownFieldSet.newBuilder()
        .addField(1, number(1)) // one number
        .addField(2, number(7)) // of 64 bits
        .addField(7, number(0))
        .addField(8, text(FIRST))
        .build();
  }

  private static UnknownFieldSet with(UnknownFieldSet message, int field, List<ByteString> values) {
    return message.toBuilder().clearField(field).addField(field, message(values)).build();
  }

  private static Field message(List<ByteString> values) {
    Field.Builder field = Field.newBuilder();
    values.forEach(field::addLengthDelimited);
    return field.build();
  }

  private static Field texts(List<String> values) {
    return message(values.stream().map(ByteString::copyFromUtf8).toList());
  }

  private static Field text(String value) {
    return texts(List.of(value));
  }

  private static Field number(long value) {
    return Field.newBuilder().addVarint(value).build();
  }

  /** An operation. */
  private static final class Node {
    private final UnknownFieldSet message;

    Node(UnknownFieldSet message) {
      this.message = message;
    }

    List<String> texts(int field) {
      return message.getField(field).getLengthDelimitedList().stream()
          .map(ByteString::toStringUtf8)
          .toList();
    }

    boolean is(String operation) {
      return texts(OPERATION).contains(operation);
    }

    UnknownFieldSet withInput(String before, String after) {
      List<String> inputs =
          texts(INPUTS).stream().map(input -> input.equals(before) ? after : input).toList();
      return message.toBuilder()
          .clearField(INPUTS)
          .addField(INPUTS, FirstTokenNetwork.texts(inputs))
          .build();
    }
  }
}
