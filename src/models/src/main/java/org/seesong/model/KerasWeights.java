package org.seesong.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Keras' HDF5 weights, such as {@code vgg19_weights_tf_dim_ordering_tf_kernels.h5}.
 *
 * <p>The attribute {@code layer_names} of the root (or of the group {@code model_weights} in files
 * that hold a whole model) names a group for each layer, whose attribute {@code weight_names} names
 * the layer's datasets. What these are called differs between versions of Keras, so a kernel is
 * told from a bias by its rank. The layout is TensorFlow's already.
 */
final class KerasWeights extends FileWeights {
  private KerasWeights(Path file, VggNetwork network, TensorTable table) throws IOException {
    super(file, network, table, "Keras", Preprocessing.KERAS);
  }

  /** Opens a file and checks that it holds all layers in the right shapes. */
  static KerasWeights open(Path file, VggNetwork network) throws IOException {
    FileKind.requireHdf5(file);
    Map<String, List<Tensor>> layers = KerasFile.read(file);
    TensorTable table = new TensorTable(file, Files.size(file));
    for (VggLayer layer : network.layers()) {
      if (!layers.containsKey(layer.name())) {
        table.problem(layer, "missing");
      }
      for (Tensor tensor : layers.getOrDefault(layer.name(), List.of())) {
        if (tensor.shape().size() == 1) {
          table.putBias(layer, tensor);
        } else {
          table.putKernel(layer, tensor, List.of(layer.kernelShape()));
        }
      }
    }
    table.requireComplete(network, hint(layers));
    return new KerasWeights(file, network, table);
  }

  private static String hint(Map<String, List<Tensor>> layers) {
    boolean withoutTop = layers.containsKey("block1_conv1") && !layers.containsKey("fc1");
    return withoutTop
        ? "; a 'notop' file lacks the fully-connected layers, take the one without 'notop':"
        : ":";
  }

  @Override
  public FloatStream kernel(VggLayer layer) {
    return table.kernel(layer).region().stream(channel);
  }
}
