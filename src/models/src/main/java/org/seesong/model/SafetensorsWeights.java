package org.seesong.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * PyTorch's weights in a safetensors file, with the names of torchvision ({@code
 * features.0.weight}, {@code classifier.0.weight}) or of timm ({@code pre_logits.fc1.weight}),
 * perhaps all behind one prefix ({@code model.features.0.weight}). Other weights than Keras', with
 * other preprocessing: what they give lies in another vector space.
 *
 * <p>Kernels are (out, in, height, width), fully-connected ones (out, in) with the first one's
 * inputs flattened (channel, height, width), or in timm's files a convolution that spans its whole
 * input.
 */
final class SafetensorsWeights extends FileWeights {
  private SafetensorsWeights(Path file, VggNetwork network, TensorTable table) throws IOException {
    super(file, network, table, "PyTorch", Preprocessing.TORCH);
  }

  /** Opens a file and checks that it holds all layers in the right shapes. */
  static SafetensorsWeights open(Path file, VggNetwork network) throws IOException {
    Map<String, Tensor> tensors = SafetensorsFile.read(file);
    String prefix = prefix(tensors);
    if (tensors.containsKey(prefix + "features.1.running_mean")
        || tensors.containsKey(prefix + "features.1.weight")) {
      throw new WeightsException(
          file, "holds a network with batch normalisation (vgg19_bn); take the one without");
    }
    TensorTable table = new TensorTable(file, Files.size(file));
    List<VggLayer> layers = network.layers();
    List<List<String>> names = names(network);
    for (int l = 0; l < layers.size(); l++) {
      VggLayer layer = layers.get(l);
      for (String name : names.get(l)) {
        Tensor kernel = tensors.get(prefix + name + ".weight");
        if (kernel != null) {
          table.putKernel(layer, kernel, shapes(network, layer));
        }
        Tensor bias = tensors.get(prefix + name + ".bias");
        if (bias != null) {
          table.putBias(layer, bias);
        }
      }
    }
    table.requireComplete(network, ":");
    return new SafetensorsWeights(file, network, table);
  }

  @Override
  public FloatStream kernel(VggLayer layer) throws IOException {
    int side = kernelSide(network(), layer);
    int ins = Math.toIntExact(layer.fanIn() / side / side);
    Region region = table.kernel(layer).region();
    return new TransposedStream(channel, region, layer.width(), ins, side * side);
  }

  /** What stands before the name of the first kernel. */
  private static String prefix(Map<String, Tensor> tensors) {
    String first = "features.0.weight";
    return tensors.keySet().stream()
        .filter(name -> name.equals(first) || name.endsWith("." + first))
        .map(name -> name.substring(0, name.length() - first.length()))
        .findFirst()
        .orElse("");
  }

  /**
   * For each layer what it may be called. In torchvision's numbering, a convolution counts with its
   * ReLU and a pooling counts too; fully-connected layers count with ReLU and dropout.
   */
  private static List<List<String>> names(VggNetwork network) {
    List<List<String>> names = new ArrayList<>();
    int number = 0;
    for (VggNetwork.Block block : network.blocks()) {
      for (int c = 0; c < block.convolutions(); c++) {
        names.add(List.of("features." + number));
        number += 2;
      }
      number++;
    }
    for (int d = 0; d < network.dense().size(); d++) {
      names.add(List.of("classifier." + 3 * d, "pre_logits.fc" + (d + 1)));
    }
    names.add(List.of("classifier." + 3 * network.dense().size(), "head.fc")); // the classes
    return names;
  }

  private static List<List<Integer>> shapes(VggNetwork network, VggLayer layer) {
    int side = kernelSide(network, layer);
    int ins = Math.toIntExact(layer.fanIn());
    List<Integer> spatial = List.of(layer.width(), ins / side / side, side, side);
    return layer.isConvolution()
        ? List.of(spatial)
        : Stream.of(List.of(layer.width(), ins), spatial).toList();
  }

  /** Height and width of a kernel, seeing a fully-connected layer as a convolution. */
  private static int kernelSide(VggNetwork network, VggLayer layer) {
    if (layer.isConvolution()) {
      return layer.kernelShape().get(0);
    }
    return layer.name().equals("fc1") ? network.flatSide() : 1;
  }
}
