package org.seesong.model.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.seesong.model.WeightsException;

/**
 * Reads an ONNX file by the field numbers of {@code onnx.proto}. The file is mapped; what it says
 * is not believed: every length is checked against what is there.
 */
final class OnnxReader {
  /** More than any network has, and few enough for the heap. */
  private static final int MOST_NODES = 1_000_000;

  private static final int MOST_NESTED = 16;

  private final Path file;
  private final List<OnnxNode> nodes = new ArrayList<>();
  private final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
  private final List<OnnxValue> inputs = new ArrayList<>();
  private final List<OnnxValue> outputs = new ArrayList<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Set<String> otherFiles = new TreeSet<>();
  private long operatorSet;
  private boolean graphSeen;
  private int nodeCount;

  OnnxReader(Path file) {
    this.file = file;
  }

  OnnxModel read() throws IOException {
    ByteBuffer bytes;
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new WeightsException(
            file, "has over 2 GB; export it with its weights in a file of their own");
      }
      bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    }
    try {
      model(bytes);
    } catch (InvalidProtocolBufferException | IllegalArgumentException | ArithmeticException e) {
      throw new WeightsException(file, "is damaged or no ONNX file (" + e.getMessage() + ")", e);
    } catch (InternalError e) {
      // What the JVM throws when a mapped file is cut short by somebody else.
      throw new IOException(file + " was changed while it was read", e);
    }
    if (!graphSeen || operatorSet == 0) {
      throw new WeightsException(file, "is no ONNX file: it has no graph or no operator set");
    }
    return new OnnxModel(operatorSet, nodes, tensors, inputs, outputs, metadata, otherFiles);
  }

  /** Gets the fields of a message one by one. */
  @FunctionalInterface
  private interface Fields {
    void field(int number, Field field) throws IOException;
  }

  /**
   * A field's value.
   *
   * @param number of a varint or the bits of a fixed one
   * @param bytes of anything with a length; empty otherwise
   * @param packed whether it has a length
   */
  private record Field(long number, ByteBuffer bytes, boolean packed) {
    String text() {
      return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    float real() {
      return Float.intBitsToFloat((int) number);
    }
  }

  private static void each(ByteBuffer message, Fields fields) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(message.duplicate());
    ByteBuffer none = ByteBuffer.allocate(0);
    while (!in.isAtEnd()) {
      int tag = in.readTag();
      int number = WireFormat.getTagFieldNumber(tag);
      switch (WireFormat.getTagWireType(tag)) {
        case WireFormat.WIRETYPE_VARINT ->
            fields.field(number, new Field(in.readRawVarint64(), none, false));
        case WireFormat.WIRETYPE_FIXED32 ->
            fields.field(number, new Field(in.readRawLittleEndian32(), none, false));
        case WireFormat.WIRETYPE_FIXED64 ->
            fields.field(number, new Field(in.readRawLittleEndian64(), none, false));
        case WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
          int length = in.readRawVarint32();
          int start = message.position() + in.getTotalBytesRead();
          if (length < 0 || length > message.limit() - start) {
            throw new InvalidProtocolBufferException("it ends early");
          }
          in.skipRawBytes(length);
          fields.field(
              number,
              new Field(
                  0, message.duplicate().position(start).limit(start + length).slice(), true));
        }
        default -> throw new InvalidProtocolBufferException("it has a field of an unknown kind");
      }
    }
  }

  private void model(ByteBuffer bytes) throws IOException {
    each(
        bytes,
        (number, field) -> {
          switch (number) {
            case 7 -> graph(field.bytes(), 0);
            case 8 -> operators(field.bytes());
            case 14 -> entry(field.bytes(), metadata);
            default -> {}
          }
        });
  }

  private void operators(ByteBuffer bytes) throws IOException {
    String[] domain = {""};
    long[] version = {0};
    each(
        bytes,
        (number, field) -> {
          if (number == 1) {
            domain[0] = field.text();
          } else if (number == 2) {
            version[0] = field.number();
          }
        });
    if (domain[0].isEmpty() || domain[0].equals("ai.onnx")) {
      operatorSet = version[0];
    }
  }

  private static void entry(ByteBuffer bytes, Map<String, String> into) throws IOException {
    String[] pair = {"", ""};
    each(
        bytes,
        (number, field) -> {
          if (number == 1 || number == 2) {
            pair[number - 1] = field.text();
          }
        });
    into.put(pair[0], pair[1]);
  }

  /** Of graphs within the graph only the names of other files count. */
  private void graph(ByteBuffer bytes, int depth) throws IOException {
    if (depth > MOST_NESTED) {
      throw new InvalidProtocolBufferException("graphs are nested too deep");
    }
    boolean top = depth == 0;
    graphSeen |= top;
    each(
        bytes,
        (number, field) -> {
          switch (number) {
            case 1 -> {
              OnnxNode node = node(field.bytes(), depth);
              if (top) {
                nodes.add(node);
              }
            }
            case 5 -> {
              OnnxTensor tensor = tensor(field.bytes());
              if (top) {
                tensors.put(tensor.name(), tensor);
              }
            }
            case 11, 12 -> {
              if (top) {
                (number == 11 ? inputs : outputs).add(value(field.bytes()));
              }
            }
            default -> {}
          }
        });
  }

  private OnnxNode node(ByteBuffer bytes, int depth) throws IOException {
    if (++nodeCount > MOST_NODES) {
      throw new InvalidProtocolBufferException("it has over " + MOST_NODES + " operations");
    }
    List<String> in = new ArrayList<>();
    List<String> out = new ArrayList<>();
    String[] names = {"", ""};
    Map<String, OnnxNode.Setting> settings = new HashMap<>();
    List<ByteBuffer> described = new ArrayList<>();
    each(
        bytes,
        (number, field) -> {
          switch (number) {
            case 1 -> in.add(field.text());
            case 2 -> out.add(field.text());
            case 4 -> names[0] = field.text();
            case 5 -> {
              setting(field.bytes(), settings, depth);
              described.add(field.bytes());
            }
            case 7 -> names[1] = field.text();
            default -> {}
          }
        });
    if (out.isEmpty()) {
      throw new InvalidProtocolBufferException("an operation has no output");
    }
    String domain = names[1].equals("ai.onnx") ? "" : names[1];
    return new OnnxNode(domain, names[0], in, out, settings, described, bytes);
  }

  private void setting(ByteBuffer bytes, Map<String, OnnxNode.Setting> into, int depth)
      throws IOException {
    String[] texts = {"", ""};
    long[] number = {0};
    float[] real = {0};
    List<Long> numbers = new ArrayList<>();
    OnnxTensor[] tensor = {null};
    boolean[] graph = {false};
    each(
        bytes,
        (id, field) -> {
          switch (id) {
            case 1 -> texts[0] = field.text();
            case 2 -> real[0] = field.real();
            case 3 -> number[0] = field.number();
            case 4 -> texts[1] = field.text();
            case 5 -> tensor[0] = tensor(field.bytes());
            case 6, 11 -> {
              graph[0] = true;
              graph(field.bytes(), depth + 1);
            }
            case 8 -> longs(field, numbers);
            case 10 -> tensor(field.bytes());
            default -> {}
          }
        });
    into.put(
        texts[0],
        new OnnxNode.Setting(
            number[0], real[0], texts[1], numbers, Optional.ofNullable(tensor[0]), graph[0]));
  }

  private static void longs(Field field, List<Long> into) throws IOException {
    if (!field.packed()) {
      into.add(field.number());
      return;
    }
    CodedInputStream in = CodedInputStream.newInstance(field.bytes().duplicate());
    while (!in.isAtEnd()) {
      into.add(in.readRawVarint64());
    }
  }

  private OnnxTensor tensor(ByteBuffer bytes) throws IOException {
    List<Long> shape = new ArrayList<>();
    String[] name = {""};
    int[] type = {0};
    ByteBuffer[] content = {ByteBuffer.allocate(0)};
    Map<String, String> external = new HashMap<>();
    List<Float> few = new ArrayList<>();
    each(
        bytes,
        (number, field) -> {
          switch (number) {
            case 1 -> longs(field, shape);
            case 2 -> type[0] = (int) field.number();
            case 4 -> {
              // Floats of their own field: packed they lie as the raw ones do.
              if (field.packed()) {
                content[0] = field.bytes();
              } else {
                few.add(field.real());
              }
            }
            case 8 -> name[0] = field.text();
            case 9 -> content[0] = field.bytes();
            case 13 -> entry(field.bytes(), external);
            default -> {}
          }
        });
    if (shape.stream().anyMatch(size -> size < 0)) {
      throw new InvalidProtocolBufferException("tensor '" + name[0] + "' has a negative size");
    }
    if (!few.isEmpty()) {
      ByteBuffer written =
          ByteBuffer.allocate(few.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      few.forEach(written::putFloat);
      content[0] = written.flip();
    }
    if (!external.isEmpty()) {
      String location = external.getOrDefault("location", "");
      if (!isBelow(location)) {
        throw new InvalidProtocolBufferException(
            "tensor '" + name[0] + "' lies in '" + location + "', outside of the model's folder");
      }
      otherFiles.add(location);
    }
    OnnxTensor tensor = new OnnxTensor(name[0], type[0], shape, content[0], external, bytes);
    if (tensor.size() > Integer.MAX_VALUE) {
      throw new InvalidProtocolBufferException("tensor '" + name[0] + "' is too large");
    }
    return tensor;
  }

  /** Whether a path leads to something in the folder it is relative to. */
  private static boolean isBelow(String location) {
    try {
      Path path = Path.of(location);
      return !location.isEmpty()
          && !location.contains("\\")
          && !path.isAbsolute()
          && path.normalize().equals(path)
          && !path.startsWith("..");
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static OnnxValue value(ByteBuffer bytes) throws IOException {
    String[] name = {""};
    int[] type = {0};
    boolean[] shaped = {false};
    List<Long> sizes = new ArrayList<>();
    Fields dimension =
        (number, field) -> {
          if (number == 1) {
            sizes.set(sizes.size() - 1, field.number());
          }
        };
    Fields shape =
        (number, field) -> {
          if (number == 1) {
            sizes.add(-1L);
            each(field.bytes(), dimension);
          }
        };
    Fields tensor =
        (number, field) -> {
          if (number == 1) {
            type[0] = (int) field.number();
          } else if (number == 2) {
            shaped[0] = true;
            each(field.bytes(), shape);
          }
        };
    each(
        bytes,
        (number, field) -> {
          if (number == 1) {
            name[0] = field.text();
          } else if (number == 2) {
            each(
                field.bytes(),
                (kind, of) -> {
                  if (kind == 1) {
                    each(of.bytes(), tensor);
                  }
                });
          }
        });
    return new OnnxValue(name[0], type[0], shaped[0], sizes, bytes);
  }
}
