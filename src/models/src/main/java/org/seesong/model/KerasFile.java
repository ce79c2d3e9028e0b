package org.seesong.model;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.FloatingPoint;
import java.io.IOException;
import java.lang.reflect.Array;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads what a Keras HDF5 file says of its layers: the only class that knows jhdf. It reads headers
 * only, and answers whatever a damaged file does to jhdf with a {@link WeightsException}.
 */
final class KerasFile {
  /** More layers, or weights of a layer, than any model has. */
  private static final long MOST_NAMES = 10_000;

  private final Path file;

  private KerasFile(Path file) {
    this.file = file;
  }

  /** The tensors of each layer, in the file's order. */
  static Map<String, List<Tensor>> read(Path file) throws IOException {
    // The channel is ours, since jhdf leaves its own open when a file is no good.
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        HdfFile hdf = new HdfFile(channel, URI.create("weights.h5"))) {
      return new KerasFile(file).layers(hdf);
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      throw new WeightsException(file, "is damaged or cut short (" + e + ")", e);
    }
  }

  private Map<String, List<Tensor>> layers(HdfFile hdf) throws WeightsException {
    Group root = hdf;
    if (hdf.getAttribute("layer_names") == null
        && hdf.getChild("model_weights") instanceof Group inner) {
      root = inner;
    }
    Attribute names = root.getAttribute("layer_names");
    if (names == null) {
      throw new WeightsException(
          file,
          "is an HDF5 file without Keras' attribute 'layer_names'; Keras 3 writes it when the name"
              + " ends in .h5 but not in .weights.h5");
    }
    Map<String, List<Tensor>> layers = new LinkedHashMap<>();
    for (String name : strings(names)) {
      layers.put(name, root.getChild(name) instanceof Group group ? tensors(group) : List.of());
    }
    return layers;
  }

  private List<Tensor> tensors(Group layer) throws WeightsException {
    Attribute names = layer.getAttribute("weight_names");
    List<Tensor> tensors = new ArrayList<>();
    for (String name : names == null ? List.<String>of() : strings(names)) {
      Node node = layer;
      for (String part : name.split("/")) {
        node = node instanceof Group group ? group.getChild(part) : null;
      }
      // Links are not followed: they may lead to another file.
      if (node instanceof Dataset dataset) {
        tensors.add(tensor(name, dataset));
      }
    }
    return tensors;
  }

  private Tensor tensor(String name, Dataset dataset) throws WeightsException {
    if (!(dataset instanceof ContiguousDataset contiguous)) {
      throw new WeightsException(
          file,
          "weights '"
              + name
              + "' are stored as "
              + dataset.getDataLayout()
              + ", not in one piece as Keras does; rewrite the file with: h5repack -l CONTI -f"
              + " NONE");
    }
    if (!(dataset.getDataType() instanceof FloatingPoint type)) {
      throw new WeightsException(
          file,
          "weights '" + name + "' are not floating-point numbers but " + dataset.getJavaType());
    }
    Region region =
        new Region(
            contiguous.getDataAddress() + dataset.getHdfFile().getUserBlockSize(),
            dataset.getSize(),
            format(name, type),
            type.getByteOrder());
    return new Tensor(name, Arrays.stream(dataset.getDimensionsAsLong()).boxed().toList(), region);
  }

  private FloatFormat format(String name, FloatingPoint type) throws WeightsException {
    String bits = type.getExponentSize() + "+" + type.getMantissaSize();
    return switch (type.getSize() + ":" + bits) {
      case "2:5+10" -> FloatFormat.F16;
      case "2:8+7" -> FloatFormat.BF16;
      case "4:8+23" -> FloatFormat.F32;
      case "8:11+52" -> FloatFormat.F64;
      default ->
          throw new WeightsException(
              file,
              "weights '"
                  + name
                  + "' are numbers of "
                  + type.getSize()
                  + " bytes with "
                  + bits
                  + " bits of exponent and mantissa; we read float16, bfloat16, float32, float64");
    };
  }

  /** The strings of an attribute; Keras stores an empty list as no floating-point numbers. */
  private List<String> strings(Attribute attribute) throws WeightsException {
    if (attribute.getSize() > MOST_NAMES) {
      throw new WeightsException(
          file, "attribute '" + attribute.getName() + "' has " + attribute.getSize() + " values");
    }
    Object data = attribute.getSize() == 0 ? null : attribute.getData();
    if (data == null) {
      return List.of();
    }
    List<String> strings = new ArrayList<>();
    int length = data.getClass().isArray() ? Array.getLength(data) : 1;
    for (int i = 0; i < length; i++) {
      strings.add(Objects.toString(data.getClass().isArray() ? Array.get(data, i) : data));
    }
    return strings;
  }
}
