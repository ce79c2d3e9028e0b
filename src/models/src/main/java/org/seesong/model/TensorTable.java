package org.seesong.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors a file has for a network's layers. Takes each only in the right shape and whole, and
 * collects what is wrong, so that one look at a file tells all.
 */
final class TensorTable {
  private final Path file;
  private final long fileSize;
  private final Map<String, Tensor> kernels = new HashMap<>();
  private final Map<String, Tensor> biases = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  TensorTable(Path file, long fileSize) {
    this.file = file;
    this.fileSize = fileSize;
  }

  /** Takes a layer's kernel, which must have one of some shapes. */
  void putKernel(VggLayer layer, Tensor kernel, List<List<Integer>> shapes) {
    put(kernels, layer, "kernel", kernel, shapes);
  }

  /** Takes a layer's bias. */
  void putBias(VggLayer layer, Tensor bias) {
    put(biases, layer, "bias", bias, List.of(List.of(layer.width())));
  }

  /** Notes something wrong with a layer. */
  void problem(VggLayer layer, String what) {
    problems.add("layer " + layer.name() + ": " + what);
  }

  /** Fails if anything was wrong. */
  void requireComplete(VggNetwork network, String hint) throws WeightsException {
    for (VggLayer layer : network.layers()) {
      boolean said = problems.stream().anyMatch(p -> p.startsWith("layer " + layer.name() + ":"));
      if (!said && !kernels.containsKey(layer.name())) {
        problem(layer, "the kernel is missing");
      }
      if (!said && !biases.containsKey(layer.name())) {
        problem(layer, "the bias is missing");
      }
    }
    if (!problems.isEmpty()) {
      throw new WeightsException(
          file,
          "does not hold the weights of this network"
              + hint
              + "\n  "
              + String.join("\n  ", problems));
    }
  }

  Tensor kernel(VggLayer layer) {
    return require(kernels, layer);
  }

  Tensor bias(VggLayer layer) {
    return require(biases, layer);
  }

  private static Tensor require(Map<String, Tensor> tensors, VggLayer layer) {
    Tensor tensor = tensors.get(layer.name());
    if (tensor == null) {
      throw new IllegalArgumentException("no layer of this network: " + layer);
    }
    return tensor;
  }

  private void put(
      Map<String, Tensor> tensors,
      VggLayer layer,
      String part,
      Tensor tensor,
      List<List<Integer>> shapes) {
    String what = part + " '" + tensor.name() + "' ";
    if (shapes.stream().noneMatch(shape -> same(shape, tensor.shape()))) {
      problem(layer, what + "has shape " + tensor.shape() + ", expected " + oneOf(shapes));
    } else if (!liesInFile(tensor.region())) {
      problem(layer, what + "is cut off: the file has only " + fileSize + " bytes; get it again");
    } else if (tensors.putIfAbsent(layer.name(), tensor) != null) {
      problem(layer, what + "is a second one beside '" + tensors.get(layer.name()).name() + "'");
    }
  }

  private boolean liesInFile(Region region) {
    try {
      return region.offset() >= 0 && region.end() <= fileSize;
    } catch (ArithmeticException e) {
      // So far off that its end cannot be counted.
      return false;
    }
  }

  private static boolean same(List<Integer> expected, List<Long> found) {
    return expected.stream().map(Integer::longValue).toList().equals(found);
  }

  private static String oneOf(List<List<Integer>> shapes) {
    return String.join(" or ", shapes.stream().map(List::toString).toList());
  }
}
