package org.seesong.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes weights in the layouts of Keras and PyTorch. */
final class WeightFiles {
  private WeightFiles() {}

  /** As {@code model.save_weights("x.h5")} of Keras 1 and 2 does, here with jhdf. */
  static Path keras(WeightSource weights, Path file) throws IOException {
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      keras(weights, hdf);
    }
    return file;
  }

  /** As {@code model.save("x.h5")} does: the weights are in a group. */
  static Path wholeKerasModel(WeightSource weights, Path file) throws IOException {
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putAttribute("model_config", "{}");
      keras(weights, hdf.putGroup("model_weights"));
    }
    return file;
  }

  private static void keras(WeightSource weights, WritableGroup root) throws IOException {
    List<String> names = new ArrayList<>(List.of("input_1"));
    root.putGroup("input_1");
    for (VggLayer layer : weights.network().layers()) {
      names.add(layer.name());
      WritableGroup group = root.putGroup(layer.name());
      String kernel = layer.name() + "_W_1:0";
      String bias = layer.name() + "_b_1:0";
      group.putAttribute("weight_names", new String[] {kernel, bias});
      group.putDataset(kernel, shaped(weights.kernel(layer), layer.kernelShape()));
      group.putDataset(bias, FormulaWeights.all(weights.bias(layer), layer.width()));
    }
    root.putAttribute("layer_names", names.toArray(String[]::new));
  }

  /** Nested arrays, row by row. */
  static Object shaped(FloatStream numbers, List<Integer> shape) throws IOException {
    int[] dimensions = shape.stream().mapToInt(Integer::intValue).toArray();
    Object array = java.lang.reflect.Array.newInstance(float.class, dimensions);
    fill(array, numbers);
    return array;
  }

  private static void fill(Object array, FloatStream numbers) throws IOException {
    if (array instanceof float[] row) {
      numbers.read(row, row.length);
      return;
    }
    for (Object part : (Object[]) array) {
      fill(part, numbers);
    }
  }

  /** The names PyTorch libraries use. */
  enum Style {
    TORCHVISION,
    TIMM
  }

  /** As safetensors.torch.save_file does with the network of torchvision or timm. */
  static Path safetensors(WeightSource weights, Style style, FloatFormat format, Path file)
      throws IOException {
    VggNetwork network = weights.network();
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("__metadata__", Map.of("format", "pt"));
    long offset = 0;
    List<String> names = names(network, style);
    for (int l = 0; l < names.size(); l++) {
      VggLayer layer = network.layers().get(l);
      for (boolean kernel : new boolean[] {true, false}) {
        List<Integer> shape = kernel ? torchShape(network, layer, style) : layer.biasShape();
        long end = offset + (kernel ? layer.kernelSize() : layer.width()) * format.bytes();
        header.put(
            names.get(l) + (kernel ? ".weight" : ".bias"),
            Map.of("dtype", format.name(), "shape", shape, "data_offsets", List.of(offset, end)));
        offset = end;
      }
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] json = new ObjectMapper().writeValueAsBytes(header);
      out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array());
      out.write(json);
      for (VggLayer layer : network.layers()) {
        float[] kernel = FormulaWeights.all(weights.kernel(layer), layer.kernelSize());
        writeTransposed(out, kernel, network, layer, format);
        write(out, FormulaWeights.all(weights.bias(layer), layer.width()), format);
      }
    }
    return file;
  }

  /** torchvision's own list for vgg19, and the same rule for narrower networks. */
  private static List<String> names(VggNetwork network, Style style) {
    List<String> names = new ArrayList<>();
    for (int n : new int[] {0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34}) {
      names.add("features." + n);
    }
    names.addAll(
        style == Style.TIMM
            ? List.of("pre_logits.fc1", "pre_logits.fc2")
            : List.of("classifier.0", "classifier.3"));
    if (network.classes() > 0) {
      names.add(style == Style.TIMM ? "head.fc" : "classifier.6");
    }
    if (names.size() != network.layers().size()) {
      throw new IllegalArgumentException("not the structure of VGG-19: " + network);
    }
    return names;
  }

  private static List<Integer> torchShape(VggNetwork network, VggLayer layer, Style style) {
    int out = layer.width();
    if (layer.isConvolution()) {
      return List.of(out, layer.kernelShape().get(2), 3, 3);
    }
    int in = layer.kernelShape().get(0);
    if (style == Style.TORCHVISION) {
      return List.of(out, in);
    }
    int side = layer.name().equals("fc1") ? network.flatSide() : 1;
    return List.of(out, in / side / side, side, side);
  }

  /** (height, width, in, out) to (out, in, height, width), a row of outputs' inputs at a time. */
  private static void writeTransposed(
      OutputStream out, float[] kernel, VggNetwork network, VggLayer layer, FloatFormat format)
      throws IOException {
    int side = layer.isConvolution() ? 3 : layer.name().equals("fc1") ? network.flatSide() : 1;
    int outs = layer.width();
    int ins = kernel.length / outs / side / side;
    float[] row = new float[ins * side * side];
    for (int o = 0; o < outs; o++) {
      for (int i = 0; i < ins; i++) {
        for (int place = 0; place < side * side; place++) {
          row[i * side * side + place] = kernel[(place * ins + i) * outs + o];
        }
      }
      write(out, row, format);
    }
  }

  private static void write(OutputStream out, float[] values, FloatFormat format)
      throws IOException {
    byte[] stored = new byte[values.length * format.bytes()];
    ByteBuffer bytes = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      switch (format) {
        case F64 -> bytes.putDouble(value);
        case F32 -> bytes.putFloat(value);
        case BF16 -> bytes.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
        case F16 -> bytes.putShort(half(value));
      }
    }
    out.write(stored);
  }

  /** Cuts a number to half precision; small ones become zero. */
  static short half(float value) {
    int bits = Float.floatToRawIntBits(value);
    int exponent = ((bits >>> 23) & 0xff) - 127 + 15;
    int magnitude = exponent <= 0 ? 0 : (exponent << 10) | ((bits >>> 13) & 0x3ff);
    return (short) (((bits >>> 16) & 0x8000) | magnitude);
  }
}
