package org.seesong.model;

import java.util.List;

/**
 * A layer with weights.
 *
 * @param name as Keras calls it: block1_conv1, fc1
 * @param kernelShape (3, 3, in, out) of a convolution, (in, out) of a fully-connected layer
 */
public record VggLayer(String name, List<Integer> kernelShape) {
  /** Copies. */
  public VggLayer {
    kernelShape = List.copyOf(kernelShape);
  }

  /** Or fully-connected. */
  boolean isConvolution() {
    return kernelShape.size() == 4;
  }

  /** Whether it tells classes apart: a softmax follows instead of ReLU. */
  boolean isClasses() {
    return name.equals(VggNetwork.CLASSES);
  }

  /**
   * Output channels, which is the length of the bias.
   *
   * @return the last number of the shape
   */
  public int width() {
    return kernelShape.get(kernelShape.size() - 1);
  }

  List<Integer> biasShape() {
    return List.of(width());
  }

  /**
   * Numbers in the kernel.
   *
   * @return the product of the shape
   */
  public long kernelSize() {
    return kernelShape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  /** Inputs that one output sums over. */
  long fanIn() {
    return kernelSize() / width();
  }
}
