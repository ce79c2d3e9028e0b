package org.seesong.model.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Computes a quantised network of the VGG family by the definitions of ONNX's operators, in plain
 * loops over integers: what the runtime must give.
 */
public final class PlainInt8 {
  private final OnnxModel model;
  private final Path folder;
  private final Map<String, Tensor> tensors = new HashMap<>();

  private PlainInt8(Path folder) throws IOException {
    this.folder = folder;
    this.model = OnnxModel.read(folder.resolve("model.onnx"));
    for (OnnxTensor tensor : model.tensors().values()) {
      tensors.put(tensor.name(), read(tensor));
    }
  }

  /** Numbers of any type, which doubles hold exactly, and their shape. */
  private record Tensor(int[] shape, double[] values) {
    float scalar() {
      return (float) values[0];
    }

    int size(int axis) {
      return shape[axis];
    }
  }

  /** The output for one picture of (side, side, 3), as it is fed. */
  public static float[] run(Path folder, float[] picture, int side) throws IOException {
    PlainInt8 network = new PlainInt8(folder);
    double[] values = new double[picture.length];
    Arrays.setAll(values, i -> picture[i]);
    network.tensors.put(
        network.model.inputs().get(0).name(), new Tensor(new int[] {1, side, side, 3}, values));
    for (OnnxNode node : network.model.nodes()) {
      network.tensors.put(node.output(), network.compute(node));
    }
    double[] output = network.tensors.get(network.model.outputs().get(0).name()).values();
    float[] floats = new float[output.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) output[i];
    }
    return floats;
  }

  private Tensor read(OnnxTensor tensor) throws IOException {
    if (tensor.type() == ElementType.INT64.code()) {
      return new Tensor(new int[0], new double[0]);
    }
    ElementType type = ElementType.of(tensor.type());
    ByteBuffer bytes = tensor.bytes(folder, type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[Math.toIntExact(tensor.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case FLOAT -> bytes.getFloat();
            case UINT8 -> bytes.get() & 0xff;
            case INT8 -> bytes.get();
            case INT32 -> bytes.getInt();
            case INT64 -> throw new AssertionError();
          };
    }
    return new Tensor(tensor.sizes(), values);
  }

  private Tensor in(OnnxNode node, int number) {
    return tensors.get(node.input(number));
  }

  private Tensor compute(OnnxNode node) {
    Tensor first = in(node, 0);
    return switch (node.operation()) {
      case "QuantizeLinear" ->
          map(
              first,
              v -> clamp(Math.rint((float) v / in(node, 1).scalar()) + in(node, 2).scalar()));
      case "DequantizeLinear" ->
          map(first, v -> (float) (v - in(node, 2).scalar()) * in(node, 1).scalar());
      case "Transpose" ->
          transpose(first, node.numbers("perm").stream().mapToInt(Long::intValue).toArray());
      case "Flatten" -> new Tensor(new int[] {1, first.values().length}, first.values());
      case "MaxPool" -> pool(first);
      case "QLinearConv" -> convolve(node);
      case "MatMulInteger" -> multiply(node);
      case "Cast" -> map(first, v -> (float) v);
      case "Relu" -> map(first, v -> Math.max(0, v));
      case "Mul" -> with(first, in(node, 1), (a, b) -> (float) a * (float) b);
      case "Add" -> with(first, in(node, 1), (a, b) -> (float) a + (float) b);
      default -> throw new IllegalArgumentException("unknown operation " + node.operation());
    };
  }

  private static double clamp(double value) {
    return Math.max(0, Math.min(255, value));
  }

  private static Tensor map(Tensor in, java.util.function.DoubleUnaryOperator f) {
    return new Tensor(in.shape(), Arrays.stream(in.values()).map(f).toArray());
  }

  private static Tensor with(Tensor in, Tensor row, java.util.function.DoubleBinaryOperator f) {
    double[] out = new double[in.values().length];
    for (int i = 0; i < out.length; i++) {
      out[i] = f.applyAsDouble(in.values()[i], row.values()[i % row.values().length]);
    }
    return new Tensor(in.shape(), out);
  }

  private static Tensor transpose(Tensor in, int[] perm) {
    int[] shape = Arrays.stream(perm).map(in::size).toArray();
    int[] stride = new int[4];
    for (int axis = 3, step = 1; axis >= 0; step *= in.size(axis), axis--) {
      stride[axis] = step;
    }
    double[] out = new double[in.values().length];
    for (int i = 0; i < out.length; i++) {
      int rest = i;
      int from = 0;
      for (int axis = 3; axis >= 0; axis--) {
        from += rest % shape[axis] * stride[perm[axis]];
        rest /= shape[axis];
      }
      out[i] = in.values()[from];
    }
    return new Tensor(shape, out);
  }

  private static Tensor pool(Tensor in) {
    int height = in.size(2) / 2;
    int width = in.size(3) / 2;
    double[] out = new double[in.size(1) * height * width];
    for (int i = 0; i < in.values().length; i++) {
      int x = i % in.size(3);
      int y = i / in.size(3) % in.size(2);
      int channel = i / in.size(3) / in.size(2);
      int at = (channel * height + y / 2) * width + x / 2;
      out[at] = Math.max(out[at], in.values()[i]);
    }
    return new Tensor(new int[] {1, in.size(1), height, width}, out);
  }

  /** 3x3, padded by 1; padding stands for 0, which is the input's zero. */
  private Tensor convolve(OnnxNode node) {
    Tensor in = in(node, 0);
    Tensor kernel = in(node, 3);
    int zero = (int) in(node, 2).scalar();
    int height = in.size(2);
    int width = in.size(3);
    int outs = kernel.size(0);
    double[] out = new double[outs * height * width];
    for (int i = 0; i < out.length; i++) {
      int x = i % width;
      int y = i / width % height;
      int o = i / width / height;
      int sum = (int) in(node, 8).values()[o];
      for (int c = 0; c < in.size(1); c++) {
        for (int k = 0; k < 9; k++) {
          int fromY = y + k / 3 - 1;
          int fromX = x + k % 3 - 1;
          if (fromY >= 0 && fromY < height && fromX >= 0 && fromX < width) {
            int value = (int) in.values()[(c * height + fromY) * width + fromX] - zero;
            sum += value * (int) kernel.values()[(o * in.size(1) + c) * 9 + k];
          }
        }
      }
      float scale = in(node, 1).scalar() * (float) in(node, 4).values()[o] / in(node, 6).scalar();
      out[i] = clamp(Math.rint(sum * scale) + in(node, 7).scalar());
    }
    return new Tensor(new int[] {1, outs, height, width}, out);
  }

  private Tensor multiply(OnnxNode node) {
    Tensor in = in(node, 0);
    Tensor matrix = in(node, 1);
    int zero = (int) in(node, 2).scalar();
    int outs = matrix.size(1);
    double[] out = new double[outs];
    for (int i = 0; i < in.values().length; i++) {
      int value = (int) in.values()[i] - zero;
      for (int o = 0; o < outs; o++) {
        out[o] += value * (int) matrix.values()[i * outs + o];
      }
    }
    return new Tensor(new int[] {1, outs}, out);
  }
}
